"use client";
/**
 * Where everything of the map screen stands: sentence, notice, filters, map with its legend, card, table and time.
 * On a desk in three columns; on a phone card, time and table lie in a sheet over the map.
 */
import { useMediaQuery } from "@mantine/hooks";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import type { MapOptions } from "../../../server/domain/figures";
import { dayInWords } from "../../../server/domain/period";
import type { FoundPlace } from "../../../server/domain/place-search";
import { isCallError } from "../../_trpc/wire";
import { EmptyState, PageTitle } from "../../_ui/page-title";
import press from "../../_ui/press.module.css";
import type { Box } from "./area-shapes";
import { BottomSheet, type Stop } from "./bottom-sheet";
import { FilterChips, FilterColumn } from "./filters";
import styles from "./map-frame.module.css";
import type { Picture } from "./picture";
import { SettledNotice } from "./settled-notice";
import { PrintedMap, TakeAway } from "./take-away";
import type { SettledNews } from "./use-settled-notice";
import type { ViewControl } from "./use-view";

/** What every form of the map is given. */
export interface MapProps {
  options: MapOptions;
  control: ViewControl;
  settled: SettledNews;
  period: string;
  /** Where the installation's own map tiles are; null: none. */
  tileUrl: string | null;
  /** The place that was looked for; null: none. */
  focus: Box | null;
  onPlace: (place: FoundPlace) => void;
  /** Whose data the outlines and figures rest on. */
  attribution: string;
}

/** The widths that the screen is laid out for. */
export function useWidths(): { isDesk: boolean; isPhone: boolean } {
  const isDesk = useMediaQuery("(min-width: 70em)");
  return { isDesk, isPhone: !useMediaQuery("(min-width: 48em)") };
}

/** A page that has no map to show, and says why. */
export function PlainPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles["plain"]}>
      <PageTitle title={title} />
      <EmptyState>{children}</EmptyState>
    </div>
  );
}

/**
 * What stands in the place of a map whose figures are not there yet, or cannot be read. What may be had by sector changes
 * while a page is open, and may hold for no sector of a patch: then it leads to districts.
 */
export function NoFigures({ error, control: { view, change } }: { error: unknown; control: ViewControl }) {
  if (isCallError(error) && error.data?.code === "NOT_FOUND" && view.level === "sector") {
    return (
      <PlainPage title="Need map">
        This need is not published by postcode sector.{" "}
        <button
          type="button"
          className={press["word"]}
          onClick={() => change({ level: "district", area: null })}
        >
          Show it by postcode district
        </button>
      </PlainPage>
    );
  }
  return (
    <PlainPage title="Need map">
      {error ? "The figures could not be read. Try again in a minute." : "Reading the figures…"}
    </PlainPage>
  );
}

/** What the sheet covers of the foot of the window, in pixels; at full the map is out of sight anyway. */
const ROOM_OF_SHEET: Readonly<Record<Stop, number>> = { peek: 218, half: 354, full: 354 };
/** Room that the card takes from the map on a desk, in pixels. */
const ROOM_OF_CARD = 306;

/** The sheet of a phone, and the choice of an area, which opens it half: the card is seen, and so is the map. */
export function useSelection({ view, change }: ViewControl) {
  const [stop, setStop] = useState<Stop>(view.area === null ? "peek" : "half");
  const select = (area: number) => {
    const isChosen = area === view.area;
    change({ area: isChosen ? null : area });
    setStop(isChosen ? "peek" : "half");
  };
  return { sheet: { stop, setStop }, select };
}

export interface FrameProps extends MapProps {
  title: string;
  caption: string;
  sheet: ReturnType<typeof useSelection>["sheet"];
  /** The maps as a picture to take away; null until they can be drawn. */
  picture: Omit<Picture, "title" | "caption" | "selected" | "foot"> | null;
  /** What lies in the box of the map; told how much of it card and sheet cover. */
  map: (room: { right: number; bottom: number }) => ReactNode;
  legend: ReactNode;
  card: ReactNode;
  /** Whether the card floats over the map on a desk; else it stands above the table. */
  cardFloats: boolean;
  table: ReactNode;
  time: ReactNode;
}

export function MapFrame({
  options,
  control,
  settled,
  period,
  attribution,
  onPlace,
  title,
  caption,
  sheet,
  picture: drawn,
  map,
  legend,
  card,
  cardFloats,
  table,
  time,
}: FrameProps) {
  const { view, change } = control;
  const { isDesk, isPhone } = useWidths();
  const floats = isDesk && cardFloats;
  const { release } = options;
  const foot = release
    ? `${attribution} Release ${release.number}, ${dayInWords(release.madeOn)}. Figures are rounded to 5.`
    : attribution;
  const picture = drawn && { ...drawn, title, caption, selected: view.area, foot };
  const takeAway = picture && <TakeAway picture={picture} file={[title]} />;
  const room = {
    right: floats && view.area !== null ? ROOM_OF_CARD : 0,
    bottom: isPhone ? ROOM_OF_SHEET[sheet.stop] : 0,
  };
  return (
    <div className={styles["screen"]} data-beside={view.beside?.kind}>
      <header className={styles["head"]}>
        <h1 className={styles["title"]}>{title}</h1>
        <p className={styles["caption"]}>{caption}</p>
      </header>
      <SettledNotice
        className={styles["notice"]}
        news={settled}
        period={period}
        onShow={(to) => change({ period: to })}
      />
      {isDesk ? (
        <aside className={styles["filters"]} aria-label="What the map shows">
          <FilterColumn options={options} view={view} change={change} onPlace={onPlace} />
          {takeAway}
        </aside>
      ) : (
        <div className={styles["filters"]}>
          <FilterChips options={options} view={view} change={change} onPlace={onPlace} />
        </div>
      )}
      <section className={styles["mapBox"]} aria-label="Map">
        <div className={styles["mapArea"]}>
          <div className={styles["live"]}>{map(room)}</div>
          {picture && <PrintedMap picture={picture} />}
          {card && floats && <div className={styles["card"]}>{card}</div>}
        </div>
        <div className={styles["legend"]}>{legend}</div>
      </section>
      {isPhone ? (
        <BottomSheet
          label={view.area === null ? "Time and table" : "Card, time and table"}
          stop={sheet.stop}
          onStop={sheet.setStop}
          about={view.area}
        >
          {card}
          {time}
          {table}
          {takeAway}
        </BottomSheet>
      ) : (
        <>
          {table && (
            <div className={styles["rail"]} data-card={(card !== null && !floats) || undefined}>
              {!floats && card}
              {table}
            </div>
          )}
          <div className={styles["strip"]}>{time}</div>
        </>
      )}
      {!isDesk && !isPhone && takeAway}
      <footer className={styles["attribution"]}>
        {attribution}
        {release && (
          <span className={styles["release"]}>
            {" "}
            Release {release.number}, {dayInWords(release.madeOn)}. Figures are rounded to 5; fewer than 10 is
            never shown.
          </span>
        )}{" "}
        <Link href="/open" prefetch={false}>
          Open data
        </Link>
      </footer>
    </div>
  );
}

/** What stands in the map's place while there are no outlines to draw. */
export function NoOutlines({ isError }: { isError: boolean }) {
  return (
    <p className={styles["noOutlines"]}>
      {isError ? "The outlines could not be read" : "No outlines are loaded for these areas"}, so there is no
      map. The table holds every figure.
    </p>
  );
}
