"use client";
/**
 * The same figures as the map, highest first or by name, for everybody and for those who do not use a map: each
 * area is a button that chooses it, and the arrow keys go from one to the next.
 */
import { useState } from "react";
import { classOf, type MapFigures } from "../../../server/domain/figures";
import { capital } from "../../../server/domain/label-text";
import { inDigits } from "../../../server/domain/number-text";
import { FewerThanTen } from "../../_ui/few";
import {
  ABSENCE_WORDS,
  leftOutInWords,
  levelInWords,
  oneInWords,
  type RankedArea,
  ROUNDING_STEP,
  rateInWords,
} from "./finding";
import { NotPublished } from "./legend";
import styles from "./ranked-table.module.css";
import { AreaHead, FIRST_ROWS, moveBetweenRows, type Order, SortHead } from "./table-parts";
import type { Measure } from "./view";

interface RankedTableProps {
  figures: MapFigures;
  ranked: readonly RankedArea[];
  /** Areas whose figure has just moved. */
  moved: ReadonlySet<number>;
  measure: Measure;
  selected: number | null;
  onSelect: (area: number) => void;
}

export function RankedTable({ figures, ranked, moved, measure, selected, onSelect }: RankedTableProps) {
  const [order, setOrder] = useState<Order>("value");
  const [isWhole, setWhole] = useState(false);
  const byName = (a: RankedArea, b: RankedArea) => a.code.localeCompare(b.code, "en", { numeric: true });
  const ordered = order === "value" ? ranked : [...ranked].sort(byName);
  const rows = isWhole ? ordered : ordered.slice(0, FIRST_ROWS);
  const highest = ranked[0]?.value ?? 0;
  const breaks = figures.breaks[measure];
  const level = levelInWords(figures.level);
  const one = oneInWords(figures.level);
  const heading = `${capital(level)}, ${order === "value" ? "highest first" : "by name"}`;
  return (
    <section className={styles["panel"]} aria-labelledby="ranked-heading">
      <div className={styles["head"]}>
        <h2 id="ranked-heading" className={styles["heading"]}>
          {heading}
        </h2>
        <span className={styles["count"]}>
          {leftOutInWords(ranked, measure) ?? `${inDigits(ranked.length)} in all`}
        </span>
      </div>
      <div className={styles["scroll"]}>
        <table className={styles["table"]} data-measure={measure} onKeyDown={moveBetweenRows}>
          <caption className="visually-hidden">
            {figures.label}, {figures.words}. Choose an area to see its card.
          </caption>
          <thead>
            <tr>
              <SortHead name={one} order="name" current={order} sort="ascending" onSort={setOrder} />
              {measure === "rate" && (
                <th scope="col" className={styles["number"]}>
                  People
                </th>
              )}
              <SortHead
                name={measure === "rate" ? "Per 1,000" : "People"}
                order="value"
                current={order}
                sort="descending"
                onSort={setOrder}
                isNumber
              />
              <td className={styles["bar"]} />
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr
                key={row.area}
                data-selected={row.area === selected || undefined}
                data-moved={moved.has(row.area) || undefined}
              >
                <AreaHead
                  area={row}
                  level={figures.level}
                  isSelected={row.area === selected}
                  onSelect={onSelect}
                />
                <Cells row={row} measure={measure} highest={highest} breaks={breaks} />
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length < ranked.length && (
          <button type="button" className={styles["more"]} onClick={() => setWhole(true)}>
            Show all {ranked.length}
          </button>
        )}
      </div>
      {figures.buckets.length > 0 && <Buckets buckets={figures.buckets} />}
      <p className={styles["note"]}>
        Figures are rounded to {ROUNDING_STEP}: {level} {ROUNDING_STEP} people apart or less may swap places.
        Equal figures share a place. <a href="/method">How we count</a>
      </p>
    </section>
  );
}

function Cells({
  row,
  measure,
  highest,
  breaks,
}: {
  row: RankedArea;
  measure: Measure;
  highest: number;
  breaks: readonly number[];
}) {
  const span = measure === "rate" ? 3 : 2;
  if (row.absence === "few") {
    return (
      <td colSpan={span} className={styles["absent"]} data-few>
        <FewerThanTen />
      </td>
    );
  }
  if (row.figure === null) {
    return (
      <td colSpan={span} className={styles["absent"]}>
        <NotPublished words={ABSENCE_WORDS[row.absence ?? "not-published"]} />
      </td>
    );
  }
  if (row.value === null) {
    return (
      <>
        <td className={styles["number"]}>{row.figure !== null && inDigits(row.figure)}</td>
        <td colSpan={span - 1} className={styles["absent"]}>
          <NotPublished
            words={[
              ...(measure === "rate" && row.rate !== null ? [rateInWords(row.rate)] : []),
              ABSENCE_WORDS[row.absence ?? "not-published"],
            ].join(", ")}
          />
        </td>
      </>
    );
  }
  return (
    <>
      {measure === "rate" && (
        <td className={styles["number"]}>{row.figure !== null && inDigits(row.figure)}</td>
      )}
      <td className={`${styles["number"]} ${styles["value"]}`}>
        {measure === "rate" ? rateInWords(row.value) : inDigits(row.value)}
      </td>
      <td className={styles["bar"]}>
        <span
          className={styles["fill"]}
          style={{
            width: `${Math.max(2, Math.round((row.value / (highest || 1)) * 100))}%`,
            background: `var(--q${classOf(row.value, breaks)})`,
          }}
        />
      </td>
    </>
  );
}

/** People without a place on the map: said, never spread over the sectors. */
function Buckets({ buckets }: { buckets: MapFigures["buckets"] }) {
  return (
    <div className={styles["buckets"]}>
      <h3 className={styles["subheading"]}>Not on the map</h3>
      <dl>
        {buckets.map((bucket) => (
          <div key={bucket.area}>
            <dt>{bucket.name}</dt>
            <dd>{bucket.figure === null ? <FewerThanTen /> : `${inDigits(bucket.figure)} people`}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
