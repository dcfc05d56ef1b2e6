/**
 * Bars side by side, from a zero line: a series by period, a profile by tenth. Pure SVG of a given width, so the
 * same bars stand on screen, on paper and in a document. What has no number is hatched, never drawn as zero.
 */
import { max } from "d3-array";
import { scaleBand, scaleLinear } from "d3-scale";
import { useId } from "react";
import { ChartCanvas, type ChartLook, paletteOf } from "./chart-canvas";
import { type ChartKey, ChartKeys, heightOfKeys } from "./chart-keys";
import { Hatch } from "./hatch";
import type { ChartPalette } from "./palette";
import { widthOf } from "./text-width";

export interface Bar {
  key: string;
  /** Short word under the bar: "A", "2". */
  label: string;
  /** Words under the first bar of a group: "2026". */
  group?: string;
  /** Null: there is no number to draw. */
  value: number | null;
  /** With a null value: hatched for a hidden figure, dotted for one that does not exist yet. */
  absence?: "few" | "none";
  /** The whole story of the bar, shown when pointed at. */
  words: string;
  /** So far: the number is not final, and its bar is paler, with a broken edge. */
  isOpen?: boolean;
  /** The bar in question: in the brand, with a wash behind it. */
  marked?: boolean;
  /** What the bar is held against: a line across it. */
  against?: number | null;
}

interface BarSeriesProps {
  width: number;
  height: number;
  bars: readonly Bar[];
  /** What the picture says, for people who cannot see it. */
  label: string;
  /** The words of a tick: "1,500", "20%". The unit is said in the legend. */
  tick: (value: number) => string;
  /** Highest value of the axis; the highest bar unless told, so that pictures can share a scale. */
  top?: number;
  /** Every bar in the brand: the series itself is the subject. */
  allInBrand?: boolean;
  /** Each number on its bar, where all have room; else those of marked bars. */
  numbers?: boolean;
  /** Words under the two ends of the axis. */
  ends?: { from: string; to: string };
  /** What fills and lines mean, above the bars. */
  keys?: readonly ChartKey[];
  /** Days to see among the bars: a line with a dot at its top, in the bar of this key, where this part of it has passed. */
  flags?: readonly { key: string; passed: number; words: string }[];
  look?: ChartLook;
  /** A picture that is also a shortcut for the mouse; the keyboard has its own controls elsewhere. */
  onSelect?: (key: string) => void;
}

const AXIS = 20;
const GROUP = 17;
const NUMBER = 13;
/** Bars higher than this have room for more lines behind them. */
const TALL = 150;

/** Room that a word takes under a bar, at the size below, with a gap to the next. */
const roomFor = (words: readonly string[]) => 7 * (max(words, (word) => word.length) ?? 0) + 8;

/** Which bars carry their label where not all have room: marked ones first, then the others at even steps. */
export function labelsWithRoom(
  bars: readonly Pick<Bar, "label" | "marked">[],
  stepPx: number,
): ReadonlySet<number> {
  const apart = Math.max(1, Math.ceil(roomFor(bars.map(({ label }) => label)) / Math.max(1, stepPx)));
  const marked = bars.flatMap((bar, at) => (bar.marked ? [at] : []));
  const others = bars.map((_, at) => at).filter((at) => at % apart === 0);
  return new Set(keepApart([...marked, ...others], apart));
}

/** Which bars carry the words of their group: those that would touch are left out, and the first bar's gives way. */
function groupsWithRoom(bars: readonly Pick<Bar, "group">[], stepPx: number): ReadonlySet<number> {
  const apart = roomFor(bars.map(({ group }) => group ?? "")) / Math.max(1, stepPx);
  const [first, ...others] = bars.map((bar, at) => (bar.group === undefined ? null : at));
  return new Set(
    keepApart(
      [...others, first].filter((at) => typeof at === "number"),
      apart,
    ),
  );
}

