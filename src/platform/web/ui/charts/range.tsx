interface Ranged {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * A figure of a table as a dot with its 95 % interval, on one scale with the others of its column: whose whiskers lie
 * apart is seen at a glance. The numbers beside it say the same.
 */
export function Range({ figure, among }: { readonly figure: Ranged; readonly among: readonly Ranged[] }) {
  const ends = among.flatMap((f) => [f.value, f.low, f.high]).filter((v) => v !== null);
  const low = Math.min(...ends);
  const span = Math.max(...ends) - low || 1;
  const x = (value: number): string => `${(4 + ((value - low) / span) * 92).toFixed(2)}%`;
  if (figure.value === null) return null;
  return (
    <svg width="100%" height="16" style={{ direction: 'ltr', verticalAlign: -3, minWidth: 120 }} aria-hidden="true">
      <line x1="0" x2="100%" y1="8" y2="8" stroke="var(--line)" />
      {figure.low === null || figure.high === null ? null : (
        <line
          x1={x(figure.low)}
          x2={x(figure.high)}
          y1="8"
          y2="8"
          stroke="var(--accent)"
          strokeWidth="2.4"
          strokeLinecap="round"
        />
      )}
      <circle cx={x(figure.value)} cy="8" r="4.2" fill="var(--accent)" />
    </svg>
  );
}
