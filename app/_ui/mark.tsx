/** Two circles that share a middle: the mark of Common Need. */
export function Mark({ width = 26 }: { width?: number }) {
  return (
    <svg width={width} height={(width * 26) / 36} viewBox="0 0 36 26" aria-hidden="true" focusable="false">
      <circle cx="12.5" cy="13" r="11" fill="none" stroke="var(--brand)" strokeWidth="2.6" />
      <circle cx="23.5" cy="13" r="11" fill="none" stroke="var(--brand)" strokeWidth="2.6" />
      <path d="M18 3.500a11 11 0 0 1 0 19 11 11 0 0 1 0-19z" fill="var(--brand)" />
    </svg>
  );
}
