/**
 * How the evidence adds up: from how rare a match is at the start, each detail moves the odds right (filled, for one
 * person) or left (hollow, against), to the result. The band in the middle is where a person decides. The same in a
 * table for whoever does not look at pictures.
 */
import { extent } from "d3-array";
import { scaleLinear } from "d3-scale";
import type { MaskedComparison } from "../../../server/domain/link-review";
import { inHundred, inSentence, signed } from "../../../server/domain/link-review-words";
import type { ChartNumbers } from "../../_ui/charts/chart-table";

interface WaterfallProps {
  comparison: MaskedComparison;
  weight: number;
  probability: number;
  width: number;
}

interface Step {
  label: string;
  weight: number;
  from: number;
  to: number;
}

const START = "How rare a match is";

/** The prior, then what speaks for, the strongest first, then what speaks against. */
function stepsOf({ prior, parts }: MaskedComparison): Step[] {
  let at = 0;
  return [
    { label: START, weight: prior },
    ...[...parts]
      .sort((a, b) => b.weight - a.weight)
      .map(({ label, words, weight }) => ({ label: `${label}: ${words}`, weight })),
  ].map(({ label, weight }) => {
    const from = at;
    at += weight;
    return { label, weight, from, to: at };
  });
}

const missingWords = (missing: readonly string[]) => `Not in both: ${inSentence(missing)}`;

export function waterfallTable(
  comparison: MaskedComparison,
  weight: number,
  probability: number,
): ChartNumbers {
  const { missing } = comparison;
  return {
    caption: "What each detail weighs; each +1 doubles the odds",
    columns: ["Detail", "Weight", "Together"],
    rows: [
      ...stepsOf(comparison).map((step) => ({
        key: step.label,
        cells: [step.label, signed(step.weight), signed(step.to)],
      })),
      ...(missing.length > 0 ? [{ key: "missing", cells: [missingWords(missing), "no evidence", ""] }] : []),
      { key: "result", cells: ["Result", inHundred(probability), signed(weight)] },
    ],
  };
}

/** Narrower than this, labels stand above their bars. */
const NARROW = 480;
const BAR = 20;
/** Characters of a label that a line holds beside the bars. */
const LINE = 31;
const CHARACTER = 7.4;
/** Characters of a label that a line holds above a bar, on the narrowest page. */
const NARROW_LINE = 42;

export function Waterfall({ comparison, weight, probability, width }: WaterfallProps) {
  const steps = stepsOf(comparison);
  const { missing, reviewFrom, linkFrom } = comparison;
  const isNarrow = width < NARROW;
  const row = isNarrow ? 46 : 34;
  const left = isNarrow ? 2 : 214;
  const barTop = isNarrow ? 22 : 6;
  const rows = steps.length + (missing.length > 0 ? 1 : 0);
  const foot = rows * row;
  const height = foot + row + 34;
  const [least = 0, most = 0] = extent([0, reviewFrom, linkFrom, ...steps.map(({ to }) => to)]);
  const x = scaleLinear([least, most], [left + 4, width - 44]);
  const result = `${signed(weight)}, or ${inHundred(probability)}`;
  const [bandFrom, bandTo] = [x(reviewFrom), x(linkFrom)];
  const summary = `${steps.map((step) => `${step.label} ${signed(step.weight)}`).join("; ")}. Result ${result}.`;
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={summary}
      fontSize={13.5}
    >
      <rect x={bandFrom} y={0} width={bandTo - bandFrom} height={foot + row} fill="var(--wait-wash)" />
      <line x1={x(0)} x2={x(0)} y1={0} y2={foot + row} stroke="var(--line-strong)" strokeDasharray="3 3" />
      {steps.map((step, at) => (
        <Bar key={step.label} step={step} top={at * row} {...{ x, barTop, row, width, left }} />
      ))}
      {missing.length > 0 && (
        <g transform={`translate(0 ${steps.length * row})`}>
          <Label
            text={missingWords(missing)}
            short={`Not in both: ${missing.length} ${missing.length === 1 ? "detail" : "details"}`}
            isNarrow={isNarrow}
          />
          <circle
            cx={x(weight)}
            cy={barTop + BAR / 2}
            r={4}
            fill="var(--surface)"
            stroke="var(--ink-2)"
            strokeWidth={1.5}
          />
          <line
            x1={x(weight)}
            x2={x(weight)}
            y1={barTop + BAR / 2 + 4}
            y2={row + barTop}
            stroke="var(--line-strong)"
          />
          <Beside at={x(weight)} text="no evidence" y={barTop + 15} gap={10} width={width} isStrong={false} />
        </g>
      )}
      <g transform={`translate(0 ${foot})`}>
        {/* In the column of the labels: beside its mark it would lie across the band. */}
        <text fontWeight={680} fill="var(--ink)">
          <tspan x={0} y={14}>
            Result
          </tspan>
          <tspan x={isNarrow ? 52 : 0} y={isNarrow ? 14 : 31}>
            {result}
          </tspan>
        </text>
        <circle cx={x(weight)} cy={barTop + BAR / 2} r={7} fill="var(--ink)" />
      </g>
      <g fontSize={12.5} transform={`translate(0 ${foot + row + 20})`}>
        <text x={bandFrom - 6} textAnchor="end" fill="var(--ink-3)">
          leave apart
        </text>
        <text x={(bandFrom + bandTo) / 2} textAnchor="middle" fontWeight={650} fill="var(--wait)">
          {bandTo - bandFrom > 100 ? "a person decides" : "ask"}
        </text>
        <text x={bandTo + 6} fill="var(--ink-3)">
          link
        </text>
      </g>
    </svg>
  );
}

