"use client";
/** Both maps of a comparison as a table: each area with its two figures and the change between them. */
import { useState } from "react";
import type { MapFigures } from "../../../server/domain/figures";
import { capital } from "../../../server/domain/label-text";
import { FewerThanTen } from "../../_ui/few";
import { type ComparedArea, type ComparedKind, changeInShort, countsInWords, sideInWords } from "./compare";
import { levelInWords, oneInWords, type RankedArea, ROUNDING_STEP } from "./finding";
import { NotPublished } from "./legend";
import styles from "./ranked-table.module.css";
import { AreaHead, FIRST_ROWS, moveBetweenRows, type Order, SortHead } from "./table-parts";
import type { Measure } from "./view";

interface CompareTableProps {
  /** Names of the two maps, short enough for a column. */
  names: { from: string; to: string };
  /** What the table is of, said to whoever listens to the page. */
  caption: string;
  level: MapFigures["level"];
  areas: readonly ComparedArea[];
  measure: Measure;
  kind: ComparedKind;
  selected: number | null;
  onSelect: (area: number) => void;
}

export function CompareTable(props: CompareTableProps) {
  const { names, caption, level, areas, measure, kind, selected, onSelect } = props;
  const [order, setOrder] = useState<Order>("value");
  const [isWhole, setWhole] = useState(false);
  const byName = (a: ComparedArea, b: ComparedArea) => a.code.localeCompare(b.code, "en", { numeric: true });
  const ordered = order === "value" ? areas : [...areas].sort(byName);
  const rows = isWhole ? ordered : ordered.slice(0, FIRST_ROWS);
  const many = levelInWords(level);
  const one = oneInWords(level);
  const most = kind === "period" ? "largest rise first" : "furthest ahead first";
  return (
    <section className={styles["panel"]} aria-labelledby="compared-heading">
      <div className={styles["head"]}>
        <h2 id="compared-heading" className={styles["heading"]}>
          {capital(many)}, {order === "value" ? most : "by name"}
        </h2>
      </div>
      <p className={styles["note"]}>{countsInWords(areas, kind)}</p>
      <div className={styles["scroll"]}>
        <table
          className={styles["table"]}
          data-compares={level === "sector" || level === "district" ? "codes" : "names"}
          onKeyDown={moveBetweenRows}
        >
          <caption className="visually-hidden">{caption}. Choose an area to see its difference.</caption>
          <thead>
            <tr>
              <SortHead name={one} order="name" current={order} sort="ascending" onSort={setOrder} />
              <th scope="col" className={styles["number"]}>
                {names.from}
              </th>
              <th scope="col" className={styles["number"]}>
                {names.to}
              </th>
              <SortHead
                name={kind === "period" ? "Change" : "Difference"}
                order="value"
                current={order}
                sort="descending"
                onSort={setOrder}
                isNumber
              />
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.area} data-selected={row.area === selected || undefined}>
                <AreaHead area={row} level={level} isSelected={row.area === selected} onSelect={onSelect} />
                <Side side={row.from} measure={measure} />
                <Side side={row.to} measure={measure} />
                <td className={styles["number"]}>
                  {changeInShort(row, measure, kind) ?? <span className={styles["absent"]}>not shown</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length < areas.length && (
          <button type="button" className={styles["more"]} onClick={() => setWhole(true)}>
            Show all {areas.length}
          </button>
        )}
      </div>
      <p className={styles["note"]}>
        Figures are rounded to {ROUNDING_STEP}: two that are {ROUNDING_STEP} people apart or less are about
        the same. A {kind === "period" ? "change" : "difference"} is not shown where either figure is hidden.{" "}
        <a href="/method">How we count</a>
      </p>
    </section>
  );
}

function Side({ side, measure }: { side: RankedArea | null; measure: Measure }) {
  if (side?.value != null) return <td className={styles["number"]}>{sideInWords(side, measure)}</td>;
  return (
    <td className={`${styles["number"]} ${styles["absent"]}`} data-few={side?.absence === "few" || undefined}>
      {side?.absence === "few" ? <FewerThanTen /> : <NotPublished words={sideInWords(side, measure)} />}
    </td>
  );
}
