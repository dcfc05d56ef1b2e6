/** A part of a plan: each question with its answer, or that it is not said yet. */

import { capital } from "../../server/domain/label-text";
import styles from "./plan-summary.module.css";

export const NOT_SAID = "not said yet";

interface PlanPartProps {
  title: string;
  lines: readonly (readonly [term: string, words: string | null | undefined])[];
}

export function PlanPart({ title, lines }: PlanPartProps) {
  return (
    <section>
      <h3 className={styles["title"]}>{title}</h3>
      <dl className={styles["lines"]}>
        {lines.map(([term, words]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd data-missing={!words || undefined}>{words || capital(NOT_SAID)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
