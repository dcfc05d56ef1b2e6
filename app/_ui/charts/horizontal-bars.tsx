/**
 * Bars that lie down, each in parts that add up, with its numbers at the end. On a narrow page the label stands
 * above its bar.
 */
import { max, sum } from "d3-array";
import { scaleLinear } from "d3-scale";

export interface BarPart {
  name: string;
  value: number;
  /** A token: "var(--brand)". */
  fill: string;
}

export interface HorizontalBar {
  key: string;
  label: string;
  parts: readonly BarPart[];
  /** The number in bold at the end of the bar, and what stands after it. */
  total: string;
  note: string;
}

interface HorizontalBarsProps {
  width: number;
  bars: readonly HorizontalBar[];
  label: string;
}

const NARROW = 520;
const BAR = 24;

export function HorizontalBars({ width, bars, label }: HorizontalBarsProps) {
  const isNarrow = width < NARROW;
  const row = isNarrow ? 52 : 38;
  const left = isNarrow ? 0 : 206;
  // Room at the end for the longest number and note, at the sizes below.
  const room = (max(bars, (bar) => bar.total.length * 8.5 + bar.note.length * 6.9) ?? 0) + 22;
  const x = scaleLinear(
    [0, max(bars, (bar) => sum(bar.parts, (part) => part.value)) || 1],
    [0, Math.max(40, width - left - room)],
  );
  const height = bars.length * row;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {bars.map((bar, at) => {
        const head = at * row;
        const top = head + (isNarrow ? 22 : 7);
        let from = left;
        const parts = bar.parts.map((part) => {
          const placed = { ...part, from, length: x(part.value) };
          from += placed.length;
          return placed;
        });
        return (
          <g key={bar.key}>
            <text x={0} y={isNarrow ? head + 15 : top + 17} fontSize={15} fill="var(--ink)">
              {bar.label}
            </text>
            {parts
              .filter((part) => part.value > 0)
              .map((part) => (
                <rect
                  key={part.name}
                  x={part.from}
                  y={top}
                  width={Math.max(1, part.length - 1)}
                  height={BAR}
                  rx={2}
                  fill={part.fill}
                >
                  <title>{`${bar.label}, ${part.name}: ${part.value}`}</title>
                </rect>
              ))}
            <text x={from + 8} y={top + 17} fontSize={15} fill="var(--ink)">
              <tspan fontWeight={680}>{bar.total}</tspan>
              <tspan dx={8} fontSize={13.5} fill="var(--ink-2)">
                {bar.note}
              </tspan>
            </text>
          </g>
        );
      })}
    </svg>
  );
}
