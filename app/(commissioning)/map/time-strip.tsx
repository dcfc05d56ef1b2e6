"use client";
/**
 * The series below the map: people by month, quarter or year in the chosen area or the whole area, with the
 * map's period marked. Pressing a bar steps the map there; the stepper does the same by keyboard.
 */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type { FigureSeries } from "../../../server/domain/figures";
import { levelOf } from "../../../server/domain/geography";
import { capital } from "../../../server/domain/label-text";
import { NOT_ON_MENU_WORDS, PERIOD_TYPES_OF } from "../../../server/domain/menu";
import { findNode } from "../../../server/domain/needs";
import { inDigits } from "../../../server/domain/number-text";
import {
  dayInWords,
  findPeriod,
  firstDayOf,
  lastDayOf,
  type PeriodType,
  periodOf,
  periodText,
} from "../../../server/domain/period";
import { useTRPC } from "../../_trpc/client";
import { BarSeries } from "../../_ui/charts/bar-series";
import { ChartFigure } from "../../_ui/charts/chart-figure";
import { eventsIn, placeOfDay } from "./events-here";
import { figureInWords, shortPeriod } from "./finding";
import styles from "./time-strip.module.css";

interface TimeStripProps {
  /** Null: the whole area. */
  area: number | null;
  node: string;
  period: string;
  height: number;
  onStep: (period: string) => void;
}

/** The finest type of period that the area publishes and that is no longer than the map's own. */
function typeFor(area: number | null, period: string): PeriodType {
  const mapType = findPeriod(period)?.type ?? "quarter";
  const finest = PERIOD_TYPES_OF[area === null ? "lad" : levelOf(area)][0] ?? "quarter";
  return mapType === "year" && finest === "quarter" ? "quarter" : finest;
}

interface Point {
  period: string;
  words: string;
  figure: number | null;
  isOpen: boolean;
  isLive: boolean;
}

/** The settled periods of a series, and after them what there is of the open ones. */
function pointsOf({ points, open }: FigureSeries): Point[] {
  return [
    ...points.map((point) => ({ ...point, isOpen: false, isLive: true })),
    ...open.map((point) => ({ ...point, isOpen: true, isLive: point.clock !== null })),
  ];
}

function saidOf({ figure, isOpen, isLive }: Point): string {
  if (!isOpen) return figureInWords(figure);
  return figure === null && !isLive ? "not before it settles" : `${figureInWords(figure)} so far`;
}

export function TimeStrip({ area, node, period, height, onStep }: TimeStripProps) {
  const trpc = useTRPC();
  const type = typeFor(area, period);
  const series = useQuery(trpc.map.series.queryOptions({ area, node, type }));
  const events = useQuery(trpc.change.events.queryOptions());
  // A patch of several areas has a series for each: one is shown, and the others are a choice away.
  const [chosen, setChosen] = useState<number | null>(null);
  const shown = series.data?.find((each) => each.area === chosen) ?? series.data?.[0];
  const mapPeriod = findPeriod(period);
  if (series.isError)
    return <p className={styles["empty"]}>The series could not be read. Try again in a minute.</p>;
  if (!mapPeriod || series.isPending) return <div style={{ height }} />;
  if (!shown || shown.points.length === 0) {
    const reason = shown?.notPublished;
    return (
      <p className={styles["empty"]}>
        {reason
          ? NOT_ON_MENU_WORDS[reason]
          : "No settled period has figures yet. The series begins with the first that does."}
      </p>
    );
  }
  const label = findNode(node)?.label ?? "";
  const first = firstDayOf(mapPeriod);
  const last = lastDayOf(mapPeriod);
  const isMarked = (text: string) => {
    const each = findPeriod(text);
    return each !== null && firstDayOf(each) >= first && lastDayOf(each) <= last;
  };
  const stepTo = (text: string) => {
    const each = findPeriod(text);
    if (each) onStep(periodText(periodOf(mapPeriod.type, firstDayOf(each))));
  };
  const { name } = shown;
  const points = pointsOf(shown);
  const hasMarked = points.some((point) => isMarked(point.period));
  const shaded = !hasMarked
    ? "The map shows a period outside the series."
    : type === mapPeriod.type
      ? `The shaded ${type} is on the map.`
      : `The shaded ${type}s are on the map.`;
  const here = eventsIn(events.data ?? [], shown);
  const flags = here.flatMap(({ title, happensOn }) => {
    const place = placeOfDay(
      happensOn,
      points.map((point) => point.period),
    );
    return place
      ? [{ key: place.period, passed: place.passed, words: `${title}, ${dayInWords(happensOn)}` }]
      : [];
  });
  return (
    <>
      <ChartFigure
        firstWidth={900}
        legend={
          <span>
            {series.data.length > 1 ? (
              <select
                className={styles["choice"]}
                aria-label="Area of the series"
                value={shown.area}
                onChange={(event) => setChosen(Number(event.currentTarget.value))}
              >
                {series.data.map((each) => (
                  <option key={each.area} value={each.area}>
                    {each.name}
                  </option>
                ))}
              </select>
            ) : (
              name
            )}
            , people by {type}. {shaded}
          </span>
        }
        table={{
          caption: `${label}, ${name}, people by ${type}`,
          columns: [capital(type), "People"],
          rows: points.map((point) => ({ key: point.period, cells: [point.words, saidOf(point)] })),
        }}
      >
        {(width) => (
          <BarSeries
            width={width}
            height={height}
            label={`${label}, ${name}, people by ${type}; the same numbers are in the table`}
            tick={(value) => inDigits(value)}
            onSelect={stepTo}
            flags={flags}
            bars={points.map((point, at) => {
              const short = shortPeriod(point.period, at === 0);
              return {
                key: point.period,
                label: short.label,
                ...(short.group !== null && { group: short.group }),
                value: point.figure,
                absence: point.isOpen && !point.isLive ? ("none" as const) : ("few" as const),
                isOpen: point.isOpen,
                words: `${point.words}: ${saidOf(point)}`,
                marked: isMarked(point.period),
              };
            })}
          />
        )}
      </ChartFigure>
      {here.length > 0 && (
        <p className={styles["events"]}>
          {here.map(({ id, title, happensOn }) => (
            <span key={id}>
              <span className={styles["dot"]} aria-hidden="true" />
              <Link href={`/change?event=${id}&shows=areas`} prefetch={false}>
                {title}
              </Link>
              , {dayInWords(happensOn)}
            </span>
          ))}
        </p>
      )}
    </>
  );
}
