/**
 * The frame of a study's picture: drawn at two widths, of which the page shows the one that fits, so that it is the same
 * for whoever signed in, for everybody on the register, on paper and without a script; and its numbers as a table, one
 * key away.
 */
import type { ChartBlock, PaperTable } from "../../server/domain/impact/paper";
import { cellWords } from "../../server/domain/impact/paper-cell";
import { PaperChart } from "../_ui/charts/paper-chart";
import styles from "./lab-figure.module.css";

interface LabFigureProps {
  picture: ChartBlock;
  /** Pixels of the two pictures; a phone's is 326 inside a card, 358 on the page. */
  wide?: number;
  narrow?: number;
}

const WIDE = 548;
const NARROW = 350;

export function LabFigure({ picture: { chart, says, table }, wide = WIDE, narrow = NARROW }: LabFigureProps) {
  return (
    <figure className={styles["figure"]}>
      <div className={styles["wide"]}>
        <PaperChart chart={chart} width={wide} label={says} />
      </div>
      <div className={styles["narrow"]}>
        <PaperChart chart={chart} width={narrow} label={says} />
      </div>
      <NumbersOf table={table} />
    </figure>
  );
}

/** The numbers of a chart behind one key. */
function NumbersOf({ table: { caption, columns, rows } }: { table: PaperTable }) {
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
              {columns.map(({ key, label }) => (
                <th key={key} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.join(" ")}>
                {columns.map((column, at) => {
                  const words = cellWords(row[at] ?? null, column);
                  return at === 0 ? (
                    <th key={column.key} scope="row">
                      {words}
                    </th>
                  ) : (
                    <td key={column.key}>{words}</td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
