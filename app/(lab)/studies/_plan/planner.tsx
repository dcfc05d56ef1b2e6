"use client";
/**
 * What a study of this size could see at all, beside every step, so that it is known before names are sent and not
 * after: the smallest difference that would show, and how many people a smaller one needs.
 */
import { useState } from "react";
import { peopleInWords } from "../../../../server/domain/impact/words";
import { FEWEST_WITH_OUTCOME } from "../../../../server/domain/lab/deliberate-error";
import { type Outlook, outlookOf, roughlyUp, USUAL } from "../../../../server/domain/lab/planner";
import { FEWEST_MATCHED, FEWEST_SENT } from "../../../../server/domain/lab/study";
import { inDigits } from "../../../../server/domain/number-text";
import styles from "./planner.module.css";
import { WholeNumber } from "./whole-number";

interface PlannerProps {
  /** People who should be in the file; null while the plan does not say. */
  people: number | null;
  /** What the headline looks for: "reoffend within a year". */
  verb: string | null;
  better: "fewer" | "more";
}

const IN_100 = 100;

export function Planner({ people, verb, better }: PlannerProps) {
  const [typed, setTyped] = useState<number | null>(null);
  const [kept, setKept] = useState<number>(USUAL.kept);
  const [baseRate, setBaseRate] = useState<number>(USUAL.baseRate);
  const sent = typed ?? people ?? USUAL.sent;
  const outlook = outlookOf({ ...USUAL, sent, kept, baseRate, towards: better });
  return (
    <section className={styles["planner"]} aria-labelledby="planner">
      <h2 id="planner" className={styles["title"]}>
        What you could see
      </h2>
      <p className={styles["sentence"]} role="status">
        {sentenceOf(sent, outlook)}
      </p>
      <Scale outlook={outlook} />
      <p className={styles["small"]}>{meaningOf(outlook)}</p>
      <details className={styles["fold"]}>
        <summary>Try other numbers</summary>
        <div className={styles["fields"]}>
          <WholeNumber
            label="People in the file"
            value={typed ?? people ?? null}
            onChange={(value) => setTyped(value)}
          />
          <Share
            label="Of 100, how many can be found and matched"
            hint="In two published studies 70 and 22. The rest are lost on the way."
            value={kept}
            onChange={setKept}
          />
          <Share
            label={`Of 100 similar people, how many ${verb ?? "have the outcome"} anyway`}
            hint="A guess will do."
            value={baseRate}
            onChange={setBaseRate}
          />
        </div>
      </details>
      <Likely outlook={outlook} sent={sent} />
    </section>
  );
}

interface CouldSeeProps {
  people: number | null;
  better: "fewer" | "more";
}

/** What the planner says of a plan as it stands, for whoever reads the plan and not the planner. */
export function CouldSee({ people, better }: CouldSeeProps) {
  if (people === null) return null;
  const outlook = outlookOf({ ...USUAL, sent: people, towards: better });
  return (
    <>
      <p className={styles["sentence"]}>{sentenceOf(people, outlook)}</p>
      <p className={styles["small"]}>{meaningOf(outlook)}</p>
    </>
  );
}

/** "With 212 people you could see a difference of about 11 in 100." */
function sentenceOf(sent: number, { smallest, reach }: Outlook) {
  const with_ = <>With {peopleInWords(sent)}</>;
  if (sent < FEWEST_SENT) {
    return (
      <>
        {with_} <b>no study can be made</b>: it needs {FEWEST_SENT}.
      </>
    );
  }
  if (reach === "too-rare") {
    return (
      <>
        {with_} <b>nothing could be shown</b>: at least {FEWEST_WITH_OUTCOME} must have the outcome, and as
        many must not.
      </>
    );
  }
  if (reach === "too-few" || smallest === null) {
    return (
      <>
        {with_} <b>too few would be left</b>: at least {FEWEST_MATCHED} must be matched.
      </>
    );
  }
  return (
    <>
      {with_} you could see a difference of about <b>{Math.ceil(smallest * IN_100)} in 100</b> or more.
    </>
  );
}

function meaningOf({ reach }: Outlook): string {
  switch (reach) {
    case "too-few":
    case "too-rare":
      return `Wait until more have started, or put two years together.`;
    case "large":
      return "Most programmes make a difference of 2 to 6 in 100. Yours would have to do better than that to show. If it does not show, that is not the same as no effect.";
    case "some":
      return "Most programmes make a difference of 2 to 6 in 100. A difference at the upper end of that would show.";
    case "most":
      return "Most programmes make a difference of 2 to 6 in 100. A difference of that size would show.";
  }
}

/** A line from none to 20 in a hundred, with what programmes usually do and what could be seen. */
function Scale({ outlook: { smallest, reach } }: { outlook: Outlook }) {
  if (smallest === null || reach === "too-few" || reach === "too-rare") return null;
  const most = Math.max(20, Math.ceil((smallest * IN_100) / 10) * 10);
  const at = (value: number) => `${(value / most) * 100}%`;
  const seen = Math.ceil(smallest * IN_100);
  return (
    <div className={styles["scale"]} aria-hidden="true">
      <div className={styles["track"]}>
        <span className={styles["usual"]} style={{ left: at(2), width: at(4) }} />
        <span className={styles["seen"]} style={{ left: at(seen), width: `calc(100% - ${at(seen)})` }} />
      </div>
      <div className={styles["ends"]}>
        <span>0</span>
        <span>{most} in 100</span>
      </div>
      <ul className={styles["keys"]}>
        <li data-kind="usual">what programmes usually do</li>
        <li data-kind="seen">what would show</li>
      </ul>
    </div>
  );
}

interface ShareProps {
  label: string;
  hint: string;
  value: number;
  onChange(value: number): void;
}

function Share({ label, hint, value, onChange }: ShareProps) {
  const shown = Math.round(value * IN_100);
  return (
    <div className={styles["share"]}>
      <p>
        {label}: <b>{shown}</b>
      </p>
      <input
        type="range"
        min={5}
        max={95}
        step={5}
        value={shown}
        aria-label={label}
        onChange={(event) => onChange(Number(event.currentTarget.value) / IN_100)}
      />
      <p className={styles["small"]}>{hint}</p>
    </div>
  );
}

/** How many people it would take to see what programmes usually do, and how many cohorts like this one that is. */
function Likely({ outlook, sent }: { outlook: Outlook; sent: number }) {
  if (sent < FEWEST_SENT) return null;
  return (
    <table className={styles["table"]}>
      <caption>To see a smaller difference</caption>
      <thead>
        <tr>
          <th scope="col">Difference</th>
          <th scope="col">People needed</th>
          <th scope="col">Cohorts like this</th>
        </tr>
      </thead>
      <tbody>
        {[...outlook.likely].reverse().map(({ difference, participants, cohorts }) => (
          <tr key={difference}>
            <th scope="row">{Math.round(difference * IN_100)} in 100</th>
            <td>{participants === null ? "too many" : inDigits(roughlyUp(participants))}</td>
            <td>{cohorts === null ? "too many" : cohorts === 1 ? "this one" : inDigits(cohorts)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
