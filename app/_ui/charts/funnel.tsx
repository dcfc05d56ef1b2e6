/**
 * A funnel: each area by how much its figures can tell (small ones at the left scatter widely) and by how it changed
 * against the others, with the limits beyond which chance rarely reaches. A hollow point is not clear.
 */
import { extent, max, range } from "d3-array";
import { scaleLinear, scaleLog } from "d3-scale";
import { line } from "d3-shape";

export interface FunnelPoint {
  key: string;
  label: string;
  /** 1 / variance of the logarithm of the ratio. */
  information: number;
  /** Times as many as the others would lead one to expect. */
  ratio: number;
  /** Filled and named. */
  isClear: boolean;
  words: string;
}

interface FunnelProps {
  width: number;
  height: number;
  points: readonly FunnelPoint[];
  /** The limits at a size. */
  limits: (information: number) => readonly { name: string; low: number; high: number }[];
  label: string;
}

const LEFT = 52;
const FLOOR = 40;
const STEPS = 60;
const RATIOS = [0.1, 0.2, 0.33, 0.5, 0.67, 1, 1.5, 2, 3, 5, 10];
const inWords = (ratio: number) =>
  ratio === 1
    ? "as others"
    : ratio < 1
      ? `-${Math.round((1 - ratio) * 100)}%`
      : ratio < 2
        ? `+${Math.round((ratio - 1) * 100)}%`
        : `x${ratio}`;

export function Funnel({ width, height, points, limits, label }: FunnelProps) {
  const [smallest = 1] = extent(points, ({ information }) => information);
  const largest = max(points, ({ information }) => information) ?? 1;
  const x = scaleLinear([Math.max(1, (smallest ?? 1) * 0.85), largest * 1.08], [LEFT, width - 12]);
  const reach = Math.max(
    2,
    ...points.map(({ ratio }) => Math.max(ratio, 1 / ratio) * 1.15),
    Math.min(5, limits(smallest ?? 1).at(-1)?.high ?? 2),
  );
  const y = scaleLog([1 / reach, reach], [height - FLOOR, 14]);
  const [from = 1, to = 2] = x.domain();
  const sizes = range(STEPS + 1).map((at) => from + ((to - from) * at) / STEPS);
  const within = (ratio: number) => Math.min(reach, Math.max(1 / reach, ratio));
  const names = limits(from).map(({ name }) => name);
  const path = (at: number, side: "low" | "high") =>
    line<number>()
      .x((size) => x(size))
      .y((size) => y(within(limits(size)[at]?.[side] ?? 1)))(sizes) ?? "";
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {RATIOS.filter((ratio) => ratio >= 1 / reach && ratio <= reach).map((ratio) => (
        <g key={ratio}>
          <line
            x1={LEFT}
            x2={width}
            y1={y(ratio)}
            y2={y(ratio)}
            stroke={ratio === 1 ? "var(--ink-2)" : "var(--line)"}
          />
          <text x={LEFT - 6} y={y(ratio) + 4} fontSize={12} textAnchor="end" fill="var(--ink-3)">
            {ratio === 1 ? "same" : inWords(ratio)}
          </text>
        </g>
      ))}
      {names.map((name, at) => (
        <g
          key={name}
          fill="none"
          stroke="var(--ink-3)"
          strokeWidth={1.3}
          strokeDasharray={at === 0 ? "3 4" : undefined}
        >
          <path d={path(at, "low")} />
          <path d={path(at, "high")} />
        </g>
      ))}
      {points.map((point) => (
        <g key={point.key}>
          <title>{point.words}</title>
          <circle
            cx={x(point.information)}
            cy={y(within(point.ratio))}
            r={5}
            fill={point.isClear ? "var(--brand)" : "var(--surface)"}
            stroke={point.isClear ? "var(--brand)" : "var(--line-strong)"}
            strokeWidth={1.6}
          />
          {point.isClear && (
            <text
              x={x(point.information) + (x(point.information) > width - 90 ? -9 : 9)}
              y={y(within(point.ratio)) + 4}
              fontSize={13}
              fontWeight={650}
              textAnchor={x(point.information) > width - 90 ? "end" : "start"}
              fill="var(--ink)"
            >
              {point.label}
            </text>
          )}
        </g>
      ))}
      <text x={LEFT} y={height - 12} fontSize={12.5} fill="var(--ink-3)">
        few people: wide limits
      </text>
      <text x={width - 4} y={height - 12} fontSize={12.5} textAnchor="end" fill="var(--ink-3)">
        many people: narrow limits
      </text>
    </svg>
  );
}
