"use client";
/**
 * The frame of a chart: its finding as the title, its picture as wide as the page allows, and its table one key
 * away, on the same spot. Charts themselves are pure; this frame only measures and switches.
 */
import { useElementSize } from "@mantine/hooks";
import { type ReactNode, useId, useState } from "react";
import styles from "./chart-figure.module.css";

export interface ChartTable {
  caption: string;
  /** The first column heads its rows; the others hold numbers. */
  columns: readonly string[];
  rows: readonly { key: string; cells: readonly string[] }[];
}

interface ChartFigureProps {
  table: ChartTable;
  /** Width drawn before the page has been measured, and on the server. */
  firstWidth: number;
  children: (width: number) => ReactNode;
  /** What stands on the line of the switch: a legend, a note. */
  legend?: ReactNode;
}

export function ChartFigure({ table, firstWidth, children, legend }: ChartFigureProps) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <figure className={styles["figure"]} ref={ref}>
      <div className={styles["bar"]}>
        <div className={styles["legend"]}>{legend}</div>
        <button
          type="button"
          className={`${styles["switch"]} no-print`}
          aria-pressed={asTable}
          aria-controls={id}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? "Show the chart" : "Show the table"}
        </button>
      </div>
      <div id={id}>{asTable ? <TableOf table={table} /> : children(Math.floor(width) || firstWidth)}</div>
    </figure>
  );
}

function TableOf({ table }: { table: ChartTable }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={styles["scroll"]} aria-label={table.caption} tabIndex={0}>
      <table className={styles["table"]}>
        <caption className="visually-hidden">{table.caption}</caption>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.key}>
              {row.cells.map((cell, at) =>
                at === 0 ? (
                  <th key={table.columns[at]} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={table.columns[at]}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
