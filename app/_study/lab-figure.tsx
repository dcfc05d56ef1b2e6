/**
 * The frame of a study's picture: drawn at two widths, of which the page shows the one that fits, so that it is the same
 * for whoever signed in, for everybody on the register, on paper and without a script; and its numbers as a table, one
 * key away.
 */
import type { ChartBlock, PaperTable } from "../../server/domain/impact/paper";
import { ChartTable, numbersOfPaper } from "../_ui/charts/chart-table";
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
function NumbersOf({ table }: { table: PaperTable }) {
  return (
    <details className={`${styles["numbers"]} no-print`}>
      <summary>
        The numbers<span className="visually-hidden">: {table.caption}</span>
      </summary>
      <ChartTable numbers={numbersOfPaper(table)} />
    </details>
  );
}
