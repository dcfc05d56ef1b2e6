"use client";
/**
 * The frame of a chart: its finding as the title, its picture as wide as the page allows, and its table one key
 * away, on the same spot. Charts themselves are pure; this frame only measures and switches.
 */
import { useElementSize } from "@mantine/hooks";
import { type ReactNode, useId, useState } from "react";
import styles from "./chart-figure.module.css";
import { type ChartNumbers, ChartTable } from "./chart-table";

interface ChartFigureProps {
  table: ChartNumbers;
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
      <div id={id}>
        {asTable ? <ChartTable numbers={table} /> : children(Math.floor(width) || firstWidth)}
      </div>
    </figure>
  );
}