/** Takes positions in their order of importance, and leaves out those nearer than `apart` to one taken. */
function keepApart(positions: readonly number[], apart: number): number[] {
  const taken: number[] = [];
  for (const at of positions) {
    if (taken.every((other) => Math.abs(other - at) >= apart)) taken.push(at);
  }
  return taken;
}

export function BarSeries({
  width,
  height,
  bars,
  label,
  tick,
  top,
  allInBrand = false,
  numbers = false,
  ends,
  keys = [],
  flags = [],
  look,
  onSelect,
}: BarSeriesProps) {
  const own = useId();
  const hatch = look ? `${look.id}-few` : own;
  const palette = paletteOf(look);
  const highest = top ?? max(bars, (bar) => Math.max(bar.value ?? 0, bar.against ?? 0)) ?? 0;
  const hasGroups = bars.some((bar) => bar.group !== undefined);
  const floor = height - AXIS - (hasGroups || ends ? GROUP : 0);
  const ceiling = heightOfKeys(keys, width);
  const y = scaleLinear([0, highest || 1], [floor, ceiling + (numbers ? 20 : 12)]).nice(3);
  // A count has no halves, and an axis without numbers no ticks.
  const ticks =
    highest > 0
      ? y.ticks(floor - ceiling > TALL ? 4 : 2).filter((value) => value > 0 && Number.isInteger(value))
      : [];
  // Room at the left for the longest tick, at the size below.
  const gutter = Math.ceil(max(ticks, (value) => widthOf(tick(value), 12.5)) ?? 0) + 8;
  const x = scaleBand(
    bars.map((bar) => bar.key),
    [gutter, width],
  )
    .paddingInner(bars.some(({ against }) => typeof against === "number") ? 0.3 : 0.12)
    .paddingOuter(0.06);
  const band = x.bandwidth();
  const labelled = labelsWithRoom(bars, x.step());
  const grouped = groupsWithRoom(bars, x.step());
  // A line that a bar is held against reaches over both sides of it, and not to the next.
  const over = Math.min(5, (x.step() - band) / 2 - 1);
  const numbersFit = bars.every(
    ({ value }) => value === null || widthOf(tick(value), NUMBER, "bold") < x.step() - 4,
  );
  return (
    <ChartCanvas width={width} height={height} label={label} look={look}>
      <defs>
        <Hatch id={hatch} palette={palette} />
      </defs>
      <ChartKeys keys={keys} width={width} palette={palette} hatch={hatch} />
      {bars.map((bar) =>
        bar.marked ? (
          <rect
            key={bar.key}
            x={(x(bar.key) ?? 0) - 3}
            y={ceiling}
            width={band + 6}
            height={floor + AXIS - ceiling}
            rx={6}
            fill={palette.wash}
          />
        ) : null,
      )}
      {ticks.map((value) => (
        <line key={value} x1={gutter} x2={width} y1={y(value)} y2={y(value)} stroke={palette.line} />
      ))}
      {bars.map((bar) => {
        const left = x(bar.key) ?? 0;
        const colour = bar.marked || allInBrand ? palette.subject : palette.edge;
        const paint =
          bar.value === null ? (
            <Absence
              left={left}
              floor={floor}
              band={band}
              hatch={hatch}
              absence={bar.absence ?? "none"}
              palette={palette}
            />
          ) : (
            <rect
              x={left}
              y={y(bar.value)}
              width={band}
              height={floor - y(bar.value)}
              rx={Math.min(2, band / 4)}
              fill={colour}
              fillOpacity={(bar.marked || allInBrand ? 1 : 0.42) * (bar.isOpen ? 0.5 : 1)}
              {...(bar.isOpen && { stroke: palette.wait, strokeWidth: 1.4, strokeDasharray: "4 3" })}
            />
          );
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the mouse beside labelled controls
          <g
            key={bar.key}
            onClick={onSelect ? () => onSelect(bar.key) : undefined}
            style={onSelect ? { cursor: "pointer" } : undefined}
          >
            <title>{bar.words}</title>
            <rect x={left} y={ceiling} width={band} height={floor - ceiling} fill="transparent" />
            {paint}
            {numbers && bar.value !== null && (numbersFit || bar.marked) && (
              <text
                x={left + band / 2}
                y={y(bar.value) - 5}
                fontSize={NUMBER}
                textAnchor="middle"
                fill={bar.marked ? palette.ink : palette.ink2}
                fontWeight={bar.marked ? 700 : 400}
              >
                {tick(bar.value)}
              </text>
            )}
            {typeof bar.against === "number" && (
              <Against from={left - over} to={left + band + over} y={y(bar.against)} palette={palette} />
            )}
          </g>
        );
      })}
      {ticks.map((value) => (
        <text
          key={value}
          x={gutter - 6}
          y={y(value) + 4}
          fontSize={12.5}
          textAnchor="end"
          fill={palette.ink3}
        >
          {tick(value)}
        </text>
      ))}
      <line x1={gutter} x2={width} y1={floor} y2={floor} stroke={palette.edge} />
      {flags.map(({ key, passed, words }) => {
        const at = (x(key) ?? 0) + passed * band;
        return (
          <g key={`${key} ${words}`}>
            <title>{words}</title>
            <line x1={at} x2={at} y1={ceiling + 4} y2={floor} stroke={palette.surface} strokeWidth={4} />
            <line x1={at} x2={at} y1={ceiling + 4} y2={floor} stroke={palette.ink} strokeWidth={1.5} />
            <circle cx={at} cy={ceiling + 5} r={4} fill={palette.ink} />
          </g>
        );
      })}
      {bars.map((bar, at) => (
        <g key={bar.key} fontSize={12.5}>
          {labelled.has(at) && (
            <text
              x={(x(bar.key) ?? 0) + band / 2}
              y={floor + 15}
              textAnchor="middle"
              fill={bar.marked ? palette.ink : palette.ink2}
              fontWeight={bar.marked ? 700 : 400}
            >
              {bar.label}
            </text>
          )}
          {grouped.has(at) && (
            <text
              x={Math.min(Math.max((x(bar.key) ?? 0) + band / 2, 18), width - 18)}
              y={floor + 32}
              textAnchor="middle"
              fill={palette.ink2}
              fontWeight={700}
            >
              {bar.group}
            </text>
          )}
        </g>
      ))}
      {ends && (
        <g fontSize={NUMBER} fill={palette.ink2}>
          <text x={gutter} y={floor + 32}>
            {ends.from}
          </text>
          <text x={width} y={floor + 32} textAnchor="end">
            {ends.to}
          </text>
        </g>
      )}
    </ChartCanvas>
  );
}

/** The line that a bar is held against, with a rim of the ground so that it shows on the bar as well. */
function Against({ from, to, y, palette }: { from: number; to: number; y: number; palette: ChartPalette }) {
  return (
    <>
      <line x1={from} x2={to} y1={y} y2={y} stroke={palette.surface} strokeWidth={5.5} />
      <line x1={from} x2={to} y1={y} y2={y} stroke={palette.ink} strokeWidth={2.5} />
    </>
  );
}

function Absence({
  left,
  floor,
  band,
  hatch,
  absence,
  palette,
}: {
  left: number;
  floor: number;
  band: number;
  hatch: string;
  absence: "few" | "none";
  palette: ChartPalette;
}) {
  if (absence === "few") {
    return (
      <rect
        x={left + 0.5}
        y={floor - 12}
        width={Math.max(1, band - 1)}
        height={12}
        fill={`url(#${hatch})`}
        stroke={palette.edge}
      />
    );
  }
  return <circle cx={left + band / 2} cy={floor - 4} r={1.6} fill={palette.ink3} />;
}
