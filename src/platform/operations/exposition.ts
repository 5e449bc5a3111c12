export type Labels = Readonly<Record<string, string>>;

/** How long something took, counted by how long: a histogram of seconds. An observation costs a few comparisons. */
export class Timing {
  readonly #counts: Float64Array;
  #sum = 0;

  /** @param bounds upper bounds in seconds, rising */
  constructor(readonly bounds: readonly number[]) {
    this.#counts = new Float64Array(bounds.length + 1);
  }

  observe(seconds: number): void {
    let at = 0;
    while (at < this.bounds.length && seconds > (this.bounds[at] ?? 0)) at++;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#sum += seconds;
  }

  /** `[upper bound, how many were at most that long]`, the last without a bound; and the sum of all, in seconds. */
  read(): { readonly upTo: readonly (readonly [string, number])[]; readonly count: number; readonly sum: number } {
    let count = 0;
    const upTo = [...this.#counts].map((n, i) => [String(this.bounds[i] ?? '+Inf'), (count += n)] as const);
    return { upTo, count, sum: this.#sum };
  }
}

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

/** One answer in Prometheus' text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats). */
export class Exposition {
  static readonly contentType = CONTENT_TYPE;
  readonly #families = new Map<string, string[]>();

  gauge(name: string, help: string, value: number, labels: Labels = {}): void {
    this.#sample(this.#family(name, help, 'gauge'), name, value, labels);
  }

  /** What only rises while the process lives. */
  counter(name: string, help: string, value: number, labels: Labels = {}): void {
    this.#sample(this.#family(name, help, 'counter'), name, value, labels);
  }

  histogram(name: string, help: string, timing: Timing, labels: Labels = {}): void {
    const family = this.#family(name, help, 'histogram');
    const { upTo, count, sum } = timing.read();
    for (const [le, n] of upTo) this.#sample(family, `${name}_bucket`, n, { ...labels, le });
    this.#sample(family, `${name}_sum`, sum, labels);
    this.#sample(family, `${name}_count`, count, labels);
  }

  write(): string {
    return [...this.#families.values()].map((lines) => `${lines.join('\n')}\n`).join('');
  }

  #family(name: string, help: string, type: string): string[] {
    const known = this.#families.get(name);
    if (known !== undefined) return known;
    const lines = [`# HELP ${name} ${escaped(help)}`, `# TYPE ${name} ${type}`];
    this.#families.set(name, lines);
    return lines;
  }

  #sample(family: string[], name: string, value: number, labels: Labels): void {
    const shown = Object.entries(labels).map(([key, text]) => `${key}="${escaped(text)}"`);
    family.push(`${name}${shown.length === 0 ? '' : `{${shown.join(',')}}`} ${value}`);
  }
}
