/**
 * Two means of the same people, joined: the first and the latest, each with its 95% interval where there is one, on
 * the whole scale, so that a change looks as large as it is.
 */
import { max } from "d3-array";
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
const TOP = 32;
const FLOOR = 232;
const NAME = 14;
const LINE = 17;
const GUTTER = 34;
/** Room outside each point for its number and interval. */
const NUMBER = 76;
const NUMBER_SIZE = 20;
/** Half the length of the ends of an interval. */
const CAP = 6;

/** An upright line with a cap at both ends, so that a short one shows round its point. */
const interval = (x: number, low: number, high: number) =>
  `M${x - CAP} ${low}h${2 * CAP}M${x} ${low}V${high}M${x - CAP} ${high}h${2 * CAP}`;

const oneDecimal = (value: number) => value.toFixed(1);

export function Slope({ width, first, latest, lowest, highest, unit, label, look }: SlopeProps) {
  const palette = paletteOf(look);
  const y = scaleLinear([lowest, highest], [FLOOR, TOP]);
  const across = Math.min(width, WIDEST);
  const ends = [
    { ...first, side: -1, anchor: "end", x: GUTTER + NUMBER },
    { ...latest, side: 1, anchor: "start", x: across - NUMBER },
  ] as const;
  const [from, to] = ends;
  const names = ends.map((end) => linesOf(end.label, NAME, Math.min(2 * NUMBER, to.x - from.x - 8), 3));
  const height = FLOOR + 16 + (max(names, (lines) => lines.length) ?? 1) * LINE;
  return (
    <ChartCanvas width={width} height={height} label={label} look={look}>
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
          <path
            key={side}
            d={interval(x, y(Math.max(low, lowest)), y(Math.min(high, highest)))}
            fill="none"
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
      {ends.map((end, at) => (
        <g key={end.side}>
          <circle cx={end.x} cy={y(end.value)} r={5} fill={palette.subject} />
          <text
            x={end.x + end.side * 14}
            y={y(end.value) + 7}
            fontSize={NUMBER_SIZE}
            fontWeight={700}
            textAnchor={end.anchor}
            fill={palette.ink}
          >
            {oneDecimal(end.value)}
          </text>
          {end.low !== null && end.high !== null && (
            <text
              x={end.x + end.side * 14}
              y={y(end.value) + 24}
              fontSize={12.5}
              textAnchor={end.anchor}
              fill={palette.ink2}
            >
              {`${oneDecimal(end.low)} to ${oneDecimal(end.high)}`}
            </text>
          )}
          {names[at]?.map((line, row) => (
            <text
              key={line}
              x={end.x}
              y={FLOOR + 24 + row * LINE}
              fontSize={NAME}
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
