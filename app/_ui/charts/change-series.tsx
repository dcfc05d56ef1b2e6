/**
 * A series with its doubt: each figure with its 95% interval, the same period a year before in grey, the day of an
 * event as a line, and after it what was to be expected without a step, with its band. Pure SVG of a given width. A
 * period without a number is a hatched square at the foot and a gap in the line.
 */
import { max } from "d3-array";
import { scaleLinear, scalePoint } from "d3-scale";
import { area, line } from "d3-shape";
import { useId } from "react";
import { inDigits } from "../../../server/domain/number-text";
import { Hatch } from "./hatch";

export interface SeriesMark {
  key: string;
  /** Short word under the axis, and the year under the first of a year. */
  label: string;
  group?: string;
  value: number | null;
  interval: { low: number; high: number } | null;
  yearBefore: number | null;
  expected: { mean: number; low: number; high: number } | null;
  /** The whole story of the period, shown when pointed at. */
  words: string;
}

interface ChangeSeriesProps {
  width: number;
  height: number;
  marks: readonly SeriesMark[];
  /** The event: where on the axis, between 0 and the number of marks, and its words. */
  event: { at: number; words: string } | null;
  label: string;
}

const BOTTOM = 42;
const TOP = 26;
/** Room that a label needs under the axis. */
const APART = 26;

export function ChangeSeries({ width, height, marks, event, label }: ChangeSeriesProps) {
  const hatch = useId();
  const top =
    max(marks, (mark) =>
      Math.max(mark.value ?? 0, mark.interval?.high ?? 0, mark.expected?.high ?? 0, mark.yearBefore ?? 0),
    ) ?? 0;
  const floor = height - BOTTOM;
  const y = scaleLinear([0, top || 1], [floor, TOP]).nice(4);
  const ticks = y.ticks(4).filter((value) => value > 0 && Number.isInteger(value));
  const gutter = (max(ticks, (value) => inDigits(value).length) ?? 1) * 7 + 10;
  const x = scalePoint(
    marks.map(({ key }) => key),
    [gutter + 8, width - 10],
  );
  const xOf = (mark: SeriesMark) => x(mark.key) ?? 0;
  const step = x.step() || width;
  const every = Math.max(1, Math.ceil(APART / step));
  const through = (value: (mark: SeriesMark) => number | null) =>
    line<SeriesMark>()
      .defined((mark) => value(mark) !== null)
      .x(xOf)
      .y((mark) => y(value(mark) ?? 0))(marks as SeriesMark[]) ?? "";
  const band =
    area<SeriesMark>()
      .defined((mark) => mark.expected !== null)
      .x(xOf)
      .y0((mark) => y(mark.expected?.low ?? 0))
      .y1((mark) => y(Math.min(mark.expected?.high ?? 0, y.domain()[1] ?? 0)))(marks as SeriesMark[]) ?? "";
  const eventX = event ? gutter + 8 + (event.at - 0.5) * step : 0;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <defs>
        <Hatch id={hatch} />
      </defs>
      {ticks.map((value) => (
        <g key={value}>
          <line x1={gutter} x2={width} y1={y(value)} y2={y(value)} stroke="var(--line)" />
          <text x={gutter - 6} y={y(value) + 4} fontSize={12.5} textAnchor="end" fill="var(--ink-3)">
            {inDigits(value)}
          </text>
        </g>
      ))}
      <path d={band} fill="var(--ink-3)" opacity={0.16} />
      <path
        d={through((mark) => mark.yearBefore)}
        fill="none"
        stroke="var(--line-strong)"
        strokeWidth={1.6}
        strokeDasharray="2 4"
      />
      <path
        d={through((mark) => mark.expected?.mean ?? null)}
        fill="none"
        stroke="var(--ink)"
        strokeWidth={1.8}
        strokeDasharray="7 4"
      />
      {event && (
        <g>
          <line x1={eventX} x2={eventX} y1={TOP - 8} y2={floor} stroke="var(--ink)" strokeWidth={1.4} />
          <rect
            x={eventX - 4}
            y={TOP - 14}
            width={8}
            height={8}
            fill="var(--surface)"
            stroke="var(--ink)"
            strokeWidth={1.4}
          />
          <EventWords x={eventX} width={width} gutter={gutter} words={event.words} />
        </g>
      )}
      <path d={through((mark) => mark.value)} fill="none" stroke="var(--brand)" strokeWidth={2} />
      {marks.map((mark) => (
        <g key={mark.key}>
          <title>{mark.words}</title>
          <rect x={xOf(mark) - step / 2} y={TOP} width={step} height={floor - TOP} fill="transparent" />
          {mark.value === null ? (
            <rect
              x={xOf(mark) - 5}
              y={floor - 11}
              width={10}
              height={10}
              fill={`url(#${hatch})`}
              stroke="var(--line-strong)"
            />
          ) : (
            <>
              {mark.interval && (
                <line
                  x1={xOf(mark)}
                  x2={xOf(mark)}
                  y1={y(mark.interval.low)}
                  y2={y(mark.interval.high)}
                  stroke="var(--brand)"
                  strokeWidth={1.4}
                  opacity={0.55}
                />
              )}
              <circle cx={xOf(mark)} cy={y(mark.value)} r={3.4} fill="var(--brand)" />
            </>
          )}
        </g>
      ))}
      <line x1={gutter} x2={width} y1={floor} y2={floor} stroke="var(--line-strong)" />
      {marks.map((mark, at) => (
        <g key={mark.key} fontSize={12.5} textAnchor="middle">
          {at % every === 0 && (
            <text x={xOf(mark)} y={floor + 16} fill="var(--ink-2)">
              {mark.label}
            </text>
          )}
          {mark.group !== undefined && (
            <text
              x={Math.min(Math.max(xOf(mark), gutter + 16), width - 18)}
              y={floor + 34}
              fill="var(--ink-2)"
              fontWeight={650}
            >
              {mark.group}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

/** On the side of the line where there is room, and cut where there is none. */
function EventWords({
  x,
  width,
  gutter,
  words,
}: {
  x: number;
  width: number;
  gutter: number;
  words: string;
}) {
  const isRight = x < (gutter + width) / 2;
  const room = isRight ? width - x - 12 : x - gutter - 12;
  const most = Math.max(8, Math.floor(room / 6.6));
  return (
    <text
      x={isRight ? x + 9 : x - 9}
      y={TOP - 6}
      fontSize={13}
      fontWeight={600}
      textAnchor={isRight ? "start" : "end"}
      fill="var(--ink)"
    >
      {words.length > most ? `${words.slice(0, most - 1)}…` : words}
    </text>
  );
}
