"use client";
/** The figures of the small maps: a row for each area, a column for each period, in the colours of the legend. */
import { useState } from "react";
import { classOf } from "../../../server/domain/figures";
import type { Level } from "../../../server/domain/geography";
import { capital } from "../../../server/domain/label-text";
import { inDigits } from "../../../server/domain/number-text";
import { periodInShort } from "./compare";
import { ABSENCE_WORDS, levelInWords, oneInWords, type RankedArea, rateInWords } from "./finding";
import type { PeriodMap } from "./periods";
import styles from "./small-maps.module.css";
import { AreaHead, FIRST_ROWS, moveBetweenRows } from "./table-parts";
import type { Measure } from "./view";

interface PeriodsTableProps {
  maps: readonly PeriodMap[];
  level: Level;
  measure: Measure;
  breaks: readonly number[];
  selected: number | null;
  onSelect: (area: number) => void;
}

export function PeriodsTable({ maps, level, measure, breaks, selected, onSelect }: PeriodsTableProps) {
  const [isWhole, setWhole] = useState(false);
  const latest = maps.at(-1);
  const rows = latest?.ranked ?? [];
  const byArea = maps.map(({ ranked }) => new Map(ranked.map((area) => [area.area, area])));
  const many = levelInWords(level);
  const caption = `${latest?.figures.label}, ${measure === "rate" ? "people per 1,000 households" : "people"}, by ${oneInWords(level)} and period`;
  return (
    <section aria-labelledby="periods-heading">
      <h2 id="periods-heading" className={styles["heading"]}>
        {capital(many)}, highest in the last period first
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={styles["scroll"]} aria-label={caption} tabIndex={0}>
        <table className={styles["table"]} onKeyDown={moveBetweenRows}>
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{capital(oneInWords(level))}</th>
              {maps.map(({ figures }) => (
                <th key={figures.period} scope="col">
                  {periodInShort(figures.period)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, isWhole ? rows.length : FIRST_ROWS).map((row) => (
              <tr key={row.area} data-selected={row.area === selected || undefined}>
                <AreaHead area={row} level={level} isSelected={row.area === selected} onSelect={onSelect} />
                {maps.map(({ figures }, at) => (
                  <td key={figures.period}>
                    <Value area={byArea[at]?.get(row.area)} measure={measure} breaks={breaks} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {!isWhole && rows.length > FIRST_ROWS && (
        <button type="button" onClick={() => setWhole(true)}>
          Show all {rows.length}
        </button>
      )}
    </section>
  );
}

function Value({
  area,
  measure,
  breaks,
}: {
  area: RankedArea | undefined;
  measure: Measure;
  breaks: readonly number[];
}) {
  if (area?.value == null) {
    return <span className={styles["few"]}>{ABSENCE_WORDS[area?.absence ?? "not-published"]}</span>;
  }
  return (
    <>
      <span
        className={styles["swatch"]}
        style={{ background: `var(--q${classOf(area.value, breaks)})` }}
        aria-hidden="true"
      />
      {measure === "rate" ? rateInWords(area.value) : inDigits(area.value)}
    </>
  );
}
