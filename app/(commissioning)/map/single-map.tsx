"use client";
/** One map of one need in one period, with its card, its table and time to step through. */
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useEffect, useMemo, useState } from "react";
import { findPeriod } from "../../../server/domain/period";
import { AreaCard } from "./area-card";
import {
  bestFitInWords,
  leftOutInWords,
  levelToOffer,
  mapCaption,
  mapTitle,
  rankAreas,
  standingInWords,
} from "./finding";
import { GradientPart } from "./gradient-part";
import { Legend } from "./legend";
import { useFiguresQuery } from "./map-figures";
import { MapFrame, type MapProps, NoFigures, NoOutlines, useSelection } from "./map-frame";
import { paintsOf } from "./paint";
import { legendOfPicture } from "./picture";
import { RankedTable } from "./ranked-table";
import { TimeSection } from "./time-section";
import { useMoved } from "./use-moved";
import { useOutlines } from "./use-outlines";
import { useFit, usePatch } from "./use-patch";
import { stepsOf } from "./view";

const AreaMap = dynamic(() => import("./area-map"), { ssr: false });

export function SingleMap(props: MapProps) {
  const { options, control, period, tileUrl } = props;
  const { view, change } = control;
  const figuresQuery = useFiguresQuery();
  const asked = { level: view.level, node: view.node, period };
  const answer = useQuery({ ...figuresQuery(asked), placeholderData: keepPreviousData });
  const figures = answer.data;
  const outlines = useOutlines(figures);
  const [isPlaying, setPlaying] = useState(false);
  const { sheet, select } = useSelection(control);
  const type = findPeriod(period)?.type ?? "quarter";
  const periods = stepsOf(options, type, period);
  useFetchedAhead(isPlaying ? periods.map((each) => each.period) : [], asked);

  const moved = useMoved(figures);
  const patch = usePatch(props);
  const fit = useFit(outlines.first, props.focus, patch);
  const all = useMemo(() => (figures ? rankAreas(figures, view.measure) : []), [figures, view.measure]);
  const ranked = useMemo(() => patch.only(all), [patch, all]);
  const painted = useMemo(
    () =>
      figures
        ? paintsOf(all, {
            level: figures.level,
            measure: view.measure,
            breaks: figures.breaks[view.measure],
          })
        : null,
    [figures, all, view.measure],
  );
  if (!figures || !painted) {
    return <NoFigures error={answer.error} control={control} />;
  }
  const title = mapTitle(figures, ranked);
  const wider = levelToOffer(figures.level, ranked);
  const caption = [
    leftOutInWords(ranked, view.measure)?.replace(/^of/, "Highest of"),
    mapCaption(figures, view.measure),
    figures.words,
    standingInWords(figures, new Date()),
  ].filter((part) => part !== undefined);
  return (
    <MapFrame
      {...props}
      title={title}
      caption={caption.join(" · ")}
      sheet={sheet}
      picture={
        outlines.data && fit
          ? {
              panels: [{ name: figures.words, areas: painted }],
              outlines: outlines.data,
              fit,
              isOpen: figures.open !== null,
              legend: legendOfPicture(view.measure, figures.breaks[view.measure], ranked),
            }
          : null
      }
      cardFloats
      map={(room) =>
        outlines.data && fit && outlines.data.areas.length > 0 ? (
          <AreaMap
            outlines={outlines.data}
            areas={painted}
            selected={view.area}
            onSelect={select}
            label={`Map: ${title}, ${figures.words}. The table holds the same figures.`}
            fades={isPlaying || moved.size > 0}
            isOpen={figures.open !== null}
            fit={fit}
            room={room}
            tileUrl={tileUrl}
            onZoom={outlines.lookAt}
          />
        ) : (
          !outlines.isPending && <NoOutlines isError={outlines.isError} />
        )
      }
      legend={
        <Legend
          measure={view.measure}
          breaks={figures.breaks[view.measure]}
          absences={new Set(ranked.map((area) => area.absence))}
          note={bestFitInWords(figures.level, figures.householdsInNeighbour)}
          wider={wider && { level: wider, onChoose: () => change({ level: wider, area: null }) }}
        />
      }
      card={
        view.area === null ? null : (
          <AreaCard
            view={{ ...view, area: view.area, period }}
            ranked={ranked}
            onClose={() => change({ area: null })}
            onWider={(level, area) => change({ level, area })}
          />
        )
      }
      table={
        <RankedTable
          figures={figures}
          ranked={ranked}
          moved={moved}
          measure={view.measure}
          selected={view.area}
          onSelect={select}
        />
      }
      time={
        <>
          <TimeSection
            view={view}
            period={period}
            periods={periods}
            open={options.open.find((each) => each.type === type) ?? null}
            onStep={(to, plays) => change({ period: to }, plays)}
            onPlaying={setPlaying}
          />
          {figures.level === "sector" && figures.open === null && !isPlaying && (
            <GradientPart
              node={figures.node}
              label={figures.label}
              period={figures.period}
              words={figures.words}
              whole={view.whole}
              coverageChanged={ranked.some(({ absence }) => absence === "coverage")}
            />
          )}
        </>
      }
    />
  );
}

/** The next steps are fetched before they are asked for, so that play does not stutter. */
function useFetchedAhead(
  periods: readonly string[],
  asked: { level: MapProps["control"]["view"]["level"]; node: string; period: string },
): void {
  const client = useQueryClient();
  const figuresQuery = useFiguresQuery();
  const { level, node, period } = asked;
  const at = periods.indexOf(period);
  const next = at < 0 ? "" : periods.slice(at + 1, at + 3).join(" ");
  useEffect(() => {
    for (const ahead of next.split(" ").filter(Boolean)) {
      void client.prefetchQuery(figuresQuery({ level, node, period: ahead }));
    }
  }, [next, client, figuresQuery, level, node]);
}
