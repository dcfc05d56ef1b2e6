/**
 * How a figure looks when disclosure control keeps it back: a hatched square and words, as large as a number
 * would be; never 0 and never a dash. In public "may be none" is added.
 */
import styles from "./few.module.css";

export function FewerThanTen({ mayBeNone = false }: { mayBeNone?: boolean }) {
  return (
    <span className={styles["few"]}>
      <span className={styles["hatch"]} aria-hidden="true" />
      {mayBeNone ? "fewer than 10, may be none" : "fewer than 10"}
    </span>
  );
}
