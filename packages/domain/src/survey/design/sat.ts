/**
 * Whether Boolean clauses can hold together: conflict-driven clause learning after MiniSat (Eén and Sörensson, "An
 * extensible SAT-solver", SAT 2003), with assumptions, and variables chosen from the front of a queue to which those of
 * recent conflicts move (Biere and Fröhlich, "Evaluating CDCL variable scoring schemes", SAT 2015).
 * A literal is a variable's number, from 1, or minus it.
 */
export class Solver {
  readonly #clauses: number[][] = [];
  /** By literal: clauses that watch it. */
  readonly #watches: number[][] = [[], []];
  /** By variable: 1 true, -1 false, 0 open. */
  readonly #values: number[] = [0];
  readonly #levels: number[] = [0];
  readonly #reasons: number[] = [-1];
  readonly #phases: number[] = [-1];
  readonly #seen: boolean[] = [false];
  readonly #trail: number[] = [];
  readonly #starts: number[] = [];
  #head = 0;
  #broken = false;
  /** The queue: who was moved when, and who stands before and behind whom. */
  readonly #moved: number[] = [-Infinity];
  readonly #before: number[] = [0];
  readonly #behind: number[] = [0];
  #first = 0;
  #last = 0;
  #clock = 0;
  #search = 0;
  #model: readonly number[] = [];
  /** Clauses looked at so far, and how many may be: beyond them no question is answered any more. */
  effort = 0;
  most = Infinity;
  /** Of the assumptions, those that cannot hold together; after `solve` said false. */
  core: readonly number[] = [];

