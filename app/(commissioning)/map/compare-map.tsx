"use client";
/**
 * Two maps side by side, of two periods or of two needs: one legend, one pan and zoom, one chosen area, and what is
 * different said in words. On a phone they lie one over the other with a switch.
 */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { findPeriod } from "../../../server/domain/period";
import {
  type ComparedArea,
  compareAreas,
  compareTitle,
  differenceInWords,
  periodInShort,
  sharedBreaks,
} from "./compare";
import { CompareCard } from "./compare-card";
import { CompareSides } from "./compare-sides";
import { CompareTable } from "./compare-table";
import { bestFitInWords, levelToOffer, mapCaption, type RankedArea, standingInWords } from "./finding";
import { Legend } from "./legend";
import { useFiguresQuery } from "./map-figures";
import { MapFrame, type MapProps, NoFigures, NoOutlines, useSelection } from "./map-frame";
import { paintsOf } from "./paint";
import { legendOfPicture } from "./picture";
import { TimeSection } from "./time-section";
import { useOutlines } from "./use-outlines";
import { useFit, usePatch } from "./use-patch";
import { type Compared, stepsOf } from "./view";

const noStep = () => {};

export function CompareMap({ beside, ...props }: MapProps & { beside: Compared }) {
  const { options, control, period } = props;
  const { view, change } = control;
  const figuresQuery = useFiguresQuery();
  const { level, node, measure } = view;
  const other =
    beside.kind === "period" ? { level, node, period: beside.period } : { level, node: beside.node, period };
  const from = useQuery({ ...figuresQuery(other), placeholderData: keepPreviousData });
  const to = useQuery({
    ...figuresQuery({ level, node, period }),
    placeholderData: keepPreviousData,
  });
  const outlines = useOutlines(to.data);
  const patch = usePatch(props);
  const fit = useFit(outlines.first, props.focus, patch);
  const { sheet, select } = useSelection(control);
  const compared = useMemo(() => {
    if (!from.data || !to.data) return null;
    const areas = compareAreas(from.data, to.data, measure);
    const breaks = sharedBreaks(from.data, to.data, measure);
    const said = new Map(areas.map((area) => [area.area, differenceInWords(area, measure, beside.kind)]));
    const paint = (side: (area: ComparedArea) => RankedArea | null) =>
      paintsOf(
        areas.flatMap((area) => side(area) ?? []),
        { level, measure, breaks },
        (area) => said.get(area) ?? null,
      );
    return { areas, breaks, from: paint((area) => area.from), to: paint((area) => area.to) };
  }, [from.data, to.data, measure, level, beside.kind]);

  if (!from.data || !to.data || !compared) {
    return <NoFigures error={from.error ?? to.error} control={control} />;
  }
  const { breaks } = compared;
  const areas = patch.only(compared.areas);
  const byPeriod = beside.kind === "period";
  const names = byPeriod
    ? { from: from.data.words, to: to.data.words }
    : { from: from.data.label, to: to.data.label };
  const short = byPeriod ? { from: periodInShort(other.period), to: periodInShort(period) } : names;
  const title = compareTitle(from.data, to.data, areas, beside.kind);
  const caption = byPeriod
    ? `${mapCaption(to.data, measure)} · ${names.from} on the left, ${names.to} on the right`
    : `${mapCaption(to.data, measure)} · ${to.data.words} · ${standingInWords(to.data, new Date())}`;
  const chosen = areas.find((area) => area.area === view.area);
  const sides = areas.flatMap((area) => [area.from, area.to]);
  const wider = levelToOffer(
    level,
    sides.flatMap((side) => side ?? []),
  );
  const type = findPeriod(period)?.type ?? "quarter";
  return (
    <MapFrame
      {...props}
      title={title}
      caption={caption}
      sheet={sheet}
      picture={
        outlines.data && fit
          ? {
              panels: [
                { name: names.from, areas: compared.from },
                { name: names.to, areas: compared.to },
              ],
              outlines: outlines.data,
              fit,
              isOpen: to.data.open !== null,
              legend: legendOfPicture(measure, breaks, sides),
            }
          : null
      }
      cardFloats={false}
      map={(room) =>
        outlines.data && fit && outlines.data.areas.length > 0 ? (
          <CompareSides
            outlines={outlines.data}
            from={{ name: names.from, short: short.from, areas: compared.from }}
            to={{ name: names.to, short: short.to, areas: compared.to }}
            selected={view.area}
            onSelect={select}
            fit={fit}
            room={room}
            tileUrl={props.tileUrl}
            onZoom={outlines.lookAt}
          />
        ) : (
          !outlines.isPending && <NoOutlines isError={outlines.isError} />
        )
      }
      legend={
        <Legend
          measure={measure}
          breaks={breaks}
          scale={byPeriod ? "Same scale for every period" : "One scale for both maps"}
          absences={new Set(sides.map((side) => side?.absence ?? null))}
          note={bestFitInWords(to.data.level, to.data.householdsInNeighbour)}
          wider={wider && { level: wider, onChoose: () => change({ level: wider, area: null }) }}
        />
      }
      card={
        chosen ? (
          <CompareCard
            area={chosen}
            level={level}
            names={names}
            measure={measure}
            kind={beside.kind}
            onClose={() => change({ area: null })}
            onAlone={() => change({ beside: null })}
          />
        ) : null
      }
      table={
        <CompareTable
          names={short}
          caption={`${to.data.label}: ${names.from} and ${names.to}`}
          level={level}
          areas={areas}
          measure={measure}
          kind={beside.kind}
          selected={view.area}
          onSelect={select}
        />
      }
      time={
        <TimeSection
          view={view}
          period={period}
          periods={stepsOf(options, type, period).filter((step) => !step.isOpen || beside.kind === "need")}
          open={null}
          onStep={(to) => change({ period: to })}
          onPlaying={noStep}
        />
      }
    />
  );
}
