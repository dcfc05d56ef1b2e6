import { type ChartPalette, SCREEN_PALETTE } from "./palette";

/** The hatching that stands for "fewer than 10" wherever a number would be drawn. */
export function Hatch({ id, palette = SCREEN_PALETTE }: { id: string; palette?: ChartPalette }) {
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="6" height="6" fill={palette.surface} />
      <path d="M0 0v6" stroke={palette.hatch} strokeWidth="1.6" />
    </pattern>
  );
}