interface BarProps {
  step: Step;
  top: number;
  x: (value: number) => number;
  barTop: number;
  row: number;
  width: number;
  left: number;
}

function Bar({ step, top, x, barTop, row, width, left }: BarProps) {
  const isFor = step.weight >= 0;
  const [from, to] = [Math.min(x(step.from), x(step.to)), Math.max(x(step.from), x(step.to))];
  const length = Math.max(2, to - from);
  const isInside = length > 46;
  return (
    <g transform={`translate(0 ${top})`}>
      <Label text={step.label} isNarrow={left < 100} />
      <rect
        x={from}
        y={barTop}
        width={length}
        height={BAR}
        rx={3}
        fill={isFor ? "var(--brand)" : "var(--surface)"}
        stroke={isFor ? "var(--brand)" : "var(--ink-2)"}
        strokeWidth={1.5}
      />
      {isInside ? (
        <text
          x={isFor ? to - 6 : from + 6}
          y={barTop + 15}
          textAnchor={isFor ? "end" : "start"}
          fontSize={13}
          fontWeight={650}
          fill={isFor ? "var(--on-brand)" : "var(--ink)"}
        >
          {signed(step.weight)}
        </text>
      ) : (
        <Beside
          at={to}
          before={from}
          text={signed(step.weight)}
          y={barTop + 15}
          gap={6}
          width={width}
          isStrong
        />
      )}
      <line x1={x(step.to)} x2={x(step.to)} y1={barTop + BAR} y2={row + barTop} stroke="var(--line-strong)" />
    </g>
  );
}

/** Words stay readable where lines cross them. */
const HALO = {
  stroke: "var(--surface)",
  strokeWidth: 4,
  paintOrder: "stroke",
  strokeLinejoin: "round",
} as const;

/** In two lines where one is too short, and shorter where two are; above the bar on a narrow page. */
function Label({ text, short = text, isNarrow }: { text: string; short?: string; isNarrow: boolean }) {
  const whole = inTwoLines(text);
  const [first, second] = isNarrow ? [short, ""] : whole[1].length > LINE ? inTwoLines(short) : whole;
  return (
    <text fill="var(--ink)" fontSize={first.length > NARROW_LINE ? 12 : second ? 12.5 : undefined} {...HALO}>
      <title>{text}</title>
      <tspan x={0} y={isNarrow ? 14 : second ? 14 : 21}>
        {first}
      </tspan>
      {second && (
        <tspan x={0} y={28}>
          {second}
        </tspan>
      )}
    </text>
  );
}

function inTwoLines(text: string): [string, string] {
  if (text.length <= LINE) return [text, ""];
  const at = text.lastIndexOf(" ", LINE);
  return [text.slice(0, at), text.slice(at + 1)];
}

interface BesideProps {
  /** Where the mark ends; the words stand right of it where there is room, else left of where it begins. */
  at: number;
  before?: number;
  text: string;
  y: number;
  gap: number;
  width: number;
  isStrong: boolean;
}

function Beside({ at, before = at, text, y, gap, width, isStrong }: BesideProps) {
  const hasRoom = at + gap + text.length * CHARACTER < width;
  return (
    <text
      x={hasRoom ? at + gap : before - gap}
      y={y}
      textAnchor={hasRoom ? "start" : "end"}
      fontSize={13}
      fontWeight={isStrong ? 650 : 400}
      fill={isStrong ? "var(--ink)" : "var(--ink-2)"}
      {...HALO}
    >
      {text}
    </text>
  );
}
