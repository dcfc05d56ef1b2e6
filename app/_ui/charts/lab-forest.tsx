/**
 * Differences under one another, each with its 95% interval and its numbers: every way of comparing that was tried,
 * group by group, or outcome by outcome. On one scale with an axis, or each on its own, with no difference in one line.
 * The main one is drawn in the brand; a hollow point is not clear.
 */
import { sum } from "d3-array";
import { scaleLinear } from "d3-scale";
import type { ForestChart } from "../../../server/domain/impact/paper";
import { ChartCanvas, type ChartLook, paletteOf } from "./chart-canvas";
import { anchorAt } from "./lab-interval";
import { endText, reachOf } from "./lab-numbers";
import type { ChartPalette } from "./palette";
import { linesOf, shortened, widthOf } from "./text-width";

interface ForestProps extends Omit<ForestChart, "kind"> {
  width: number;
  label: string;
  look?: ChartLook;
}

/** Below this the words stand over their line. */
const NARROW = 520;
const UNIT = 24;
const LABEL = 14;
const NOTE = 13;
const LINE = 17;
const NOTE_LINE = 16;
const AXIS = 28;
/** Room that the words of a tick need. */
const APART = 88;

export function Forest({ width, scale, unit, ends, lines, label, look }: ForestProps) {
  const palette = paletteOf(look);
  const isNarrow = width < NARROW;
  const numbers = Math.max(0, ...lines.map(({ words }) => widthOf(words, LABEL, "bold")));
  const names = isNarrow ? Math.max(120, width - numbers - 14) : Math.min(230, Math.round(width * 0.36));
  const [left, right] = isNarrow ? [10, width - 10] : [names + 14, width - numbers - 18];
  const shared = scaleLinear(reachOf(lines), [left, right]);
  const placed = lines.map((line) => {
    const words = linesOf(line.label, LABEL, names, 3);
    const notes = line.note === "" ? [] : linesOf(line.note, NOTE, names, 2);
    const tall = words.length * LINE + notes.length * NOTE_LINE;
    const x = scale === "shared" ? shared : aroundSame(reachOf([line]), left, right);
    return { line, words, notes, tall, x, height: isNarrow ? tall + 36 : Math.max(32, tall + 14) };
  });
  const floor = UNIT + sum(placed, ({ height }) => height);
  const hasAxis = scale === "shared";
  let head = UNIT;
  return (
    <ChartCanvas width={width} height={floor + (hasAxis ? AXIS : 4)} label={label} look={look}>
      <text x={0} y={13} fontSize={NOTE} fill={palette.ink2}>
        {shortened(unit, NOTE, width)}
      </text>
      {placed.map(({ line, words, notes, tall, x, height }) => {
        const top = head;
        head += height;
        const y = isNarrow ? top + tall + 16 : top + height / 2;
        const first = isNarrow ? top + 14 : y - tall / 2 + 13;
        const colour = line.main ? palette.subject : palette.ink3;
        const weight = line.main ? 650 : 400;
        return (
          <g key={line.label}>
            <line
              x1={x(0)}
              x2={x(0)}
              y1={isNarrow ? y - 12 : top}
              y2={isNarrow ? y + 12 : top + height}
              stroke={palette.edge}
              strokeDasharray="3 3"
            />
            <text fontSize={LABEL} fontWeight={weight} fill={palette.ink}>
              {words.map((text, at) => (
                <tspan key={text} x={0} y={first + at * LINE}>
                  {text}
                </tspan>
              ))}
            </text>
            {notes.map((text, at) => (
              <text
                key={text}
                x={0}
                y={first + words.length * LINE + at * NOTE_LINE - 1}
                fontSize={NOTE}
                fill={palette.ink2}
              >
                {text}
              </text>
            ))}
            <IntervalMark x={x} y={y} line={line} colour={colour} palette={palette} />
            <text
              x={width}
              y={isNarrow ? first : y + 5}
              fontSize={LABEL}
              fontWeight={weight}
              textAnchor="end"
              fill={line.main ? palette.ink : palette.ink2}
            >
              {line.words}
            </text>
          </g>
        );
      })}
      {hasAxis &&
        shared.ticks(Math.max(2, Math.floor((right - left) / APART))).map((tick) => (
          <text
            key={tick}
            x={shared(tick)}
            y={floor + 18}
            fontSize={12.5}
            textAnchor={isNarrow ? anchorAt(shared(tick), width) : "middle"}
            fill={palette.ink3}
          >
            {endText(tick, ends)}
          </text>
        ))}
    </ChartCanvas>
  );
}

/** A scale with no difference in the middle, so that lines of several units share the mark of it. */
function aroundSame([low, high]: readonly [number, number], left: number, right: number) {
  const reach = Math.max(-low, high);
  return scaleLinear([-reach, reach], [left, right]);
}

interface IntervalMarkProps {
  x: (value: number) => number;
  y: number;
  line: ForestChart["lines"][number];
  colour: string;
  palette: ChartPalette;
}

/** A point with its interval, capped at both ends. */
function IntervalMark({ x, y, line, colour, palette }: IntervalMarkProps) {
  const [low, high] = [x(line.low), x(line.high)];
  return (
    <>
      <path
        d={`M${low} ${y - 5}v10M${low} ${y}H${high}M${high} ${y - 5}v10`}
        fill="none"
        stroke={colour}
        strokeWidth={line.main ? 2.6 : 1.7}
      />
      <circle
        cx={x(line.difference)}
        cy={y}
        r={line.main ? 6 : 4.5}
        fill={line.clear ? colour : palette.surface}
        stroke={colour}
        strokeWidth={line.main ? 2.2 : 1.8}
      />
    </>
  );
}
