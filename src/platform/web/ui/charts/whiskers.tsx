/**
 * An interval over a bar: cut out of it as far as the bar goes, drawn in its colour beyond.
 * @param bar where the bar lies on the scale, lower end first
 */
export function Whiskers(props: {
  readonly low: number;
  readonly high: number;
  readonly bar: readonly [from: number, to: number];
  readonly x: (value: number) => string;
  readonly y: number;
  readonly colour?: string;
}) {
  const { low, high, bar, x, y, colour = 'var(--accent)' } = props;
  const [from, to] = bar;
  const parts = [
    { first: low, last: Math.min(high, from), stroke: colour },
    { first: Math.max(low, from), last: Math.min(high, to), stroke: 'var(--card)' },
    { first: Math.max(low, to), last: high, stroke: colour },
  ].filter(({ first, last }) => first < last);
  return parts.map(({ first, last, stroke }) => (
    <line key={`${first} ${last}`} x1={x(first)} x2={x(last)} y1={y} y2={y} stroke={stroke} strokeWidth="2" />
  ));
}
