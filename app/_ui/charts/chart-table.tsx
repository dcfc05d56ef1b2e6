/** The numbers of a chart as a table, in words; a long one scrolls on its spot. */
import type { PaperTable } from "../../../server/domain/impact/paper";
import { cellWords } from "../../../server/domain/impact/paper-cell";
import styles from "./chart-table.module.css";

export interface ChartNumbers {
  caption: string;
  /** The first column heads its rows; the others hold numbers. */
  columns: readonly string[];
  rows: readonly { key: string; cells: readonly string[] }[];
}

/** The numbers of a chart of a paper; its cells say what they say in every file. */
export function numbersOfPaper({ caption, columns, rows }: PaperTable): ChartNumbers {
  return {
    caption,
    columns: columns.map(({ label }) => label),
    rows: rows.map((row, at) => ({
      key: String(at),
      cells: columns.map((column, place) => cellWords(row[place] ?? null, column)),
    })),
  };
}

export function ChartTable({ numbers: { caption, columns, rows } }: { numbers: ChartNumbers }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
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
            <tr key={row.key}>
              {row.cells.map((cell, at) =>
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
  );
}
