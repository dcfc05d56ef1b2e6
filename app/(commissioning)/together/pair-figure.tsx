"use client";
/**
 * Pairs of domains by how often they come together against chance: a dot with its 95% interval on a scale of times, one
 * line for "as often as by chance", hollow where it is not clear. The table says the same.
 */
import { scaleLog } from "d3-scale";
import { inDigits } from "../../../server/domain/number-text";
import type { DomainPair, Together } from "../../../server/domain/together";
import { ChartFigure } from "../../_ui/charts/chart-figure";
import styles from "./together.module.css";
import { expectedInWords, inside, liftInWords, VERDICT_WORDS } from "./words";

const TOP = 26;
/** From this width on, names stand beside the dots; below, above them. */
const WIDE = 700;
const NAMES = 400;
/** Pairs drawn; the table has all of them. */
const MOST_DRAWN = 20;

export function PairFigure({ together }: { together: Together }) {
  const labelOf = (code: string) => together.domains.find((domain) => domain.code === code)?.label ?? code;
  const nameOf = ({ a, b }: DomainPair) => `${labelOf(a)} with ${inside(labelOf(b))}`;
  const drawn = together.pairs.slice(0, MOST_DRAWN);
  return (
    <ChartFigure
      firstWidth={720}
      legend={
        <>
          <span className={styles["key"]}>
            <svg width={30} height={12} aria-hidden="true">
              <line x1={1} x2={29} y1={6} y2={6} stroke="var(--brand)" strokeWidth={2} />
              <circle cx={15} cy={6} r={5} fill="var(--brand)" />
            </svg>
            times as often as by chance, with its 95% interval
          </span>
          <span className={styles["key"]}>
            <svg width={12} height={12} aria-hidden="true">
              <circle cx={6} cy={6} r={4.5} fill="var(--surface)" stroke="var(--brand)" strokeWidth={2} />
            </svg>
            not clear
          </span>
        </>
      }
      table={{
        caption: `Domains that come together in ${together.name}, ${together.words}`,
        columns: [
          "Domains",
          "People who brought both",
          "To expect by chance",
          "Times as often",
          "Which says",
        ],
        rows: together.pairs.map((pair) => ({
          key: `${pair.a}+${pair.b}`,
          cells: [
            nameOf(pair),
            `about ${inDigits(pair.figure)}`,
            expectedInWords(pair.lift.expected),
            liftInWords(pair.lift),
            VERDICT_WORDS[pair.lift.verdict],
          ],
        })),
      }}
    >
      {(width) => (
        <>
          <Dots pairs={drawn} nameOf={nameOf} width={width} name={together.name} />
          {together.pairs.length > drawn.length && (
            <p className={styles["note"]}>
              The first {drawn.length} of {together.pairs.length} pairs that show; the table has them all.
            </p>
          )}
        </>
      )}
    </ChartFigure>
  );
}

/** Words stay readable across a line of the scale. */
const HALO = { stroke: "var(--paper)", strokeWidth: 4, paintOrder: "stroke" } as const;

interface DotsProps {
  pairs: readonly DomainPair[];
  nameOf: (pair: DomainPair) => string;
  width: number;
  name: string;
}

function Dots({ pairs, nameOf, width, name }: DotsProps) {
  const lows = pairs.map(({ lift }) => lift.low);
  const highs = pairs.map(({ lift }) => lift.high);
  const [least, most] = [Math.min(0.5, ...lows), Math.max(2, ...highs)];
  const isWide = width >= WIDE;
  const row = isWide ? 32 : 58;
  const x = scaleLog([least, most], [isWide ? NAMES : 10, width - 14]);
  const foot = TOP + pairs.length * row;
  // On a phone the words stand above each interval, so the lines of the scale stop short of them.
  const bands = isWide
    ? [{ from: TOP - 6, to: foot }]
    : pairs.map((_, at) => ({ from: TOP + at * row + 36, to: TOP + at * row + 53 }));
  const ticks = [0.25, 0.5, 1, 2, 4, 8].filter((tick) => tick >= least && tick <= most);
  return (
    <svg
      width={width}
      height={foot + 4}
      viewBox={`0 0 ${width} ${foot + 4}`}
      role="img"
      aria-label={`Domains that come together in ${name}: ${pairs
        .map((pair) => `${nameOf(pair)}, ${liftInWords(pair.lift)}, ${VERDICT_WORDS[pair.lift.verdict]}`)
        .join("; ")}`}
    >
      {ticks.map((tick) => (
        <g key={tick}>
          {bands.map(({ from, to }) => (
            <line
              key={from}
              x1={x(tick)}
              x2={x(tick)}
              y1={from}
              y2={to}
              stroke={tick === 1 ? "var(--ink)" : "var(--line)"}
              strokeWidth={tick === 1 ? 1.5 : 1}
            />
          ))}
          <text x={x(tick)} y={12} fontSize={12.5} fill="var(--ink-3)" textAnchor="middle">
            {tick === 1 ? "as by chance" : tick < 1 ? (tick === 0.5 ? "half" : "a quarter") : `${tick} times`}
          </text>
        </g>
      ))}
      {pairs.map((pair, at) => {
        const y = TOP + at * row;
        const line = y + (isWide ? 16 : 44);
        const { lift, low, high, verdict } = pair.lift;
        return (
          <g key={`${pair.a}+${pair.b}`}>
            <text x={2} y={y + (isWide ? 21 : 14)} fontSize={14} fill="var(--ink)" {...HALO}>
              {nameOf(pair)}
            </text>
            <text
              x={isWide ? NAMES - 12 : 2}
              y={y + (isWide ? 21 : 31)}
              fontSize={12.5}
              fill="var(--ink-2)"
              textAnchor={isWide ? "end" : "start"}
              {...HALO}
            >
              about {inDigits(pair.figure)}
              {isWide ? "" : " people"}
            </text>
            <line x1={x(low)} x2={x(high)} y1={line} y2={line} stroke="var(--brand)" strokeWidth={2} />
            <circle
              cx={x(lift)}
              cy={line}
              r={5.5}
              fill={verdict === "not-clear" ? "var(--surface)" : "var(--brand)"}
              stroke="var(--brand)"
              strokeWidth={2}
            />
          </g>
        );
      })}
    </svg>
  );
}
