/**
 * A share that falls in steps as days pass, with its 95% band, and the day by which half are over. Where the curve does
 * not reach a half, no day is marked: it is not known yet.
 */
import { max } from "d3-array";
import { scaleLinear } from "d3-scale";
import { area, curveLinear, curveStepAfter, line } from "d3-shape";
import { ChartCanvas, type ChartLook, paletteOf } from "./chart-canvas";
import { shortened, widthOf } from "./text-width";

interface CurvePoint {
  days: number;
  /** 0 to 1. */
  share: number;
  low: number | null;
  high: number | null;
}

interface SurvivalCurveProps {
  width: number;
  points: readonly CurvePoint[];
  median: number | null;
  /** Told at a few days only: straight lines between them, since a step would be a day on which nothing need have ended. */
  joined?: boolean;
  /** Words of the axes. */
  across: string;
  up: string;
  label: string;
  look?: ChartLook;
}

const HEIGHT = 264;
const TOP = 32;
const FLOOR = 214;
const LEFT = 48;
const RIGHT = 14;
/** Room that a number of days needs on the axis. */
const APART = 76;

export function SurvivalCurve({
  width,
  points,
  median,
  joined = false,
  across,
  up,
  label,
  look,
}: SurvivalCurveProps) {
  const between = joined ? curveLinear : curveStepAfter;
  const palette = paletteOf(look);
  const start = { days: 0, share: 1, low: 1, high: 1 };
  const curve = points[0]?.days === 0 ? points : [start, ...points];
  const last = Math.max(1, max(curve, ({ days }) => days) ?? 1);
  const x = scaleLinear([0, last], [LEFT, width - RIGHT]);
  const y = scaleLinear([0, 1], [FLOOR, TOP]);
  const days = x.ticks(Math.max(2, Math.floor((width - LEFT) / APART))).filter(Number.isInteger);
  const steps = line<CurvePoint>()
    .x((point) => x(point.days))
    .y((point) => y(point.share))
    .curve(between);
  const edge = (side: "low" | "high") =>
    line<CurvePoint>()
      .defined((point) => point[side] !== null)
      .x((point) => x(point.days))
      .y((point) => y(point[side] ?? 0))
      .curve(between);
  const band = area<CurvePoint>()
    .defined(({ low, high }) => low !== null && high !== null)
    .x((point) => x(point.days))
    .y0((point) => y(point.low ?? 0))
    .y1((point) => y(point.high ?? 0))
    .curve(between);
  return (
    <ChartCanvas width={width} height={HEIGHT} label={label} look={look}>
      <text x={0} y={15} fontSize={13} fill={palette.ink2}>
        {shortened(up, 13, width)}
      </text>
      {[0.25, 0.5, 0.75, 1].map((share) => (
        <line key={share} x1={LEFT} x2={width} y1={y(share)} y2={y(share)} stroke={palette.line} />
      ))}
      {[0, 0.5, 1].map((share) => (
        <text key={share} x={LEFT - 8} y={y(share) + 4} fontSize={12.5} textAnchor="end" fill={palette.ink3}>
          {`${share * 100}%`}
        </text>
      ))}
      <path d={band([...curve]) ?? ""} fill={palette.wash} />
      {(["low", "high"] as const).map((side) => (
        <path
          key={side}
          d={edge(side)([...curve]) ?? ""}
          fill="none"
          stroke={palette.edge}
          strokeWidth={1}
          strokeDasharray="2 3"
        />
      ))}
      <path d={steps([...curve]) ?? ""} fill="none" stroke={palette.subject} strokeWidth={2.5} />
      <line x1={LEFT} x2={width} y1={FLOOR} y2={FLOOR} stroke={palette.edge} />
      {median !== null && median <= last && <HalfOver days={median} {...{ x, y, width, palette }} />}
      {days.map((day) => (
        <text
          key={day}
          x={x(day)}
          y={FLOOR + 17}
          fontSize={12.5}
          textAnchor={x(day) > width - 20 ? "end" : "middle"}
          fill={palette.ink3}
        >
          {day}
        </text>
      ))}
      <text x={width} y={FLOOR + 38} fontSize={13} textAnchor="end" fill={palette.ink2}>
        {shortened(across, 13, width)}
      </text>
    </ChartCanvas>
  );
}

/** From the half across to the curve and down to its day, with the words on the side that has room. */
function HalfOver({
  days,
  x,
  y,
  width,
  palette,
}: {
  days: number;
  x: (days: number) => number;
  y: (share: number) => number;
  width: number;
  palette: ReturnType<typeof paletteOf>;
}) {
  const words = days === 1 ? "half within 1 day" : `half within ${days} days`;
  const at = x(days);
  const isRight = at + 9 + widthOf(words, 14, "bold") < width;
  return (
    <g>
      <path
        d={`M${x(0)} ${y(0.5)}H${at}V${y(0)}`}
        fill="none"
        stroke={palette.ink}
        strokeWidth={1.4}
        strokeDasharray="5 4"
      />
      <circle cx={at} cy={y(0.5)} r={4.5} fill={palette.ink} stroke={palette.surface} strokeWidth={1.5} />
      <text
        x={isRight ? at + 9 : at - 9}
        y={isRight ? y(0.5) - 9 : y(0) - 9}
        fontSize={14}
        fontWeight={700}
        textAnchor={isRight ? "start" : "end"}
        fill={palette.ink}
      >
        {words}
      </text>
    </g>
  );
}
