/**
 * The mix of deprivation tenths as one bar of ten parts, most deprived at the left. Nation and edition are said
 * beside it by whoever places it; a bar alone would not say which tenths these are.
 */
import { sum } from "d3-array";

/** Share of the whole in tenths 1 and 2, as a whole percentage; null when there is nothing to share. */
export function shareInMostDeprivedFifth(tenths: readonly number[]): number | null {
  const whole = sum(tenths);
  return whole > 0 ? Math.round((((tenths[0] ?? 0) + (tenths[1] ?? 0)) / whole) * 100) : null;
}

/** Ten shades of the brand, strongest for tenth 1. */
export function shadeOfTenth(tenth: number): string {
  return `color-mix(in oklab, var(--brand) ${Math.round(100 - (tenth - 1) * 10)}%, var(--sunk))`;
}

export function MixBar({
  width,
  height = 14,
  tenths,
  label,
}: {
  width: number;
  height?: number;
  /** Ten numbers, tenth 1 first. */
  tenths: readonly number[];
  label: string;
}) {
  const whole = sum(tenths);
  if (whole === 0) return null;
  let left = 0;
  const parts = tenths.map((value, index) => {
    const part = { tenth: index + 1, left, width: (value / whole) * width, value };
    left += part.width;
    return part;
  });
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {parts
        .filter((part) => part.value > 0)
        .map((part) => (
          <rect
            key={part.tenth}
            x={part.left}
            y={0}
            width={part.width}
            height={height}
            fill={shadeOfTenth(part.tenth)}
            stroke="var(--surface)"
            strokeWidth={1.2}
          >
            <title>{`Tenth ${part.tenth}: ${Math.round((part.value / whole) * 100)}%`}</title>
          </rect>
        ))}
      <rect x={0.5} y={0.5} width={width - 1} height={height - 1} fill="none" stroke="var(--line-strong)" />
    </svg>
  );
}
