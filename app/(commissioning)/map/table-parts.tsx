"use client";
/** What the tables of the map have in common: heads that sort, names of areas, and the keys that go between rows. */
import type { KeyboardEvent } from "react";
import type { Level } from "../../../server/domain/geography";
import { capital } from "../../../server/domain/label-text";
import { areaInShort, areaInWords } from "./finding";
import styles from "./ranked-table.module.css";

export type Order = "value" | "name";

/** Rows shown before "Show all": a country has thousands of sectors. */
export const FIRST_ROWS = 200;

export function SortHead({
  name,
  order,
  current,
  sort,
  onSort,
  isNumber = false,
}: {
  name: string;
  order: Order;
  current: Order;
  sort: "ascending" | "descending";
  onSort: (order: Order) => void;
  isNumber?: boolean;
}) {
  const isCurrent = order === current;
  return (
    <th scope="col" aria-sort={isCurrent ? sort : "none"} className={isNumber ? styles["number"] : undefined}>
      <button type="button" className={styles["sort"]} onClick={() => onSort(order)}>
        {capital(name)}
        <span aria-hidden="true">{isCurrent ? (sort === "ascending" ? " ↑" : " ↓") : ""}</span>
      </button>
    </th>
  );
}

/** The head of a row: a button that chooses the area. A long union is cut for the eye; the rest is still read out. */
export function AreaHead({
  area,
  level,
  isSelected,
  onSelect,
}: {
  area: { area: number; code: string; name: string };
  level: Level;
  isSelected: boolean;
  onSelect: (area: number) => void;
}) {
  const { short, rest } = areaInShort(area, level);
  return (
    <th scope="row">
      <button
        type="button"
        className={styles["area"]}
        title={areaInWords(area, level)}
        aria-pressed={isSelected}
        onClick={() => onSelect(area.area)}
      >
        {short}
        {rest !== null && <span className="visually-hidden">: {rest}</span>}
      </button>
    </th>
  );
}

/** Up and Down go between the areas, Home and End to the first and last. */
export function moveBetweenRows(event: KeyboardEvent<HTMLTableElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>("tbody button")];
  const at = buttons.findIndex((button) => button.matches(":focus"));
  if (at < 0) return;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  const next = to === undefined ? undefined : buttons[to];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
