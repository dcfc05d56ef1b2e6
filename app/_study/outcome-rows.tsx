/**
 * Every outcome that was asked, in the order of the plan: both groups, the difference with its interval on a scale of its
 * own, which way it points and p. What is too small to show is named, too.
 */
import { capital, countInWords } from "../../server/domain/impact/words";
import type { ReportEffect, ReportNumbers } from "../../server/domain/lab/report-numbers";
import { endsOf, intervalWords, pWords, told, VERDICT_WORDS } from "../../server/domain/lab/report-words";
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
        {testsRun === 1 ? "One test was run." : `${capital(countInWords(testsRun))} tests were run in all.`}
        {correctedSentence(effects)}
      </p>
    </section>
  );
}

function Row({ effect }: { effect: ReportEffect }) {
  const words = intervalWords(effect);
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
      </td>
    </tr>
  );
}

const wayOf = (effect: ReportEffect): string => {
  const { less, more } = endsOf(effect);
  return capital(effect.verdict === "fewer" ? less : more);
};

/** p of the same tests, corrected for there being several. */
function correctedSentence(effects: readonly ReportEffect[]): string {
  const corrected = effects.flatMap((each) => (each.corrected === null ? [] : [each.corrected]));
  if (corrected.length === 0) return "";
  const said = corrected.map((p) => (p < 0.01 ? "less than 0.01" : String(p)));
  return ` Corrected for there being several outcomes, in the same order: p = ${said.join(", ")}.`;
}
