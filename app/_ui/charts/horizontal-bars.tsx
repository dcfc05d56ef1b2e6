/**
 * Bars that lie down, each in parts that add up, with its numbers at the end. A part that is hidden is hatched and
 * adds nothing. On a narrow page the label stands above its bar, and what has no room beside a bar stands under it.
 */
import { max, sum } from "d3-array";
import { scaleLinear } from "d3-scale";
import { useId } from "react";
import { HIDDEN } from "../../../server/domain/impact/words";
import { ChartCanvas, type ChartLook, paletteOf } from "./chart-canvas";
import { type ChartKey, ChartKeys, heightOfKeys } from "./chart-keys";
import { Hatch } from "./hatch";
import { linesOf, shortened, widthOf } from "./text-width";

export interface BarPart {
  name: string;
  /** Null: hidden, "fewer than 10, or none". */
  value: number | null;
  /** A token: "var(--brand)". */
  fill: string;
  /** A line round a pale part, so that it ends somewhere in grey print too. */
  edge?: string;
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
  /** What the fills mean, above the bars. */
  keys?: readonly ChartKey[];
  look?: ChartLook;
}

const NARROW = 520;
/** Thickness of a bar, and from bar to bar where no words need more; many bars stand closer, so that they are seen together. */
const FEW = { bar: 24, step: 38 } as const;
const MANY = { bar: 18, step: 28, from: 9 } as const;
const LABEL = 15;
const NOTE = 13.5;
const LINE = 17;
/** As long as a hidden part is drawn: it says that something is there, not how much. */
const HIDDEN_LENGTH = 12;
/** Between the end of a bar and its number, and between the number and its note. */
const GAP = 8;

export function HorizontalBars({ width, bars, label, keys = [], look }: HorizontalBarsProps) {
  const own = useId();
  const hatch = look ? `${look.id}-few` : own;
  const palette = paletteOf(look);
  const isNarrow = width < NARROW;
  const { bar: thick, step } = bars.length >= MANY.from && !isNarrow ? MANY : FEW;
  const left = isNarrow ? 0 : Math.min(206, Math.round(width * 0.33));
  const numberRoom = max(bars, (bar) => widthOf(bar.total, LABEL, "bold")) ?? 0;
  const noteRoom = max(bars, (bar) => widthOf(bar.note, NOTE)) ?? 0;
  const roomBeside = numberRoom + noteRoom + 2 * GAP;
  const notesBelow = noteRoom > 0 && roomBeside > (width - left) * 0.55;
  const room = (notesBelow ? numberRoom : roomBeside) + 2 * GAP;
  const x = scaleLinear(
    [0, max(bars, (bar) => sum(bar.parts, (part) => part.value ?? 0)) || 1],
    [0, Math.max(40, width - left - room)],
  );
  const rows = bars.map((bar) => {
    const lines = linesOf(bar.label, LABEL, isNarrow ? width : left - 12, 3);
    const words = isNarrow ? lines.length * LINE + 7 : (step - thick) / 2;
    const below = notesBelow && bar.note ? LINE : 0;
    const height = isNarrow ? words + thick + below + 10 : Math.max(step + below, lines.length * LINE + 8);
    return { bar, lines, words, height };
  });
  const above = heightOfKeys(keys, width);
  const height = above + sum(rows, (row) => row.height);
  let head = above;
  return (
    <ChartCanvas width={width} height={height} label={label} look={look}>
      <defs>
        <Hatch id={hatch} palette={palette} />
      </defs>
      <ChartKeys keys={keys} width={width} palette={palette} hatch={hatch} />
      {rows.map(({ bar, lines, words, height }) => {
        const rowHead = head;
        head += height;
        const top = rowHead + words;
        const { parts, end } = partsInRow(bar, left, x);
        const base = top + thick / 2 + 5;
        const firstLine = isNarrow ? rowHead + LABEL : base - ((lines.length - 1) * LINE) / 2;
        return (
          <g key={bar.key}>
            <text fontSize={LABEL} fill={palette.ink}>
              {lines.map((line, at) => (
                <tspan key={line} x={0} y={firstLine + at * LINE}>
                  {line}
                </tspan>
              ))}
            </text>
            {parts.map((part) => (
              <rect
                key={part.name}
                x={part.value === null ? part.from + 0.5 : part.from}
                y={part.value === null ? top + 0.5 : top}
                width={Math.max(1, part.length - 1)}
                height={part.value === null ? thick - 1 : thick}
                rx={part.value === null ? 0 : 2}
                fill={part.value === null ? `url(#${hatch})` : part.fill}
                {...(part.value === null
                  ? { stroke: palette.hatch }
                  : part.edge !== undefined && { stroke: part.edge })}
              >
                <title>{`${bar.label}, ${part.name}: ${part.value ?? HIDDEN}`}</title>
              </rect>
            ))}
            <text x={end + GAP} y={base} fontSize={LABEL} fill={palette.ink}>
              {bar.total !== "" && <tspan fontWeight={700}>{bar.total}</tspan>}
              {bar.note !== "" && !notesBelow && (
                <tspan dx={bar.total === "" ? 0 : GAP} fontSize={NOTE} fill={palette.ink2}>
                  {bar.note}
                </tspan>
              )}
            </text>
            {bar.note !== "" && notesBelow && (
              <text x={left} y={top + thick + 15} fontSize={NOTE} fill={palette.ink2}>
                {shortened(bar.note, NOTE, width - left)}
              </text>
            )}
          </g>
        );
      })}
    </ChartCanvas>
  );
}

/** The parts of a bar in their places; hidden ones lie on what follows them, so that the bar keeps its length. */
function partsInRow(bar: HorizontalBar, left: number, x: (value: number) => number) {
  let from = left;
  const placed = bar.parts.map((part) => {
    const at = { ...part, from, length: part.value === null ? HIDDEN_LENGTH : x(part.value) };
    if (part.value !== null) from += at.length;
    return at;
  });
  const drawn = placed.filter((part) => part.value !== 0);
  return {
    parts: drawn.sort((a, b) => Number(a.value === null) - Number(b.value === null)),
    end: max(drawn, (part) => part.from + part.length) ?? left,
  };
}
