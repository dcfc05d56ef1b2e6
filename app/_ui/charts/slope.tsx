/**
 * Two means of the same people, joined: the first and the latest, each with its 95% interval where there is one, on
 * the whole scale, so that a change looks as large as it is.
 */
import { scaleLinear } from "d3-scale";
import { ChartCanvas, type ChartLook, paletteOf } from "./chart-canvas";
import { linesOf, shortened } from "./text-width";

interface Mean {
  label: string;
  value: number;
  low: number | null;
  high: number | null;
}

interface SlopeProps {
  width: number;
  first: Mean;
  latest: Mean;
  /** The ends of the scale. */
  lowest: number;
  highest: number;
  unit: string;
  label: string;
  look?: ChartLook;
}

/** A wider slope would only be flatter. */
const WIDEST = 480;
const HEIGHT = 236;
const TOP = 30;
const FLOOR = 190;
const GUTTER = 34;
/** Room outside each point for its number and interval. */
const NUMBER = 92;

const oneDecimal = (value: number) => value.toFixed(1);

export function Slope({ width, first, latest, lowest, highest, unit, label, look }: SlopeProps) {
  const palette = paletteOf(look);
  const y = scaleLinear([lowest, highest], [FLOOR, TOP]);
  const across = Math.min(width, WIDEST);
  const ends = [
    { ...first, side: -1, x: GUTTER + NUMBER },
    { ...latest, side: 1, x: across - NUMBER },
  ] as const;
  const [from, to] = ends;
  return (
    <ChartCanvas width={width} height={HEIGHT} label={label} look={look}>
      <text x={0} y={14} fontSize={12.5} fill={palette.ink3}>
        {shortened(unit, 12.5, width)}
      </text>
      {y.ticks(4).map((value) => (
        <g key={value}>
          <line x1={GUTTER} x2={across} y1={y(value)} y2={y(value)} stroke={palette.line} />
          <text x={GUTTER - 8} y={y(value) + 4} fontSize={12.5} textAnchor="end" fill={palette.ink3}>
            {value}
          </text>
        </g>
      ))}
      {ends.map(({ side, x, low, high }) =>
        low !== null && high !== null ? (
          <line
            key={side}
            x1={x}
            x2={x}
            y1={y(Math.max(low, lowest))}
            y2={y(Math.min(high, highest))}
            stroke={palette.ink2}
            strokeWidth={2}
          />
        ) : null,
      )}
      <line
        x1={from.x}
        x2={to.x}
        y1={y(first.value)}
        y2={y(latest.value)}
        stroke={palette.subject}
        strokeWidth={3}
      />
      {ends.map((end) => (
        <g key={end.side} textAnchor={end.side < 0 ? "end" : "start"}>
          <circle cx={end.x} cy={y(end.value)} r={6} fill={palette.subject} />
          <text
            x={end.x + end.side * 14}
            y={y(end.value) + 7}
            fontSize={20}
            fontWeight={700}
            fill={palette.ink}
          >
            {oneDecimal(end.value)}
          </text>
          {end.low !== null && end.high !== null && (
            <text x={end.x + end.side * 14} y={y(end.value) + 24} fontSize={12.5} fill={palette.ink2}>
              {`${oneDecimal(end.low)} to ${oneDecimal(end.high)}`}
            </text>
          )}
          {linesOf(end.label, 14, 2 * NUMBER - 30, 2).map((line, at) => (
            <text
              key={line}
              x={end.x}
              y={FLOOR + 24 + at * 17}
              fontSize={14}
              textAnchor="middle"
              fill={palette.ink2}
            >
              {line}
            </text>
          ))}
        </g>
      ))}
    </ChartCanvas>
  );
}
