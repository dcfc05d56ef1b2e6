/**
 * What a study found, as the organisation, the checker and everybody on the register read it: the sentence, the two
 * groups, the difference with its interval, every outcome that was asked, what may and may not be said, who is in it, how
 * alike the groups are and whether another way would say the same. It needs no script and prints as it stands.
 */
import type { ReactNode } from "react";
import { peopleInWords } from "../../server/domain/impact/words";
import { isSent, type StudyFacts } from "../../server/domain/lab/report-facts";
import type { ReportEffect, ReportNumbers } from "../../server/domain/lab/report-numbers";
import {
  alikePicture,
  curvesPicture,
  FAIR,
  GOOD,
  groupsPicture,
  methodsPicture,
  stagesPicture,
} from "../../server/domain/lab/report-pictures";
import {
  alikeSentence,
  limitSentences,
  lossSentence,
  methodSentences,
  NOT_COMPARABLE,
  noHeadlineSentence,
  reportTitle,
  verdictSentence,
} from "../../server/domain/lab/report-words";
import { inDigits } from "../../server/domain/number-text";
import { Tag } from "../_ui/tag";
import { HeadlinePicture } from "./headline-picture";
import { LabFigure } from "./lab-figure";
import { OutcomeRows } from "./outcome-rows";
import styles from "./study-result.module.css";
import { WhatToSay } from "./what-to-say";

/** What the words of a result need of a study. */
export type ResultFacts = StudyFacts;

interface StudyResultProps {
  numbers: ReportNumbers;
  facts: ResultFacts;
  /** Over the sentence: which study it is, and where it stands. */
  eyebrow: ReactNode;
  /** Beside the result, under what may be said: the plan, the receipt, what can be done. */
  aside: ReactNode;
  /** In the card with what may be said: its one button. */
  action?: ReactNode;
  /** For the organisation itself: people who by its plan should be in the file. */
  planned?: number | null;
}

export function StudyResult({ numbers, facts, eyebrow, aside, action, planned = null }: StudyResultProps) {
  const [headline] = numbers.noHeadline === null ? numbers.effects : [];
  // The pictures stand left of the list of what was compared, which is the longest.
  const hasLeft = numbers.curves !== null || (headline && numbers.grid.length + numbers.subgroups.length > 0);
  return (
    <article className={styles["result"]} aria-label="Result">
      <div className={styles["main"]}>
        <div className={styles["eyebrow"]}>{eyebrow}</div>
        <h1 className={styles["title"]}>{reportTitle(numbers, facts)}</h1>
        <p className={styles["lead"]}>
          {headline ? verdictSentence(headline, facts) : (noHeadlineSentence(numbers) ?? "")}{" "}
          {alikeSentence(numbers)} {lossSentence(numbers, facts)}
        </p>
        {headline && <HeadlinePicture effect={headline} intervention={facts.intervention} />}
        {numbers.effects.length > 0 && <OutcomeRows numbers={numbers} />}
        <WhoIsIn numbers={numbers} planned={planned} facts={facts} />
      </div>
      <div className={styles["aside"]}>
        <WhatToSay numbers={numbers} facts={facts} action={action} />
        {aside}
      </div>
      <div className={styles["below"]}>
        {hasLeft && (
          <div className={styles["column"]}>
            {headline && numbers.grid.length > 0 && <OtherMethods headline={headline} grid={numbers.grid} />}
            {numbers.curves && <HowSoon curves={numbers.curves} />}
            {headline && numbers.subgroups.length > 0 && (
              <Groups headline={headline} groups={numbers.subgroups} />
            )}
          </div>
        )}
        <div className={styles["column"]}>
          <HowAlike numbers={numbers} facts={facts} />
        </div>
      </div>
      <div className={styles["below"]}>
        <Sentences title="How it was done" sentences={methodSentences(numbers, facts)} />
        <Sentences title="What limits it" sentences={limitSentences(numbers, facts)} />
      </div>
      <p className={styles["foot"]}>{NOT_COMPARABLE}</p>
    </article>
  );
}

interface PartProps {
  numbers: ReportNumbers;
}

function WhoIsIn({ numbers, planned, facts }: PartProps & { planned: number | null; facts: ResultFacts }) {
  const { sent } = numbers.attrition;
  return (
    <section aria-labelledby="who-is-in">
      <h2 id="who-is-in">Who is in the result</h2>
      <p className={styles["under"]}>
        {lossSentence(numbers, facts)} Those left out may have done better or worse. The numbers of people are
        rounded on purpose, so that nobody can be known by them.
        {planned !== null && sent !== null && planned !== sent && (
          <>
            {" "}
            Your plan has {peopleInWords(planned)}
            {isSent(facts) && " in the file"}. Rounded like this, that stands here as about {inDigits(sent)}.
          </>
        )}
        {planned !== null &&
          isSent(facts) &&
          " Which rows of your file could not be looked for you were told, line by line, before you sent it."}
      </p>
      <LabFigure picture={stagesPicture(numbers, facts)} wide={720} />
    </section>
  );
}

function OtherMethods({ headline, grid }: { headline: ReportEffect; grid: ReportNumbers["grid"] }) {
  return (
    <section aria-labelledby="other-methods">
      <h2 id="other-methods">Would another method say the same?</h2>
      <p className={styles["under"]}>All that were planned are shown, tidy or not.</p>
      <LabFigure picture={methodsPicture(headline, grid)} />
    </section>
  );
}

function Groups({ headline, groups }: { headline: ReportEffect; groups: ReportNumbers["subgroups"] }) {
  return (
    <section aria-labelledby="groups">
      <h2 id="groups">Group by group</h2>
      <p className={styles["under"]}>
        Fixed in the plan. With several groups, one may look different by chance alone.
      </p>
      <LabFigure picture={groupsPicture(headline, groups)} />
    </section>
  );
}

function HowAlike({ numbers, facts }: PartProps & { facts: ResultFacts }) {
  const picture = alikePicture(numbers);
  const sizes = picture.chart.lines.map(({ after }) => Math.abs(after));
  const [good, fair] = [
    sizes.filter((size) => size <= GOOD).length,
    sizes.filter((size) => size <= FAIR).length,
  ];
  const over = sizes.length - fair;
  return (
    <section aria-labelledby="how-alike">
      <h2 id="how-alike">How alike the two groups are</h2>
      <p className={styles["tags"]}>
        <Tag tone="brand">
          {GOOD} or less: good, {good} of {sizes.length}
        </Tag>
        <Tag tone="wait">
          up to {FAIR}: fair, {fair - good} of {sizes.length}
        </Tag>
        <Tag tone={over > 0 ? "stop" : "plain"}>
          over {FAIR}:{" "}
          {over === 0 ? "none (we would give no result)" : `too far apart, ${over} of ${sizes.length}`}
        </Tag>
      </p>
      <LabFigure picture={picture} />
      <p className={styles["note"]}>
        <b>Not in the data:</b> {facts.dataSet.notMeasured.join(", ")}.
      </p>
    </section>
  );
}

function HowSoon({ curves }: { curves: NonNullable<ReportNumbers["curves"]> }) {
  return (
    <section aria-labelledby="how-soon">
      <h2 id="how-soon">How soon it happened</h2>
      <p className={styles["under"]}>Of every 100 people, how many it had not happened to yet.</p>
      <LabFigure picture={curvesPicture(curves)} />
    </section>
  );
}

function Sentences({ title, sentences }: { title: string; sentences: readonly string[] }) {
  return (
    <section className={styles["sentences"]}>
      <h2>{title}</h2>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
