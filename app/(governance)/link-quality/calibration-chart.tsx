/**
 * What the model said against what stewards found, by band: a line for the interval, a point for the share, hollow
 * where the interval is too wide to tell, and a tick for what was said. Pure: drawn from numbers alone.
 */
import { scaleLinear } from "d3-scale";
import type { Calibration } from "../../../server/domain/link-quality";
import { inHundred } from "../../../server/domain/link-review-words";
import type { ChartNumbers } from "../../_ui/charts/chart-table";

const ROW = 40;
const TOP = 20;
/** An interval wider than this says little. */
const UNCLEAR = 0.3;

export function calibrationTable(rows: readonly Calibration[]): ChartNumbers {
  return {
    caption: "What the model said, and how many pairs were one person",
    columns: ["Band", "Said", "Were one person", "May be"],
    rows: rows.map(({ label, said, were }) => ({
      key: label,
      cells: [
        label,
        inHundred(said),
        `${inHundred(were.share)}, of about ${were.whole}`,
        `${inHundred(were.low)} to ${inHundred(were.high)}`,
      ],
    })),
  };
}

export function CalibrationChart({ rows, width }: { rows: readonly Calibration[]; width: number }) {
  const left = 130;
  const x = scaleLinear([0, 1], [left, width - 12]);
  const height = TOP + rows.length * ROW + 26;
  const foot = TOP + rows.length * ROW;
  const label = rows
    .map(
      (row) =>
        `Said ${inHundred(row.said)}: of about ${row.were.whole}, ${inHundred(row.were.share)} were one person`,
    )
    .join("; ");
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <g fontSize={12.5} fill="var(--ink-3)">
        <line x1={left + 2} x2={left + 2} y1={4} y2={16} stroke="var(--ink)" strokeWidth={3} />
        <text x={left + 9} y={14}>
          said
        </text>
        <circle cx={left + 52} cy={10} r={5} fill="var(--brand)" />
        <text x={left + 62} y={14}>
          were, with its range
        </text>
      </g>
      {[0, 0.5, 1].map((tick) => (
        <g key={tick}>
          <line x1={x(tick)} x2={x(tick)} y1={TOP} y2={foot} stroke="var(--line)" />
          <text
            x={x(tick)}
            y={foot + 18}
            fontSize={12.5}
            fill="var(--ink-3)"
            textAnchor={tick === 1 ? "end" : "middle"}
          >
            {tick === 0 ? "none" : tick === 1 ? "all" : "half"}
          </text>
        </g>
      ))}
      {rows.map(({ label, said, were }, at) => {
        const y = TOP + at * ROW + ROW / 2;
        const isUnclear = were.high - were.low > UNCLEAR;
        return (
          <g key={label}>
            <text x={0} y={y - 1} fontSize={13.5} fill="var(--ink)">
              {label}
            </text>
            <text x={0} y={y + 14} fontSize={12.5} fill="var(--ink-3)">
              of about {were.whole}
            </text>
            <line x1={x(were.low)} x2={x(were.high)} y1={y} y2={y} stroke="var(--brand)" strokeWidth={2} />
            <line x1={x(said)} x2={x(said)} y1={y - 9} y2={y + 9} stroke="var(--ink)" strokeWidth={3} />
            <circle
              cx={x(were.share)}
              cy={y}
              r={5.5}
              fill={isUnclear ? "var(--surface)" : "var(--brand)"}
              stroke="var(--brand)"
              strokeWidth={2}
            />
          </g>
        );
      })}
    </svg>
  );
}
