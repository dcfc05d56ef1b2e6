"use client";
/** What the organisation's own records hold of those who started: how many, and how well they could be looked for. */
import { Button } from "@mantine/core";
import { peopleInWords } from "../../../../server/domain/impact/words";
import type { Readiness } from "../../../../server/domain/lab/studies";
import { inDigits } from "../../../../server/domain/number-text";
import styles from "./plan.module.css";

interface ReadinessCheckProps {
  readiness: Readiness;
  /** People of a file have to be looked for; those of these records are known. */
  isFileSent: boolean;
  /** Takes the number over. */
  onTake?: () => void;
}

export function ReadinessCheck({ readiness, isFileSent, onTake }: ReadinessCheckProps) {
  const { started, reconciliation } = readiness;
  if (started === null) {
    return (
      <p className={styles["note"]}>Give both days in the first step, and your records are counted here.</p>
    );
  }
  const lines = [
    ["a name and a full date of birth", readiness.withBoth, "Without both nobody can be looked for."],
    ["a full date of birth", readiness.withBirthDate, ""],
    ["a first and a last name", readiness.withName, ""],
    ["a number such as an NHS or prison number", readiness.withIdentifier, "It helps, and is not needed."],
  ] as const;
  return (
    <section className={styles["ready"]} aria-label="Your own records">
      <p className={styles["readyHead"]}>
        <strong>{peopleInWords(started)}</strong> started with this service between these days, by your own
        records.
      </p>
      {onTake && started > 0 && (
        <Button variant="default" size="sm" onClick={onTake}>
          Use {inDigits(started)}
        </Button>
      )}
      {started > 0 && isFileSent && (
        <ul className={styles["meters"]}>
          {lines.map(([what, people, note]) => (
            <li key={what}>
              <span>
                <b>
                  {inDigits(people)} of {inDigits(started)}
                </b>{" "}
                have {what}. {note}
              </span>
              <span className={styles["meter"]} aria-hidden="true">
                <span style={{ width: `${(people / started) * 100}%` }} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {reconciliation.warnings.map((warning) => (
        <p key={warning} className={styles["warning"]}>
          {warning}
        </p>
      ))}
    </section>
  );
}
