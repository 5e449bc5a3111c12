/** A streak of gold on the stone. */
export function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <rect x="1" y="1" width="18" height="18" rx="6" fill="var(--ink)" />
      <path d="M5 13.5 14.5 6" stroke="#D9A441" strokeWidth="2.2" strokeLinecap="round" />
    </svg>
  );
}
