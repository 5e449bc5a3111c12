/** The course of a figure at a glance; its page has the whole. Time runs from left to right, as in every chart. */
export function Spark({
  values,
  width = 84,
  height = 26,
}: {
  readonly values: readonly (number | null)[];
  readonly width?: number;
  readonly height?: number;
}) {
  const known = values.filter((v) => v !== null);
  if (known.length < 3) return null;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const points = values.flatMap((v, i) =>
    v === null
      ? []
      : [[3 + (i / (values.length - 1)) * (width - 6), height - 3 - ((v - low) / span) * (height - 6)] as const],
  );
  const last = points.at(-1);
  return (
    <svg width={width} height={height} aria-hidden="true">
      <polyline
        points={points.map((p) => p.map((c) => c.toFixed(1)).join()).join(' ')}
        fill="none"
        stroke="var(--soft)"
        strokeWidth="1.6"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      {last === undefined ? null : <circle cx={last[0]} cy={last[1]} r="2.4" fill="var(--soft)" />}
    </svg>
  );
}
