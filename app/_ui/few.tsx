/**
 * How a figure looks when disclosure control keeps it back: a hatched square and words, as large as a number
 * would be; never 0 and never a dash. In a summary "or none" is added, as its sentences say it.
 */
import { HIDDEN } from "../../server/domain/impact/words";
import styles from "./few.module.css";

export function FewerThanTen({ orNone = false }: { orNone?: boolean }) {
  return (
    <span className={styles["few"]}>
      <span className={styles["hatch"]} aria-hidden="true" />
      {orNone ? HIDDEN : "fewer than 10"}
    </span>
  );
}
