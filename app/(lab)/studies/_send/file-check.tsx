"use client";
/** What a chosen file holds and what is wrong with it, row by row, with how to mend it; never a value of it. */
import { Fragment } from "react";
import { peopleInWords } from "../../../../server/domain/impact/words";
import { LOSS_WORDS } from "../../../../server/domain/lab/attrition";
import type { CohortFile } from "../../../../server/domain/lab/cohort";
import { capital } from "../../../../server/domain/label-text";
import { inDigits } from "../../../../server/domain/number-text";
import { Icon } from "../../../_ui/icon";
import styles from "./send.module.css";

export interface ChosenFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  reading: CohortFile;
  /** About the file as a whole. */
  warnings: readonly string[];
}

/** Faults that are listed: whoever has more mends these first. */
const MOST_LISTED = 50;

export function FileCheck({ chosen: { name, reading, warnings } }: { chosen: ChosenFile }) {
  const { entries, usable, anchored, identified, faults, faultCount, unusedColumns } = reading;
  const lost = lossesOf(reading);
  return (
    <section className={styles["check"]} aria-label="What the file holds" role="status">
      <p className={styles["checkHead"]}>
        <Icon name={lost.length === 0 ? "check" : "warn"} size={18} />
        <span>
          <b>{name}</b>: {inDigits(entries.length)} rows, <b>{peopleInWords(usable)} can be looked for</b>
        </span>
      </p>
      <ul className={styles["counts"]}>
        {lost.map(([words, people]) => (
          <li key={words}>{ofSome(people, words)}</li>
        ))}
        <li>{inDigits(anchored)} have a day that says when to begin</li>
        <li>{inDigits(identified)} have a number such as a prison or NHS number</li>
        {unusedColumns.length > 0 && <li>Not read: {unusedColumns.join(", ")}. Best leave them out.</li>}
      </ul>
      {warnings.map((warning) => (
        <p key={warning} className={styles["warning"]}>
          {warning}
        </p>
      ))}
      {faultCount > 0 && (
        <details className={styles["fold"]} open={faultCount <= 30}>
          <summary>
            {faultCount === 1 ? "One thing to look at" : `${inDigits(faultCount)} things to look at`}
          </summary>
          <p className={styles["small"]}>
            Mend them in your file and choose it again, or send it as it is: who cannot be looked for is
            counted, with the reason.
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <section className={styles["scroll"]} aria-label="Rows to look at" tabIndex={0}>
            <table className={styles["faults"]}>
              <thead>
                <tr>
                  <th scope="col">Line</th>
                  <th scope="col">Column</th>
                  <th scope="col">What is wrong, and how to mend it</th>
                </tr>
              </thead>
              <tbody>
                {faults.slice(0, MOST_LISTED).map(({ line, column, reason, remedy, loss }) => (
                  <tr key={`${line} ${column} ${reason}`}>
                    <th scope="row">{inDigits(line)}</th>
                    <td>
                      <code>
                        {column.split("_").map((part, at) => (
                          <Fragment key={part}>
                            {at > 0 && (
                              <>
                                _<wbr />
                              </>
                            )}
                            {part}
                          </Fragment>
                        ))}
                      </code>
                    </td>
                    <td>
                      {capital(reason)}. {remedy}.
                      {loss && <span className={styles["loss"]}>cannot be looked for</span>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {faultCount > MOST_LISTED && (
            <p className={styles["small"]}>
              The first {MOST_LISTED} of {inDigits(faultCount)}.
            </p>
          )}
        </details>
      )}
    </section>
  );
}

/** "20 were in the file twice", "1 was in the file twice". */
const ofSome = (people: number, words: string) =>
  `${inDigits(people)} ${people === 1 ? words.replace(/^were /, "was ").replace(/^have /, "has ") : words}`;

/** Why rows cannot be looked for, and how many. */
function lossesOf({ entries }: CohortFile): [words: string, people: number][] {
  const people = new Map<string, number>();
  for (const { loss } of entries) {
    if (loss !== null) people.set(LOSS_WORDS[loss], (people.get(LOSS_WORDS[loss]) ?? 0) + 1);
  }
  return [...people];
}
