/**
 * A small line through a few periods, the last one marked. A period without a number is a gap with a hatched
 * square at the foot, so that nobody reads a fall into it.
 */
import { max } from "d3-array";
import { scaleLinear, scalePoint } from "d3-scale";
import { line } from "d3-shape";
import { useId } from "react";
import { Hatch } from "./hatch";

export interface Point {
  key: string;
  value: number | null;
  /** The whole story of the point, shown when pointed at. */
  words: string;
  marked?: boolean;
}

interface LineSeriesProps {
  width: number;
  height: number;
  points: readonly Point[];
  label: string;
}

export function LineSeries({ width, height, points, label }: LineSeriesProps) {
  const hatch = useId();
  const x = scalePoint(
    points.map((point) => point.key),
    [6, width - 6],
  );
  const y = scaleLinear([0, max(points, (point) => point.value ?? 0) || 1], [height - 6, 6]);
  const path = line<Point>()
    .defined((point) => point.value !== null)
    .x((point) => x(point.key) ?? 0)
    .y((point) => y(point.value ?? 0));
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <defs>
        <Hatch id={hatch} />
      </defs>
      <line x1={0} x2={width} y1={height - 1} y2={height - 1} stroke="var(--line)" />
      <path d={path(points) ?? ""} fill="none" stroke="var(--brand)" strokeWidth={2} />
      {points.map((point) => {
        const at = x(point.key) ?? 0;
        return (
          <g key={point.key}>
            <title>{point.words}</title>
            {point.value === null ? (
              <rect
                x={at - 4}
                y={height - 10}
                width={8}
                height={8}
                fill={`url(#${hatch})`}
                stroke="var(--line-strong)"
              />
            ) : (
              <circle cx={at} cy={y(point.value)} r={point.marked ? 4.5 : 2.4} fill="var(--brand)" />
            )}
          </g>
        );
      })}
    </svg>
  );
}
