"use client";
/**
 * The need map: one view in the address, read as figures, and shown four times over (sentence, map, table, time),
 * so that each reader finds the form they can use. Nothing here is computed from anything but figures.
 */
import { useMediaQuery } from "@mantine/hooks";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { MapFigures, MapOptions } from "../../../server/domain/figures";
import { dayInWords, findPeriod } from "../../../server/domain/period";
import { useTRPC } from "../../_trpc/client";
import { EmptyState, PageTitle } from "../../_ui/page-title";
import { AreaCard } from "./area-card";
import type { Outlines, PaintedArea } from "./area-map";
import { BottomSheet, type Stop } from "./bottom-sheet";
import { FilterChips, FilterColumn } from "./filters";
import {
  areaInWords,
  bestFitInWords,
  inThousands,
  mapCaption,
  mapTitle,
  type RankedArea,
  rankAreas,
  rateInWords,
} from "./finding";
import { Legend } from "./legend";
import { classOf } from "./legend-class";
import styles from "./need-map.module.css";
import { PeriodControl } from "./period-control";
import { RankedTable } from "./ranked-table";
import { TimeStrip } from "./time-strip";
import { useSettledNotice } from "./use-settled-notice";
import { useView, type ViewControl } from "./use-view";
import { type Measure, periodsOf } from "./view";

const AreaMap = dynamic(() => import("./area-map"), { ssr: false });

interface NeedMapProps {
  /** Where the installation's own map tiles are; null: none. */
  tileUrl: string | null;
  /** Whose data the outlines and figures rest on. */
  attribution: string;
}

export function NeedMap(props: NeedMapProps) {
  const trpc = useTRPC();
  const options = useQuery(trpc.map.options.queryOptions());
  if (options.isError) {
    return (
      <Plain title="Need map">
        <EmptyState>The map could not be read. Try again in a minute.</EmptyState>
      </Plain>
    );
  }
  if (!options.data) {
    return (
      <Plain title="Need map">
        <EmptyState>Reading the figures…</EmptyState>
      </Plain>
    );
  }
  return <MapOfOptions options={options.data} {...props} />;
}

function Plain({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles["plain"]}>
      <PageTitle title={title} />
      {children}
    </div>
  );
}

function MapOfOptions({ options, ...props }: NeedMapProps & { options: MapOptions }) {
  const control = useView(options);
  const settled = useSettledNotice();
  useFollowing(options, control, settled.notice?.period ?? null);
  if (control.view.period === null) return <NothingYet options={options} />;
  return (
    <MapOfPeriod
      options={options}
      control={control}
      settled={settled}
      {...props}
      period={control.view.period}
    />
  );
}

/** A map that stood on the last period with figures moves with it; one that looks back stays where it is. */
function useFollowing(options: MapOptions, { view, change }: ViewControl, settled: string | null): void {
  const type = findPeriod(view.period ?? "")?.type;
  const known = type ? periodsOf(options, type) : [];
  const before = known.at(-2)?.period;
  const latest = known.at(-1)?.period;
  const [followed, setFollowed] = useState<string | null>(null);
  useEffect(() => {
    if (settled === null || settled !== latest || followed === settled) return;
    setFollowed(settled);
    if (view.period === before) change({ period: settled }, true);
  }, [settled, latest, before, followed, view.period, change]);
}

function NothingYet({ options }: { options: MapOptions }) {
  const next = options.open.find((each) => each.type === "quarter") ?? options.open[0];
  return (
    <Plain title="No figures yet">
      <EmptyState>
        Figures appear when a period settles, 20 working days after it ends.
        {next && ` ${next.words} settles on ${dayInWords(next.settlesOn)}.`} This page shows them by itself.
      </EmptyState>
    </Plain>
  );
}