  variable(): number {
    const v = this.#values.length;
    this.#values.push(0);
    this.#levels.push(0);
    this.#reasons.push(-1);
    this.#phases.push(-1);
    this.#seen.push(false);
    this.#watches.push([], []);
    // Where nothing was learnt, what was made first is decided first: of a survey, the answers on its first pages.
    this.#moved.push(-v);
    this.#before.push(0);
    this.#behind.push(this.#first);
    if (this.#first !== 0) this.#before[this.#first] = v;
    else this.#last = v;
    this.#first = v;
    if (this.#search === 0) this.#search = v;
    return v;
  }

  /** One of these holds. */
  add(...literals: readonly number[]): void {
    const clause = [...new Set(literals)].filter((l) => this.#value(l) !== -1);
    if (clause.some((l) => this.#value(l) === 1 || clause.includes(-l))) return;
    const [only] = clause;
    if (only === undefined) this.#broken = true;
    else if (clause.length === 1) {
      this.#assign(only, -1);
      if (this.#propagate() !== -1) this.#broken = true;
    } else this.#keep(clause);
  }

  /** Whether all clauses and assumptions can hold; undefined after `budget` conflicts, or `most` in all, without an answer. */
  solve(assumptions: readonly number[], budget: number): boolean | undefined {
    this.core = [];
    if (this.#broken) return false;
    for (let conflicts = 0; ;) {
      const conflict = this.#propagate();
      if (this.effort > this.most) return this.#end(undefined);
      if (conflict !== -1) {
        if (this.#starts.length === 0) {
          this.#broken = true;
          return false;
        }
        this.#learn(conflict);
        if (++conflicts > budget) return this.#end(undefined);
        continue;
      }
      const assumed = assumptions[this.#starts.length];
      if (assumed !== undefined) {
        if (this.#value(assumed) === -1) {
          this.core = this.#blame(assumed);
          return this.#end(false);
        }
        this.#starts.push(this.#trail.length);
        if (this.#value(assumed) === 0) this.#assign(assumed, -1);
        continue;
      }
      const next = this.#open();
      if (next === 0) {
        this.#model = [...this.#values];
        return this.#end(true);
      }
      this.#starts.push(this.#trail.length);
      this.#assign((this.#phases[next] ?? -1) * next, -1);
    }
  }

  /** What the last `solve` that said true found, by variable: 1 where it holds, else -1. */
  get model(): readonly number[] {
    return this.#model;
  }

  #end<T>(answer: T): T {
    this.#back(0);
    return answer;
  }

  #value(literal: number): number {
    const value = this.#values[Math.abs(literal)] ?? 0;
    return literal > 0 ? value : -value;
  }

  #watching(literal: number): number[] {
    return this.#watches[literal > 0 ? 2 * literal : 1 - 2 * literal] ?? [];
  }

  #keep(clause: number[]): number {
    const index = this.#clauses.push(clause) - 1;
    this.#watching(clause[0] ?? 0).push(index);
    this.#watching(clause[1] ?? 0).push(index);
    return index;
  }

  #assign(literal: number, reason: number): void {
    const v = Math.abs(literal);
    this.#values[v] = Math.sign(literal);
    this.#levels[v] = this.#starts.length;
    this.#reasons[v] = reason;
    this.#trail.push(literal);
  }

  /** Draws all conclusions; the clause that breaks, or -1. */
  #propagate(): number {
    while (this.#head < this.#trail.length) {
      const wrong = -(this.#trail[this.#head++] ?? 0);
      const watching = this.#watching(wrong);
      this.effort += 1 + watching.length;
      let kept = 0;
      for (let i = 0; i < watching.length; i++) {
        const index = watching[i] ?? 0;
        const clause = this.#clauses[index] ?? [];
        if (clause[0] === wrong) {
          clause[0] = clause[1] ?? 0;
          clause[1] = wrong;
        }
        const first = clause[0] ?? 0;
        if (this.#value(first) === 1) {
          watching[kept++] = index;
          continue;
        }
        let k = 2;
        while (k < clause.length && this.#value(clause[k] ?? 0) === -1) k++;
        const other = clause[k];
        if (other !== undefined) {
          clause[1] = other;
          clause[k] = wrong;
          this.#watching(other).push(index);
          continue;
        }
        watching[kept++] = index;
        if (this.#value(first) === -1) {
          while (++i < watching.length) watching[kept++] = watching[i] ?? 0;
          watching.length = kept;
          this.#head = this.#trail.length;
          return index;
        }
        this.#assign(first, index);
      }
      watching.length = kept;
    }
    return -1;
  }

  /** Learns the clause of the first unique implication point, and goes back to where it decides something. */
  #learn(conflict: number): void {
    const learnt = [0];
    const touched: number[] = [];
    let [open, at, reason, p] = [0, this.#trail.length - 1, conflict, 0];
    do {
      for (const literal of this.#clauses[reason] ?? []) {
        const v = Math.abs(literal);
        if (literal === p || this.#seen[v] === true || this.#levels[v] === 0) continue;
        this.#seen[v] = true;
        touched.push(v);
        if (this.#levels[v] === this.#starts.length) open++;
        else learnt.push(literal);
      }
      while (this.#seen[Math.abs(this.#trail[at] ?? 0)] !== true) at--;
      p = this.#trail[at--] ?? 0;
      reason = this.#reasons[Math.abs(p)] ?? -1;
      open--;
    } while (open > 0);
    learnt[0] = -p;
    for (const v of touched) {
      this.#seen[v] = false;
      this.#front(v);
    }
    const levelOf = (literal: number): number => this.#levels[Math.abs(literal)] ?? 0;
    let second = 1;
    for (let i = 2; i < learnt.length; i++) if (levelOf(learnt[i] ?? 0) > levelOf(learnt[second] ?? 0)) second = i;
    const partner = learnt[second];
    this.#back(partner === undefined ? 0 : levelOf(partner));
    if (partner === undefined) this.#assign(-p, -1);
    else {
      learnt[second] = learnt[1] ?? 0;
      learnt[1] = partner;
      this.#assign(-p, this.#keep(learnt));
    }
  }

  /** The assumptions because of which one of them is false. */
  #blame(assumed: number): number[] {
    const core = [assumed];
    const seen = new Set([Math.abs(assumed)]);
    for (let i = this.#trail.length - 1; i >= (this.#starts[0] ?? Infinity); i--) {
      const literal = this.#trail[i] ?? 0;
      if (!seen.has(Math.abs(literal))) continue;
      const reason = this.#reasons[Math.abs(literal)] ?? -1;
      if (reason === -1) core.push(literal);
      else for (const l of this.#clauses[reason] ?? []) if ((this.#levels[Math.abs(l)] ?? 0) > 0) seen.add(Math.abs(l));
    }
    return [...new Set(core)];
  }

  #back(level: number): void {
    const start = this.#starts[level];
    if (start === undefined) return;
    for (const literal of this.#trail.splice(start)) {
      const v = Math.abs(literal);
      this.#phases[v] = Math.sign(literal);
      this.#values[v] = 0;
      if ((this.#moved[v] ?? 0) > (this.#moved[this.#search] ?? 0)) this.#search = v;
    }
    this.#starts.length = level;
    this.#head = this.#trail.length;
  }

  /** The variable without a value that was moved last; 0: all have one. */
  #open(): number {
    while (this.#search !== 0 && this.#values[this.#search] !== 0) this.#search = this.#before[this.#search] ?? 0;
    return this.#search;
  }

  #append(v: number): void {
    this.#before[v] = this.#last;
    this.#behind[v] = 0;
    if (this.#last !== 0) this.#behind[this.#last] = v;
    this.#last = v;
    this.#moved[v] = ++this.#clock;
    if (this.#values[v] === 0) this.#search = v;
  }

  #front(v: number): void {
    const [before, behind] = [this.#before[v] ?? 0, this.#behind[v] ?? 0];
    if (behind === 0) return;
    if (before !== 0) this.#behind[before] = behind;
    else this.#first = behind;
    this.#before[behind] = before;
    if (this.#search === v) this.#search = before;
    this.#append(v);
    if (this.#values[v] !== 0 && this.#search === 0) this.#search = v;
  }
}
