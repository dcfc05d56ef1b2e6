"use client";
/**
 * Two lines: everybody, and the organisations that reported throughout. Where coverage changed against the period
 * before, the line of everybody has a dotted band, so that nobody reads need into it.
 */
import { max } from "d3-array";
import { scaleLinear, scalePoint } from "d3-scale";
import { line } from "d3-shape";
import { coverageChangeInWords, type PanelSeries } from "../../../server/domain/coverage";
import { inDigits } from "../../../server/domain/number-text";
import { findPeriod, firstDayOf } from "../../../server/domain/period";
import { ChartFigure } from "../../_ui/charts/chart-figure";
import { figureInWords } from "../map/finding";
import styles from "./coverage.module.css";

interface Row {
  period: string;
  words: string;
  whole: number | null;
  panel: number | null;
  change: string | null;
}

/** Every settled period with both figures; the panel is that of the period's own year, else of the next. */
function rowsOf(series: PanelSeries): Row[] {
  return series.whole.map((point) => {
    const year = findPeriod(point.period)?.financialYear ?? 0;
    const panel = [year, year + 1]
      .map((each) => series.panels.find(({ financialYear }) => financialYear === each))
      .map((each) => each?.points.find(({ period }) => period === point.period)?.figure ?? null)
      .find((figure) => figure !== null);
    return {
      period: point.period,
      words: point.words,
      whole: point.figure,
      panel: panel ?? null,
      change: coverageChangeInWords(point.sinceBefore),
    };
  });
}

export function PanelFigure({ series }: { series: PanelSeries }) {
  const rows = rowsOf(series);
  const newest = series.panels.at(-1);
  if (rows.length === 0) return null;
  return (
    <ChartFigure
      firstWidth={720}
      legend={
        <>
          <span className={styles["key"]}>
            <svg width={22} height={10} aria-hidden="true">
              <line x1={0} x2={22} y1={5} y2={5} stroke="var(--line-strong)" strokeWidth={2} />
            </svg>
            everybody
          </span>
          {newest && (
            <span className={styles["key"]}>
              <svg width={22} height={10} aria-hidden="true">
                <line x1={0} x2={22} y1={5} y2={5} stroke="var(--brand)" strokeWidth={2.5} />
              </svg>
              the same organisations, each only in the authorities where it reported throughout:{" "}
              {newest.organisations.map(({ name }) => name).join(", ")}
            </span>
          )}
          {rows.some(({ change }) => change !== null) && (
            <span className={styles["key"]}>
              <svg width={18} height={14} aria-hidden="true">
                <Dots id="key-dots" />
                <rect width={18} height={14} fill="url(#key-dots)" stroke="var(--line-strong)" />
              </svg>
              coverage changed
            </span>
          )}
        </>
      }
      table={{
        caption: `${series.label} in ${series.name}: people, and the same organisations`,
        columns: ["Period", "Everybody", "Same organisations", "Coverage"],
        rows: rows.map((row) => ({
          key: row.period,
          cells: [
            row.words,
            figureInWords(row.whole),
            row.panel === null ? "no line" : figureInWords(row.panel),
            row.change ?? "as before",
          ],
        })),
      }}
    >
      {(width) => <Lines series={series} rows={rows} width={width} />}
    </ChartFigure>
  );
}

const HEIGHT = 240;
const FOOT = 26;
const LEFT = 44;

function Lines({ series, rows, width }: { series: PanelSeries; rows: readonly Row[]; width: number }) {
  const x = scalePoint(
    rows.map(({ period }) => period),
    [LEFT + 8, width - 12],
  );
  const top = max(rows, ({ whole, panel }) => Math.max(whole ?? 0, panel ?? 0)) || 10;
  const y = scaleLinear([0, top], [HEIGHT - FOOT, 14]).nice(4);
  const path = (of: (row: Row) => number | null) =>
    line<Row>()
      .defined((row) => of(row) !== null)
      .x((row) => x(row.period) ?? 0)
      .y((row) => y(of(row) ?? 0))(rows) ?? "";
  const step = rows.length > 1 ? x.step() : width - LEFT;
  const label = `${series.label} in ${series.name}. ${rows
    .map(
      (row) =>
        `${row.words}: everybody ${figureInWords(row.whole)}, ${
          row.panel === null ? "no panel" : `same organisations ${figureInWords(row.panel)}`
        }${row.change ? `, ${row.change.toLowerCase()}` : ""}`,
    )
    .join("; ")}`;
  return (
    <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={label}>
      <Dots id="panel-dots" />
      {y.ticks(4).map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={width} y1={y(tick)} y2={y(tick)} stroke="var(--line)" />
          <text x={LEFT - 8} y={y(tick) + 4} fontSize={12.5} fill="var(--ink-3)" textAnchor="end">
            {inDigits(tick)}
          </text>
        </g>
      ))}
      {rows.map((row) =>
        row.change === null ? null : (
          <rect
            key={row.period}
            x={(x(row.period) ?? 0) - Math.min(step, 60) / 2}
            y={14}
            width={Math.min(step, 60)}
            height={HEIGHT - FOOT - 14}
            fill="url(#panel-dots)"
          >
            <title>{`${row.words}: ${row.change}`}</title>
          </rect>
        ),
      )}
      <path d={path(({ whole }) => whole)} fill="none" stroke="var(--line-strong)" strokeWidth={2} />
      <path d={path(({ panel }) => panel)} fill="none" stroke="var(--brand)" strokeWidth={2.5} />
      {rows.map((row) => (
        <g key={row.period}>
          {row.whole !== null && (
            <circle cx={x(row.period)} cy={y(row.whole)} r={3} fill="var(--line-strong)">
              <title>{`${row.words}: everybody, ${figureInWords(row.whole)}`}</title>
            </circle>
          )}
          {row.panel !== null && (
            <circle cx={x(row.period)} cy={y(row.panel)} r={3.5} fill="var(--brand)">
              <title>{`${row.words}: same organisations, ${figureInWords(row.panel)}`}</title>
            </circle>
          )}
        </g>
      ))}
      {[rows[0], rows.at(-1)].map((row, at) =>
        row ? (
          <text
            key={row.period + String(at)}
            x={at === 0 ? LEFT : width}
            y={HEIGHT - 6}
            fontSize={12.5}
            fill="var(--ink-3)"
            textAnchor={at === 0 ? "start" : "end"}
          >
            {startOf(row.period)}
          </text>
        ) : null,
      )}
    </svg>
  );
}

const monthAndYear = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "short", year: "numeric" });

/** "Jan 2025": when a period begins. */
function startOf(text: string): string {
  const period = findPeriod(text);
  return period ? `from ${monthAndYear.format(new Date(`${firstDayOf(period)}T00:00:00Z`))}` : text;
}

function Dots({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width={7} height={7} patternUnits="userSpaceOnUse">
        <rect width={7} height={7} fill="var(--sunk)" />
        <circle cx={3.5} cy={3.5} r={1.2} fill="var(--line-strong)" />
      </pattern>
    </defs>
  );
}
