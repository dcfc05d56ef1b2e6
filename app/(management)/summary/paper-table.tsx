/** A table of a paper on screen, and its cells in words. What is hidden is said, and is never a nought or a dash. */
import type { PaperCell, PaperColumn, PaperTable } from "../../../server/domain/impact/paper";
import type { ChartTable } from "../../_ui/charts/chart-figure";
import { FewerThanTen } from "../../_ui/few";
import styles from "./paper-view.module.css";

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const pounds = new Intl.NumberFormat("en-GB", {
  style: "currency",
  currency: "GBP",
  maximumFractionDigits: 0,
});

/** A cell as text: "1,140", "37%", "1.7", "£2,300", "fewer than 10, or none"; "n/a" where it does not apply. */
export function cellInWords(cell: PaperCell, type: PaperColumn["type"]): string {
  if (cell === null) return "n/a";
  if (typeof cell === "string") return cell === "few" && type !== "text" ? "fewer than 10, or none" : cell;
  switch (type) {
    case "percent":
      return `${whole.format(cell)}%`;
    case "score":
      return oneDecimal.format(cell);
    case "money":
      return pounds.format(cell);
    default:
      return whole.format(cell);
  }
}

/** The table as a chart's frame shows it. */
export function tableInWords({ caption, columns, rows }: PaperTable): ChartTable {
  return {
    caption,
    columns: columns.map(({ label }) => label),
    rows: rows.map((row, at) => ({
      key: String(at),
      cells: columns.map(({ type }, column) => cellInWords(row[column] ?? null, type)),
    })),
  };
}

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
            {columns.map(({ key, label, type }) => (
              <th key={key} scope="col" data-text={type === "text" || undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a paper neither move nor have a name of their own
            <tr key={at}>
              {columns.map(({ key, type }, column) => {
                const Box = column === 0 ? "th" : "td";
                return (
                  <Box
                    key={key}
                    {...(column === 0 && { scope: "row" })}
                    data-text={type === "text" || undefined}
                  >
                    <Cell cell={row[column] ?? null} type={type} />
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

function Cell({ cell, type }: { cell: PaperCell; type: PaperColumn["type"] }) {
  if (cell === null) return <span className={styles["none"]}>n/a</span>;
  return cell === "few" && type !== "text" ? <FewerThanTen mayBeNone /> : cellInWords(cell, type);
}
