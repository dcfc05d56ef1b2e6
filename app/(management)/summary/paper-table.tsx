/** A table of a paper on screen. Its cells say what they say in every file; what is hidden is hatched, too. */
import type { PaperCell, PaperColumn, PaperTable } from "../../../server/domain/impact/paper";
import { cellWords, DOES_NOT_APPLY, isHidden, isNumeric } from "../../../server/domain/impact/paper-cell";
import { FewerThanTen } from "../../_ui/few";
import styles from "./paper-view.module.css";

/** A longer table waits behind its own button, so that the page stays one that is read through. */
const MOST_ROWS = 8;

export function PaperTableView({ table }: { table: PaperTable }) {
  if (table.rows.length <= MOST_ROWS) return <Rows table={table} />;
  return (
    <details className={styles["long"]}>
      <summary>Show the table, {table.rows.length} rows</summary>
      <Rows table={table} />
    </details>
  );
}

function Rows({ table: { caption, columns, rows } }: { table: PaperTable }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={styles["scroll"]} aria-label={caption} tabIndex={0}>
      <table className={styles["table"]}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" data-text={!isNumeric(column) || undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a paper neither move nor have a name of their own
            <tr key={at}>
              {columns.map((column, place) => {
                const Box = place === 0 ? "th" : "td";
                return (
                  <Box
                    key={column.key}
                    {...(place === 0 && { scope: "row" })}
                    data-text={!isNumeric(column) || undefined}
                  >
                    <Cell cell={row[place] ?? null} column={column} />
                  </Box>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell({ cell, column }: { cell: PaperCell; column: PaperColumn }) {
  if (cell === null) return <span className={styles["none"]}>{DOES_NOT_APPLY}</span>;
  return isHidden(cell, column) ? <FewerThanTen orNone /> : cellWords(cell, column);
}
