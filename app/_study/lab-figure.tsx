/**
 * The frame of a study's chart: drawn at two widths, of which the page shows the one that fits, so that it is the same
 * for whoever signed in, for everybody on the register, on paper and without a script; and its numbers as a table, one
 * key away.
 */
import type { ReactNode } from "react";
import styles from "./lab-figure.module.css";

export interface FigureTable {
  caption: string;
  /** The first column heads its rows. */
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

interface LabFigureProps {
  /** Pixels of the two pictures; a phone's is 326 inside a card, 358 on the page. */
  wide?: number;
  narrow?: number;
  table: FigureTable;
  children: (width: number) => ReactNode;
}

const WIDE = 548;
const NARROW = 350;

export function LabFigure({ wide = WIDE, narrow = NARROW, table, children }: LabFigureProps) {
  return (
    <figure className={styles["figure"]}>
      <div className={styles["wide"]}>{children(wide)}</div>
      <div className={styles["narrow"]}>{children(narrow)}</div>
      <NumbersOf table={table} />
    </figure>
  );
}

/** The numbers of a chart behind one key. */
export function NumbersOf({ table: { caption, columns, rows } }: { table: FigureTable }) {
  return (
    <details className={`${styles["numbers"]} no-print`}>
      <summary>
        The numbers<span className="visually-hidden">: {caption}</span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={styles["scroll"]} aria-label={caption} tabIndex={0}>
        <table className={styles["table"]}>
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.join(" ")}>
                {row.map((cell, at) =>
                  at === 0 ? (
                    <th key={columns[at]} scope="row">
                      {cell}
                    </th>
                  ) : (
                    <td key={columns[at]}>{cell}</td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
