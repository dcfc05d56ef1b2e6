"use client";
/**
 * The last periods of one need as small maps with one legend, and their figures as one table. Each map opens its
 * period; an area chosen in the table is outlined on all of them.
 */
import { useQueries } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { findPeriod } from "../../../server/domain/period";
import {
  areaInWords,
  areMostHidden,
  bestFitInWords,
  mapCaption,
  type RankedArea,
  rankAreas,
} from "./finding";
import { Legend } from "./legend";
import { useFiguresQuery } from "./map-figures";
import { MapFrame, type MapProps, NoFigures, NoOutlines, useSelection } from "./map-frame";
import { paintsOf } from "./paint";
import { fitInto } from "./paint-areas";
import { lastPeriods, periodsTitle } from "./periods";
import { PeriodsTable } from "./periods-table";
import { legendOfPicture } from "./picture";
import { SmallMap } from "./small-map";
import styles from "./small-maps.module.css";
import { useOutlines } from "./use-outlines";
import { useFit, usePatch } from "./use-patch";

/** With no more maps than this they stand two by two. */
const FEW = 4;
/** About as wide as a small map is, in pixels. */
const SMALL_MAP = 320;

export function PeriodsMap(props: MapProps) {
  const { options, control, period } = props;
  const { view, change } = control;
  const figuresQuery = useFiguresQuery();
  const { level, node, measure } = view;
  const type = findPeriod(period)?.type ?? "quarter";
  const periods = lastPeriods(options, type);
  const answers = useQueries({
    queries: periods.map((each) => figuresQuery({ level, node, period: each.period })),
    combine: (results) => ({
      data: results.map((result) => result.data),
      error: results.find((result) => result.error)?.error ?? null,
    }),
  });
  const { sheet, select } = useSelection(control);
  const { data } = answers;
  const patch = usePatch(props);
  const maps = useMemo(() => {
    const last = data.at(-1);
    if (!last) return null;
    const breaks = last.breaks[measure];
    return data.flatMap((figures) => {
      if (!figures) return [];
      const all = rankAreas(figures, measure);
      const painted = paintsOf(all, { level, measure, breaks });
      return [{ figures, ranked: patch.only(all), breaks, painted }];
    });
  }, [data, measure, level, patch]);
  const latest = maps?.at(-1);
  const outlines = useOutlines(latest?.figures);
  const fit = useFit(outlines.first, props.focus, patch);
  const { lookAt } = outlines;
  useEffect(() => {
    if (fit) lookAt(Math.log2(fitInto(fit, SMALL_MAP, SMALL_MAP, 0).scale));
  }, [fit, lookAt]);
  if (!maps || !latest || maps.length < periods.length) {
    return <NoFigures error={answers.error} control={control} />;
  }
  const title = periodsTitle(maps, type);
  const ranked = maps.flatMap((each) => each.ranked);
  const shapes = outlines.data;
  return (
    <MapFrame
      {...props}
      title={title}
      caption={`${mapCaption(latest.figures, measure)} · ${maps[0]?.figures.words} to ${latest.figures.words}`}
      sheet={sheet}
      picture={
        shapes && fit
          ? {
              panels: maps.map(({ figures, painted }) => ({ name: figures.words, areas: painted })),
              outlines: shapes,
              fit,
              isOpen: false,
              legend: legendOfPicture(measure, latest.breaks, ranked),
            }
          : null
      }
      cardFloats={false}
      card={null}
      map={() =>
        shapes && fit && shapes.areas.length > 0 ? (
          <ul className={styles["maps"]} data-few={maps.length <= FEW || undefined}>
            {maps.map(({ figures, ranked, painted }) => (
              <li key={figures.period}>
                <button
                  type="button"
                  className={styles["map"]}
                  aria-current={figures.period === period || undefined}
                  onClick={() => change({ period: figures.period, beside: null })}
                >
                  <span className={styles["name"]}>
                    {figures.words}
                    <span className={styles["finding"]}>{highestOf(ranked, level)}</span>
                  </span>
                  <SmallMap outlines={shapes} fit={fit} areas={painted} selected={view.area} />
                </button>
              </li>
            ))}
          </ul>
        ) : (
          !outlines.isPending && <NoOutlines isError={outlines.isError} />
        )
      }
      legend={
        <Legend
          measure={measure}
          breaks={latest.breaks}
          absences={new Set(ranked.map((area) => area.absence))}
          note={bestFitInWords(level, latest.figures.householdsInNeighbour)}
        />
      }
      table={null}
      time={
        <PeriodsTable
          maps={maps}
          level={level}
          measure={measure}
          breaks={latest.breaks}
          selected={view.area}
          onSelect={select}
        />
      }
    />
  );
}

/** "highest in WY1 3", of all or of the few that show a figure, or that nothing is shown. */
function highestOf(ranked: readonly RankedArea[], level: Parameters<typeof areaInWords>[1]): string {
  const [first] = ranked;
  if (!first || first.value === null) return "nothing to show";
  const found = `highest in ${areaInWords(first, level)}`;
  return areMostHidden(ranked) ? `${found}, of those shown` : found;
}
