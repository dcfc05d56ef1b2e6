"use client";
/** One place over time: the sentence, the chart with its doubt, the table, and what cannot be concluded. */
import type { ChangePoint, ChangeSeries } from "../../../server/domain/change/ask";
import { placesInWords, reportingInWords } from "../../../server/domain/change/words";
import { capital } from "../../../server/domain/label-text";
import { NOT_ON_MENU_WORDS } from "../../../server/domain/menu";
import { inDigits } from "../../../server/domain/number-text";
import { daysBetween, findPeriod, firstDayOf, lastDayOf } from "../../../server/domain/period";
import { ChangeSeries as Chart } from "../../_ui/charts/change-series";
import { ChartFigure } from "../../_ui/charts/chart-figure";
import { EmptyState, PageTitle } from "../../_ui/page-title";
import { figureInWords, shortPeriod } from "../map/finding";
import styles from "./change.module.css";
import { Limits } from "./limits";
import type { ChangeView } from "./view";

interface PlaceChangeProps {
  series: ChangeSeries;
  view: ChangeView;
  change: (part: Partial<ChangeView>) => void;
}

export function PlaceChange({ series, change }: PlaceChangeProps) {
  const { finding, points, notPublished, event, fit, label, type } = series;
  const where = placesInWords(series.areas, series.level);
  const isCompared = series.compared.length > 0;
  if (points.length === 0) {
    return (
      <>
        <PageTitle title={`${label}: no figures in ${where}`} />
        <EmptyState>
          {notPublished
            ? NOT_ON_MENU_WORDS[notPublished]
            : "No settled period has figures yet. The series begins with the first that does."}
        </EmptyState>
      </>
    );
  }
  return (
    <article className={styles["answer"]}>
      <PageTitle title={finding.title} />
      {finding.sentences.map((sentence) => (
        <p key={sentence} className={styles["sentence"]}>
          {sentence}
        </p>
      ))}
      <ChartFigure
        firstWidth={820}
        legend={<Legend hasExpected={fit !== null} compared={series.compared.length} type={type} />}
        table={{
          caption: `${label}, ${where}, people by ${type}`,
          columns: [
            capital(type),
            "People",
            "95% interval",
            "A year before",
            ...(isCompared ? ["Others, added up"] : []),
            ...(fit ? ["Expected without a step", "Its 95% band"] : []),
          ],
          rows: points.map((point) => ({
            key: point.period,
            cells: cellsOf(point, isCompared, fit !== null),
          })),
        }}
      >
        {(width) => (
          <Chart
            width={width}
            height={width < 520 ? 260 : 320}
            label={`${finding.title}. People by ${type}; the same numbers are in the table.`}
            event={event ? { at: placeOf(event.happensOn, points), words: event.title } : null}
            marks={points.map((point, at) => {
              const short = shortPeriod(point.period, at === 0);
              return {
                key: point.period,
                label: short.label,
                ...(short.group !== null && { group: short.group }),
                value: point.figure,
                interval: point.interval,
                yearBefore: point.yearBefore,
                expected: point.expected,
                words: `${point.words}: ${figureInWords(point.figure)}`,
              };
            })}
          />
        )}
      </ChartFigure>
      <section className={styles["reporting"]} aria-labelledby="reporting-heading">
        <h2 id="reporting-heading" className={styles["h2"]}>
          Is that just a new organisation reporting?
        </h2>
        {reportingInWords(series.reporting).map((sentence) => (
          <p key={sentence} className={styles["sentence"]}>
            {sentence}
          </p>
        ))}
        {series.reporting.panel && (
          <p>
            <a href={`/coverage?area=${series.reporting.panel.area}&node=${series.node}&type=${type}`}>
              See who reports there
            </a>
          </p>
        )}
      </section>
      <Limits limits={finding.limits} />
      <p className={styles["also"]}>
        <button type="button" className={styles["press"]} onClick={() => change({ shows: "areas" })}>
          See all areas side by side
        </button>
      </p>
    </article>
  );
}

function cellsOf(point: ChangePoint, isCompared: boolean, hasFit: boolean): string[] {
  const interval = ({ low, high }: { low: number; high: number }) =>
    `${inDigits(Math.round(low))} to ${inDigits(Math.round(high))}`;
  return [
    point.words,
    figureInWords(point.figure),
    point.interval ? interval(point.interval) : "not known",
    point.yearBefore === null ? "not shown" : inDigits(point.yearBefore),
    ...(isCompared ? [point.comparison === null ? "not shown" : inDigits(point.comparison)] : []),
    ...(hasFit
      ? [
          point.expected ? inDigits(Math.round(point.expected.mean)) : "",
          point.expected ? interval(point.expected) : "",
        ]
      : []),
  ];
}

/** Where a day lies on an axis whose periods stand at 0.5, 1.5, …: inside a period by its share of days. */
function placeOf(day: string, points: readonly ChangePoint[]): number {
  let at = 0;
  for (const { period } of points) {
    const found = findPeriod(period);
    if (!found || day < firstDayOf(found)) return at;
    if (day <= lastDayOf(found)) {
      const length = daysBetween(firstDayOf(found), lastDayOf(found)) + 1;
      return at + daysBetween(firstDayOf(found), day) / length;
    }
    at += 1;
  }
  return at;
}

function Legend({
  hasExpected,
  compared,
  type,
}: {
  hasExpected: boolean;
  compared: number;
  type: ChangeSeries["type"];
}) {
  return (
    <>
      <span className={styles["key"]}>
        <svg width="26" height="12" aria-hidden="true">
          <path d="M0 6h26" stroke="var(--brand)" strokeWidth="2" />
          <path d="M13 1v10" stroke="var(--brand)" strokeWidth="1.4" opacity="0.55" />
          <circle cx="13" cy="6" r="3.2" fill="var(--brand)" />
        </svg>
        people, with the 95% interval
      </span>
      <span className={styles["key"]}>
        <svg width="26" height="12" aria-hidden="true">
          <path d="M0 6h26" stroke="var(--line-strong)" strokeWidth="1.6" strokeDasharray="2 4" />
        </svg>
        same {type} a year before
      </span>
      {hasExpected && (
        <span className={styles["key"]}>
          <svg width="26" height="12" aria-hidden="true">
            <rect width="26" height="12" fill="var(--ink-3)" opacity="0.16" />
            <path d="M0 6h26" stroke="var(--ink)" strokeWidth="1.8" strokeDasharray="7 4" />
          </svg>
          {compared > 0 ? "had it gone as the others did" : "had it gone on as before"}, with its band
        </span>
      )}
    </>
  );
}
