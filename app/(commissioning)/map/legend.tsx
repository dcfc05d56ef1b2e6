/** The legend: the same scale for every period of the indicator, the hatch, and what has no figure. */
import type { Level } from "../../../server/domain/geography";
import { FewerThanTen } from "../../_ui/few";
import { levelInWords, type RankedArea } from "./finding";
import styles from "./legend.module.css";
import { legendOf } from "./legend-class";
import type { Measure } from "./view";

interface LegendProps {
  measure: Measure;
  breaks: readonly number[];
  /** Why areas on the map have no colour of the scale. */
  absences: ReadonlySet<RankedArea["absence"]>;
  /** What the scale holds for. */
  scale?: string;
  /** What must be known of the areas themselves. */
  note: string | null;
  /** Larger areas, where these hide too much, and the way to them. */
  wider?: { level: Level; onChoose: () => void } | null;
}

export function Legend({
  measure,
  breaks,
  absences,
  note,
  wider = null,
  scale = "Same scale for every period",
}: LegendProps) {
  // The smallest figure shown is 10 people; a rate can begin anywhere above nothing.
  // A scale of one class says nothing where no area has a figure.
  const classes =
    breaks.length === 0 && !absences.has(null) ? [] : legendOf(breaks, measure === "people" ? 10 : 0);
  return (
    <section className={styles["legend"]} aria-label="Legend">
      <p className={styles["title"]}>
        {measure === "rate" ? "People per 1,000 households." : "People."} {scale}
      </p>
      <div className={styles["row"]}>
        {classes.length > 0 && (
          <ul className={styles["classes"]}>
            {classes.map((part) => (
              <li key={part.legendClass}>
                <span
                  className={styles["swatch"]}
                  style={{ background: `var(--q${part.legendClass})` }}
                  title={part.range}
                />
                <span aria-hidden="true">{part.words}</span>
                <span className="visually-hidden">{part.range}</span>
              </li>
            ))}
          </ul>
        )}
        {absences.has("few") && <FewerThanTen />}
        {(absences.has("not-published") || absences.has("few-households")) && <NotPublished />}
        {absences.has("not-live") && <NotPublished words="not before it settles" />}
        {absences.has("coverage") && <NotPublished words="coverage changed" />}
      </div>
      {wider !== null && (
        <p className={`${styles["wider"]} no-print`}>
          Many are too small to show.{" "}
          <button type="button" className={styles["link"]} onClick={wider.onChoose}>
            See {levelInWords(wider.level)} instead
          </button>
        </p>
      )}
      {note !== null && <p className={styles["note"]}>{note}</p>}
    </section>
  );
}

/** What no figure is published for: dots on neutral, never a colour of the scale. */
export function NotPublished({ words = "not published" }: { words?: string }) {
  return (
    <span className={styles["none"]}>
      <span className={styles["dots"]} aria-hidden="true" />
      {words}
    </span>
  );
}
