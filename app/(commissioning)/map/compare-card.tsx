"use client";
import type { Level } from "../../../server/domain/geography";
import { capital } from "../../../server/domain/label-text";
/** The chosen area of a comparison: its two figures and what is different between them, in words. */
import { Icon } from "../../_ui/icon";
import { type ComparedArea, type ComparedKind, differenceInWords, sideInWords } from "./compare";
import styles from "./compare-card.module.css";
import { areaInWords } from "./finding";
import type { Measure } from "./view";

interface CompareCardProps {
  area: ComparedArea;
  level: Level;
  names: { from: string; to: string };
  measure: Measure;
  kind: ComparedKind;
  onClose: () => void;
  /** Leaves the comparison, for the card of this area alone. */
  onAlone: () => void;
}

export function CompareCard({ area, level, names, measure, kind, onClose, onAlone }: CompareCardProps) {
  const name = areaInWords(area, level);
  const said = differenceInWords(area, measure, kind);
  return (
    <section className={styles["card"]} aria-labelledby="compare-heading">
      <div className={styles["head"]}>
        <h2 id="compare-heading" className={styles["heading"]}>
          {name}
          {area.name !== name && area.name !== area.code && (
            <span className={styles["name"]}> {area.name}</span>
          )}
        </h2>
        <button type="button" className={styles["close"]} onClick={onClose} aria-label={`Close ${name}`}>
          <Icon name="close" size={18} />
        </button>
      </div>
      <p className={styles["finding"]} data-hidden={area.change === null || undefined}>
        {capital(said)}
      </p>
      <dl className={styles["sides"]}>
        <div>
          <dt>{names.from}</dt>
          <dd>{sideInWords(area.from, measure)}</dd>
        </div>
        <div>
          <dt>{names.to}</dt>
          <dd>{sideInWords(area.to, measure)}</dd>
        </div>
      </dl>
      <p className={styles["unit"]}>
        {measure === "rate" ? "People per 1,000 households" : "People"}.{" "}
        <button type="button" className={styles["link"]} onClick={onAlone}>
          See the card of {name}
        </button>
      </p>
    </section>
  );
}
