/** What may be said of a study elsewhere, word for word, and what may not. */
import type { ReactNode } from "react";
import type { StudyFacts } from "../../server/domain/lab/report-facts";
import type { ReportNumbers } from "../../server/domain/lab/report-numbers";
import { whatYouCannotSay, whatYouCanSay } from "../../server/domain/lab/report-words";
import { Icon } from "../_ui/icon";
import styles from "./cards.module.css";

interface WhatToSayProps {
  numbers: ReportNumbers;
  facts: StudyFacts;
  action?: ReactNode;
}

export function WhatToSay({ numbers, facts, action }: WhatToSayProps) {
  return (
    <section className={styles["card"]} aria-label="What you can say and what you cannot">
      <h2 className={styles["h2"]}>What you can say</h2>
      <Marked icon="check" sentences={whatYouCanSay(numbers, facts)} />
      <h2 className={styles["h2"]} data-next>
        What you cannot say
      </h2>
      <Marked icon="close" sentences={whatYouCannotSay(numbers, facts)} />
      {action && <div className={`${styles["action"]} no-print`}>{action}</div>}
    </section>
  );
}

function Marked({ icon, sentences }: { icon: "check" | "close"; sentences: readonly string[] }) {
  return (
    <ul className={styles["marked"]} data-kind={icon}>
      {sentences.map((sentence) => (
        <li key={sentence}>
          <Icon name={icon} size={17} />
          <span>{sentence}</span>
        </li>
      ))}
    </ul>
  );
}