/** Outlines of a level, as far as they have been made. They change once a year, so the browser may keep them. */
function useOutlines(figures: MapFigures | undefined) {
  const level = figures?.level;
  const year = figures?.geographyYear;
  return useQuery({
    queryKey: ["outlines", level, year],
    enabled: figures !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<Outlines> => {
      const answer = await fetch(`/api/boundaries?level=${level}&year=${year}`);
      if (!answer.ok) throw new Error("The outlines could not be read");
      return answer.json();
    },
  });
}

/** What the sheet covers of the map, in pixels; at full the map is out of sight anyway. */
const ROOM_OF_SHEET: Readonly<Record<Stop, number>> = { peek: 140, half: 300, full: 300 };

type PeriodProps = NeedMapProps & {
  options: MapOptions;
  control: ViewControl;
  settled: ReturnType<typeof useSettledNotice>;
  period: string;
};

function MapOfPeriod({ options, control, settled, period, tileUrl, attribution }: PeriodProps) {
  const { view, change } = control;
  const trpc = useTRPC();
  const client = useQueryClient();
  const asked = { level: view.level, node: view.node, period };
  const answer = useQuery({ ...trpc.map.figures.queryOptions(asked), placeholderData: keepPreviousData });
  const figures = answer.data;
  const outlines = useOutlines(figures);
  const [isPlaying, setPlaying] = useState(false);
  const [stop, setStop] = useState<Stop>(view.area === null ? "peek" : "half");
  const isDesk = useMediaQuery("(min-width: 70em)");
  const isPhone = !useMediaQuery("(min-width: 48em)");
  const type = findPeriod(period)?.type ?? "quarter";
  const periods = periodsOf(options, type, period);

  // The next steps are fetched before they are asked for, so that play does not stutter.
  useEffect(() => {
    const at = periods.findIndex((each) => each.period === period);
    for (const each of isPlaying ? periods.slice(at + 1, at + 3) : []) {
      void client.prefetchQuery(
        trpc.map.figures.queryOptions({ level: view.level, node: view.node, period: each.period }),
      );
    }
  }, [isPlaying, periods, period, client, trpc, view.level, view.node]);

  const ranked = useMemo(() => (figures ? rankAreas(figures, view.measure) : []), [figures, view.measure]);
  const painted = useMemo(
    () => (figures ? paintsOf(figures, ranked, view.measure) : new Map<number, PaintedArea>()),
    [figures, ranked, view.measure],
  );
  const select = (area: number) => {
    const isChosen = area === view.area;
    change({ area: isChosen ? null : area });
    // On a phone the card is in the sheet: half of it shows the card and leaves the map in sight.
    setStop(isChosen ? "peek" : "half");
  };

  if (!figures) {
    return (
      <Plain title="Need map">
        <EmptyState>
          {answer.isError ? "The figures could not be read. Try again in a minute." : "Reading the figures…"}
        </EmptyState>
      </Plain>
    );
  }
  const title = mapTitle(figures, ranked);
  const open = options.open.find((each) => each.type === type) ?? null;
  const hasOutlines = outlines.data !== undefined && outlines.data.features.length > 0;
  const card =
    view.area === null ? null : (
      <AreaCard
        view={{ ...view, area: view.area, period }}
        ranked={ranked}
        onClose={() => change({ area: null })}
        onWider={(level, area) => change({ level, area })}
      />
    );
  const table = (
    <RankedTable
      figures={figures}
      ranked={ranked}
      measure={view.measure}
      selected={view.area}
      onSelect={select}
    />
  );
  const time = (
    <section className={styles["strip"]} aria-label="Time">
      <PeriodControl
        periods={periods}
        period={period}
        open={open}
        onStep={(to, plays) => change({ period: to }, plays)}
        onPlaying={setPlaying}
      />
      <div className={styles["series"]}>
        <TimeStrip
          area={view.area}
          node={view.node}
          period={period}
          height={isPhone ? 92 : 150}
          onStep={(to) => change({ period: to })}
        />
      </div>
    </section>
  );
  return (
    <div className={styles["screen"]}>
      <header className={styles["head"]}>
        <h1 className={styles["title"]}>{title}</h1>
        <p className={styles["caption"]}>
          {mapCaption(figures, view.measure)} · {figures.words} ·{" "}
          {figures.revisedOn
            ? `revised on ${dayInWords(figures.revisedOn)}`
            : `settled on ${dayInWords(figures.settledOn)}`}
        </p>
      </header>
      <output className={styles["notice"]} aria-live="polite">
        {settled.notice && (
          <>
            <span className={styles["dot"]} aria-hidden="true" />
            {settled.notice.words}
            {settled.notice.period !== period && (
              <button
                type="button"
                className={styles["link"]}
                onClick={() => change({ period: settled.notice?.period ?? period })}
              >
                Show it
              </button>
            )}
            <button type="button" className={styles["link"]} onClick={settled.dismiss}>
              Dismiss
            </button>
          </>
        )}
      </output>
      {isDesk ? (
        <aside className={styles["filters"]} aria-label="What the map shows">
          <FilterColumn options={options} view={view} change={change} />
        </aside>
      ) : (
        <div className={styles["filters"]}>
          <FilterChips options={options} view={view} change={change} />
        </div>
      )}
      <section className={styles["mapBox"]} aria-label="Map">
        <div className={styles["mapArea"]}>
          {hasOutlines ? (
            <AreaMap
              outlines={outlines.data}
              areas={painted}
              selected={view.area}
              onSelect={select}
              label={`Map: ${title}, ${figures.words}. The table holds the same figures.`}
              fades={isPlaying}
              room={{
                right: isDesk && view.area !== null ? 306 : 0,
                bottom: isPhone ? ROOM_OF_SHEET[stop] : 0,
              }}
              tileUrl={tileUrl}
            />
          ) : (
            !outlines.isPending && (
              <p className={styles["noOutlines"]}>
                {outlines.isError
                  ? "The outlines could not be read"
                  : "No outlines are loaded for these areas"}
                , so there is no map. The table holds every figure.
              </p>
            )
          )}
          {card && isDesk && <div className={styles["card"]}>{card}</div>}
        </div>
        <div className={styles["legend"]}>
          <Legend
            measure={view.measure}
            breaks={figures.breaks[view.measure]}
            hasHidden={ranked.some((area) => area.absence === "few")}
            hasUnpublished={ranked.some(
              (area) => area.absence === "not-published" || area.absence === "few-households",
            )}
            note={bestFitInWords(figures.level, figures.householdsInNeighbour)}
          />
        </div>
      </section>
      {isPhone ? (
        <BottomSheet
          label={view.area === null ? "Time and table" : "Card, time and table"}
          stop={stop}
          onStop={setStop}
          about={view.area}
        >
          {card}
          {time}
          {table}
        </BottomSheet>
      ) : (
        <>
          <div className={styles["rail"]} data-card={(card !== null && !isDesk) || undefined}>
            {!isDesk && card}
            {table}
          </div>
          {time}
        </>
      )}
      <footer className={styles["attribution"]}>{attribution}</footer>
    </div>
  );
}

/** Each area's paint and what it says when pointed at. */
function paintsOf(
  figures: MapFigures,
  ranked: readonly RankedArea[],
  measure: Measure,
): ReadonlyMap<number, PaintedArea> {
  const breaks = figures.breaks[measure];
  return new Map(
    ranked.map((area): [number, PaintedArea] => {
      const name = areaInWords(area, figures.level);
      if (area.value !== null) {
        const unit =
          measure === "rate"
            ? `${rateInWords(area.value)} per 1,000 households`
            : `${inThousands(area.value)} people`;
        return [area.area, { fill: `--q${classOf(area.value, breaks)}`, tip: `${name}: ${unit}` }];
      }
      if (area.absence === "few") return [area.area, { fill: "few", tip: `${name}: fewer than 10` }];
      const why = area.absence === "few-households" ? "under 200 households, no rate" : "not published";
      return [area.area, { fill: "none", tip: `${name}: ${why}` }];
    }),
  );
}
