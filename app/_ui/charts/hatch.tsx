/** The hatching that stands for "fewer than 10" wherever a number would be drawn. */
export function Hatch({ id }: { id: string }) {
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="6" height="6" fill="var(--surface)" />
      <path d="M0 0v6" stroke="var(--hatch)" strokeWidth="1.6" />
    </pattern>
  );
}
