/**
 * Every outcome that was asked, in the order of the plan: both groups, the difference with its interval on a scale of its
 * own, which way it points and p. What is too small to show is named, too.
 */

import { countInWords } from "../../server/domain/impact/words";
import type { ReportEffect, ReportNumbers } from "../../server/domain/lab/report-numbers";
import {
  correctedWords,
  endsOf,
  intervalWords,
  pWords,
  told,
  VERDICT_WORDS,
  WHICH_P,
} from "../../server/domain/lab/report-words";
import { capital } from "../../server/domain/label-text";
import { OutcomeLine } from "../_ui/charts/lab-outcome-line";
import styles from "./outcome-rows.module.css";

const UNIT: Readonly<Record<ReportEffect["unit"], string>> = {
  "per-100": "in every 100 people",
  days: "days, of those it happened to",
  points: "on average",
};

export function OutcomeRows({ numbers }: { numbers: ReportNumbers }) {
  const { effects, notTold, testsRun } = numbers;
  const asked = effects.length + notTold.length;
  return (
    <section aria-labelledby="outcomes">
      <h2 id="outcomes" className={styles["title"]}>
        {asked === 1 ? "One outcome" : `${capital(countInWords(asked))} outcomes`}, fixed before the results
        were seen
      </h2>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">Outcome</th>
            <th scope="col">Took part</th>
            <th scope="col">Similar</th>
            <th scope="col">Difference, with its 95% interval</th>
            <th scope="col">Which way</th>
          </tr>
        </thead>
        <tbody>
          {effects.map((effect) => (
            <Row key={effect.outcome} effect={effect} />
          ))}
          {notTold.map(({ outcome, label }) => (
            <tr key={outcome}>
              <th scope="row">{label}</th>
              <td colSpan={4} className={styles["none"]}>
                Not shown: a number behind it is too small.
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles["foot"]}>
        Each line has its own scale, with no difference at the dashed line. A hollow point is not clear.{" "}
        {testsRun === 1
          ? "One question was asked of the records."
          : `${capital(countInWords(testsRun))} questions were asked of the records in all: each outcome, by each way of comparing and for each group.`}
        {effects.some(({ corrected }) => corrected !== null) && ` ${WHICH_P}`}
      </p>
    </section>
  );
}

function Row({ effect }: { effect: ReportEffect }) {
  const words = intervalWords(effect);
  const corrected = correctedWords(effect);
  return (
    <tr>
      <th scope="row">
        {effect.label}
        <small>{UNIT[effect.unit]}</small>
      </th>
      <td data-label="Took part" className={styles["number"]}>
        {told(effect.treated)}
      </td>
      <td data-label="Similar" className={styles["number"]}>
        {told(effect.comparison)}
      </td>
      <td className={styles["line"]}>
        <OutcomeLine
          of={effect}
          clear={effect.verdict !== "not-clear"}
          label={`Difference ${words}`}
          words={words}
        />
      </td>
      <td className={styles["way"]}>
        <b>{effect.verdict === "not-clear" ? VERDICT_WORDS["not-clear"] : wayOf(effect)}</b>
        <small>{pWords(effect.p)}</small>
        {corrected && <small>{corrected}</small>}
      </td>
    </tr>
  );
}

const wayOf = (effect: ReportEffect): string => {
  const { less, more } = endsOf(effect);
  return capital(effect.verdict === "fewer" ? less : more);
};
