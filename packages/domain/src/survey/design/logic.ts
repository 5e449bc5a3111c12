import { Solver } from './sat.ts';

/** A literal of the solver: true where what it stands for holds. */
export type Literal = number;

/** Builds statements out of others, each once (Tseitin 1968), and asks whether they can hold. */
export class Logic {
  readonly solver = new Solver();
  readonly yes: Literal = this.solver.variable();
  readonly no: Literal = -this.yes;
  readonly #made = new Map<string, Literal>();

  constructor() {
    this.solver.add(this.yes);
  }

  free(): Literal {
    return this.solver.variable();
  }

  constant(value: boolean): Literal {
    return value ? this.yes : this.no;
  }

  all(of: readonly Literal[]): Literal {
    const parts = [...new Set(of)].filter((l) => l !== this.yes).toSorted((a, b) => a - b);
    if (parts.some((l) => l === this.no || parts.includes(-l))) return this.no;
    const [only] = parts;
    if (only === undefined) return this.yes;
    if (parts.length === 1) return only;
    const key = parts.join(' ');
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const made = this.free();
    for (const l of parts) this.solver.add(-made, l);
    this.solver.add(made, ...parts.map((l) => -l));
    this.#made.set(key, made);
    return made;
  }

  any(of: readonly Literal[]): Literal {
    return -this.all(of.map((l) => -l));
  }

  /** Where `condition` holds, one of these does. */
  rule(condition: Literal, ...then: readonly Literal[]): void {
    this.solver.add(-condition, ...then);
  }

  /** At most one of these. */
  exclude(of: readonly Literal[]): void {
    if (of.length <= 6) {
      of.forEach((a, i) => of.slice(i + 1).forEach((b) => this.solver.add(-a, -b)));
      return;
    }
    // Sinz, "Towards an optimal CNF encoding of Boolean cardinality constraints", CP 2005.
    let before = this.no;
    for (const l of of) {
      this.solver.add(-l, -before);
      before = this.any([before, l]);
    }
  }

  /** For k from 1 to `most`: whether at least k of these hold. */
  counts(of: readonly Literal[], most: number): Literal[] {
    let at: Literal[] = Array.from({ length: most }, () => this.no);
    for (const l of of)
      at = at.map((has, k) => this.any([has, this.all([l, k === 0 ? this.yes : (at[k - 1] ?? this.no)])]));
    return at;
  }
}
