/**
 * What a study says, in fixed sentences: one template for fewer, one for more, one for not clear, and none that says more
 * than the interval beside it. A claim is always of people like those compared, never of a cause; what is not clear is
 * never said to be nothing. The same numbers make the same words.
 */

import { listInWords, text } from "../impact/words";
import { capital } from "../label-text";
import { inDigits } from "../number-text";
import { dayInWords } from "../period";
import { lossesBefore } from "./attrition";
import { isSent, type StudyFacts } from "./report-facts";
import type { Few, ReportEffect, ReportNumbers, Verdict } from "./report-numbers";
import { EXCLUSION_WORDS } from "./study";

/** In every report, on every page that shows one, and in every file. */
export const NOT_COMPARABLE = "This report must not be compared with other reports.";

/** What is never the same as no effect. */
export const NOT_CLEAR = "Not clear is not the same as no effect.";

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  fewer: "Fewer",
  more: "More",
  "not-clear": "Not clear",
};

type Worded = Pick<StudyFacts, "intervention">;

/** A number with a true minus sign and its thousands told apart: "−12", "1,140", "0.4". */
export const told = (value: number): string => {
  const [whole = "0", rest] = String(Math.abs(value)).split(".");
  return `${value < 0 ? "−" : ""}${inDigits(Number(whole))}${rest === undefined ? "" : `.${rest}`}`;
};

/** "−12 (−19 to −5)". */
export const intervalWords = ({ difference, low, high }: Pick<ReportEffect, "difference" | "low" | "high">) =>
  `${told(difference)} (${told(low)} to ${told(high)})`;

/** Below this, p is not told more closely: what stands behind it is rounded. */
const LEAST_P = 0.01;

/** p as it stands in a cell: "0.034", "less than 0.01". */
export const pCell = (p: number): string =>
  p < LEAST_P ? `less than ${LEAST_P}` : String(Number(p.toPrecision(2)));

/** "p = 0.034", "p is less than 0.01", and in words where the groups came out the same. */
export const pWords = (p: number): string =>
  p === 1 ? "the same in both groups (p is 1)" : p < LEAST_P ? `p is ${pCell(p)}` : `p = ${pCell(p)}`;

/** p with several outcomes asked of the same people; null for one that was asked alone. */
export const correctedWords = ({ corrected }: Pick<ReportEffect, "corrected">): string | null =>
  corrected === null ? null : `read with the others: ${pCell(corrected)}`;

/** Which p counts for what, where there are several outcomes. */
export const WHICH_P =
  "The main outcome was named before any result and is tested once, so its own p counts. To read all the outcomes together, go by the p “read with the others”. It allows for asking several things at once.";

/** "160 people", "fewer than 10 people, or none". */
export const fewWords = (people: Few): string =>
  people === null ? "fewer than 10 people, or none" : `${inDigits(people)} people`;

/** What a number of an effect is of: "in every 100 people", "days", "". */
const unitWords = ({ unit }: Pick<ReportEffect, "unit">) =>
  unit === "per-100" ? "in every 100 people" : unit === "days" ? "days" : "";

/** What less and more of an outcome are called, and the middle. */
export function endsOf({ unit }: Pick<ReportEffect, "unit">): { less: string; none: string; more: string } {
  if (unit === "per-100") return { less: "fewer", none: "same", more: "more" };
  return unit === "days"
    ? { less: "days sooner", none: "same", more: "days later" }
    : { less: "lower", none: "same", more: "higher" };
}

/** Both groups in one sentence: "Of every 100 people who had a Wear mentor, 31 went on to reoffend within a year. Of 100 similar people, 43 did." */
export function bothSentence(effect: ReportEffect, { intervention }: Worded): string {
  const { treated, comparison, label, verb } = effect;
  switch (effect.type) {
    case "binary":
      return `Of every 100 people who ${intervention}, ${told(treated)} went on to ${verb}. Of 100 similar people, ${told(comparison)} did.`;
    case "count":
      return `${label}: ${told(treated)} for every 100 people who ${intervention}, and ${told(comparison)} for every 100 similar people.`;
    case "time":
      return `${label}: ${told(treated)} days on average for people who ${intervention}, and ${told(comparison)} days for similar people. This is only of those it happened to.`;
    case "number":
      return `${label}: ${told(treated)} on average for people who ${intervention}, and ${told(comparison)} for similar people.`;
  }
}

/** The range in which the true difference is likely to lie, in words of one direction where it has one. */
export function rangeSentence(effect: ReportEffect): string {
  const { low, high, verdict } = effect;
  const { less, more } = endsOf(effect);
  const unit = effect.unit === "per-100" ? ` ${unitWords(effect)}` : "";
  const [small, large] = [Math.min(Math.abs(low), Math.abs(high)), Math.max(Math.abs(low), Math.abs(high))];
  if (verdict !== "not-clear") {
    const way = verdict === "fewer" ? less : more;
    return small === large
      ? `The difference is likely to be about ${told(small)} ${way}${unit}.`
      : `The difference is likely to be between ${told(small)} and ${told(large)} ${way}${unit}.`;
  }
  const end = (value: number) =>
    value === 0 ? "no difference" : `${told(Math.abs(value))} ${value < 0 ? less : more}`;
  if (low === 0 && high === 0) return `The difference is likely to be less than one${unit}, either way.`;
  const range = `The true difference is likely to lie between ${end(low)} and ${end(high)}${unit}.`;
  return low === 0 || high === 0 ? `${range} This range just reaches no difference.` : range;
}

/** What the verdict lets one say: of people who took part beside similar people, never of what made it so. */
export function verdictSentence(effect: ReportEffect, { intervention }: Worded): string {
  const { verdict, verb, label, type } = effect;
  const who = `People who ${intervention}`;
  if (verdict === "not-clear") {
    return type === "binary"
      ? `We cannot tell whether people who ${intervention} were more or less likely to ${verb} than similar people.`
      : `${label}: we cannot tell whether this was higher or lower for people who ${intervention} than for similar people.`;
  }
  const isFewer = verdict === "fewer";
  switch (type) {
    case "binary":
      return `${who} were ${isFewer ? "less" : "more"} likely to ${verb} than similar people who did not take part.`;
    case "count":
    case "number":
      return `${label}: ${isFewer ? "lower" : "higher"} for people who ${intervention} than for similar people.`;
    case "time":
      return `${label}: among those it happened to, it came ${isFewer ? "sooner" : "later"} for people who ${intervention} than for similar people.`;
  }
}

/** About how many people it would need; null where it showed. */
export function neededSentence({
  verdict,
  needed,
  difference,
  nComparison,
  worth,
}: ReportEffect): string | null {
  if (verdict !== "not-clear") return null;
  if (needed !== null) {
    // The planner knows only how many people are in the records, not for how much they count once they are matched.
    return text([
      `For a difference of this size to show, about ${inDigits(needed)} people would have to take part and be compared.`,
      worth !== null && nComparison !== null && worth < nComparison
        ? `The planner may have said fewer. It counts all similar people in full, and here they tell only as much as ${inDigits(worth)}.`
        : null,
    ]);
  }
  return difference === 0
    ? "The two groups came out the same, so more people may not make it any clearer."
    : "More people would have to take part than any one service has for a difference of this size to show.";
}

/** Everything that is said of one effect, in order. */
export const effectSentences = (effect: ReportEffect, facts: Worded): string =>
  text([
    verdictSentence(effect, facts),
    rangeSentence(effect),
    effect.verdict === "not-clear" ? NOT_CLEAR : null,
    neededSentence(effect),
  ]);

const headlineOf = ({ noHeadline, effects }: ReportNumbers): ReportEffect | null =>
  noHeadline === null ? (effects[0] ?? null) : null;

/** What the report is called: its headline as numbers, or why there is none. */
export function reportTitle(numbers: ReportNumbers, facts: Worded): string {
  const headline = headlineOf(numbers);
  if (headline) return bothSentence(headline, facts).replace(/ This is only of those it happened to\.$/, "");
  return numbers.noHeadline === "small-numbers"
    ? "Too few people for a headline"
    : "No result: the two groups were too different to compare";
}

/** Under the title: what it comes to, and how much of the cohort it is of. */
export function reportLead(numbers: ReportNumbers, facts: StudyFacts): string {
  const headline = headlineOf(numbers);
  return text([
    headline ? effectSentences(headline, facts) : noHeadlineSentence(numbers),
    alikeSentence(numbers),
    lossSentence(numbers, facts),
  ]);
}

/** Why there is no headline; null when there is one. */
export function noHeadlineSentence({ noHeadline }: ReportNumbers): string | null {
  if (noHeadline === "red-balance") {
    return "People who took part and those we found to compare them with were too different in things that matter. A difference between them would say more about who they are than about the service. So we give no result. This says nothing about the service, good or bad.";
  }
  return noHeadline === "small-numbers"
    ? "A number behind the headline is too small to show, or there were too few people for it. So we give no headline. This says nothing about the service, good or bad."
    : null;
}

/** How alike the groups are. */
export function alikeSentence({ band, balance }: ReportNumbers): string | null {
  if (band === "red") return null;
  const things = new Set(balance.map(({ covariate }) => covariate)).size;
  const checked = things === 1 ? "the one thing" : `the ${inDigits(things)} things`;
  return `The two groups were ${band === "green" ? "close" : "fairly close"} on ${checked} we could check.`;
}

type Sent = Pick<StudyFacts, "destroyed">;

/** Of whom a study is. */
const whoOf = (facts: Sent) => (isSent(facts) ? "who were sent" : "who started");

/** How many of those who were sent, or who started, are in the result, in figures. */
export function lossSentence({ attrition }: ReportNumbers, facts: Sent): string {
  const last = attrition.stages.at(-1)?.people ?? null;
  if (attrition.sent === null || last === null) return "Too few people could be compared to say how many.";
  return last >= attrition.sent
    ? `Nearly all of about ${inDigits(attrition.sent)} people ${whoOf(facts)} could be compared.`
    : `About ${inDigits(last)} of about ${inDigits(attrition.sent)} people ${whoOf(facts)} could be compared.`;
}

/**
 * Who was lost before a stage, by reason: "10 were not found in the records", and at the end the reasons that hold for
 * too few people for a number. Every reason is named: that one is not would tell that nobody was lost for it.
 */
export function lostWords(losses: ReportNumbers["attrition"]["losses"], stage: string): string[] {
  const reasons = losses.filter(({ loss }) => lossesBefore(stage).includes(loss));
  const hidden = reasons.filter(({ people }) => people === null).map(({ words }) => words);
  return [
    ...reasons.flatMap(({ words, people }) => (people === null ? [] : [`${inDigits(people)} ${words}`])),
    ...(hidden.length > 0
      ? [`${hidden.length > 1 ? "each " : ""}fewer than 10, or none: ${hidden.join("; ")}`]
      : []),
  ];
}

/** What may be said of the study elsewhere, word for word. */
export function whatYouCanSay(numbers: ReportNumbers, facts: StudyFacts): string[] {
  const reason = noHeadlineSentence(numbers);
  const compared = isSent(facts) ? "We sent our records to be compared." : "Our records were compared.";
  if (numbers.noHeadline === "red-balance") {
    return [`“${compared} The groups were too different, so there is no result.”`];
  }
  const said = numbers.effects.map((effect) =>
    effect.verdict === "not-clear"
      ? `“${verdictSentence(effect, facts)} ${rangeSentence(effect)} ${NOT_CLEAR}”`
      : `“${verdictSentence(effect, facts)} ${rangeSentence(effect)}”`,
  );
  return reason && said.length === 0 ? [`“${compared} There were too few people for a result.”`] : said;
}

/** What may not be said of it, and why. */
export function whatYouCannotSay(numbers: ReportNumbers, facts: StudyFacts): string[] {
  const { effects, attrition } = numbers;
  const last = attrition.stages.at(-1)?.people ?? null;
  const areLost = attrition.sent !== null && (last === null || last < attrition.sent);
  return [
    ...effects
      .filter(({ verdict }) => verdict === "not-clear")
      .map(
        ({ label }) =>
          `That “${label}” did not change. The result is not clear, and that is not the same as no effect.`,
      ),
    ...(effects.some(({ verdict }) => verdict !== "not-clear")
      ? [
          `That the service alone made the difference. The groups may differ in what is not in the data: ${listInWords(facts.dataSet.notMeasured)}.`,
        ]
      : []),
    areLost
      ? `That it is so for everybody. Some of those ${whoOf(facts)} could not be compared, and they may have done better or worse.`
      : "That it is so for everybody. It is about people like these, in this place and at this time.",
    "That one service is better than another. Studies cannot be ranked: each has people of its own.",
  ];
}

/** What limits the result: always the same kinds of limits, in the same order. */
export function limitSentences(numbers: ReportNumbers, facts: StudyFacts): string[] {
  const { dataSet, exclusions } = facts;
  return [
    NOT_COMPARABLE,
    `Not in the data, and so not made alike: ${listInWords(dataSet.notMeasured)}.`,
    exclusions.length > 0
      ? `The organisation says that people of these groups are among those ${whoOf(facts)}: ${listInWords(exclusions.map((each) => EXCLUSION_WORDS[each]))}. Comparing of this kind is thought not to suit them. Read the result as a first sign only.`
      : `The organisation says that nobody of those ${whoOf(facts)} is of a group that comparing of this kind is thought not to suit.`,
    cohortSentence(facts),
    "The result is of those who could be compared. Those who were lost on the way may have done better or worse.",
    `Both groups are followed from the same kind of day: ${dataSet.indexDate}. Those who took part may have started later. What happened before they started counts, too. And whoever never got as far as to start is not among them, which can make them look better than they are.`,
    ...(dataSet.holder === facts.organisation
      ? [
          "The records are the organisation’s own, and the report was signed by one of its own people. Nobody from outside has looked at it.",
        ]
      : []),
    ...(dataSet.notSuitedFor.length > 0
      ? [
          `The holder of the records says what they are not suited for. ${dataSet.notSuitedFor.map((words) => words.replace(/[.;]?\s*$/, ".")).join(" ")}`,
        ]
      : []),
    ...(numbers.notTold.length > 0
      ? [`Too small to show: ${listInWords(numbers.notTold.map(({ label }) => label))}.`]
      : []),
    ...(numbers.again
      ? [
          "Nearly the same people were in an earlier study. Its numbers stand here again, so that nobody can find one person by asking twice.",
        ]
      : []),
  ];
}

/** Who is in the cohort, as the organisation says or as the records have it. */
function cohortSentence(facts: StudyFacts): string {
  const between = `between ${dayInWords(facts.startedFrom)} and ${dayInWords(facts.startedTo)}, whatever became of them`;
  if (!isSent(facts)) return `Everybody whom the records have as starting ${between} is in it.`;
  const butFor = facts.leftOut.length > 0 ? `, but for some: ${listInWords(facts.leftOut)}` : "";
  return facts.wholeCohort
    ? `The organisation says that it sent everybody who started ${between}${butFor}.`
    : "The organisation does not say that it sent everybody who started. Those left out may have done better or worse.";
}

/** How it was done and what the numbers are. */
export function methodSentences(numbers: ReportNumbers, facts: StudyFacts): string[] {
  const { dataSet, countedOn } = facts;
  // These records have no last day of their own: they hold what had happened by the day of the study.
  const isComplete = dataSet.completeTo < countedOn;
  const upTo = isComplete ? dataSet.completeTo : countedOn;
  return [
    `What to ask and how to compare was fixed on ${dayInWords(facts.fixedOn)} by two people, before any result was seen. The mark of that plan is ${facts.planHash.slice(0, 12)}.`,
    isSent(facts)
      ? `Those sent were looked for in the records of ${dataSet.holder}: ${dataSet.name}.`
      : "Who took part is known from the records themselves, so that nobody’s name had to be sent.",
    `The records hold ${dataSet.population}, with what happened up to ${dayInWords(upTo)}.`,
    "Each person who was found is compared with people of the same records who did not take part and who were alike on the day they are followed from.",
    `Numbers of people are rounded to the nearest 5 with a small planned error, and fewer than 10 is never shown. Rates and differences are made of those numbers. The 95% ranges are wider for it: they hold the true difference about 95 times in 100.`,
    "A difference is called fewer or more only where its whole range lies on one side of no difference.",
    numbers.testsRun === 0
      ? "Nothing was asked of the records: the groups are too unlike."
      : numbers.testsRun === 1
        ? "We asked the records one question, and its answer is shown."
        : `We asked the records ${inDigits(numbers.testsRun)} questions in all: each outcome, by each way of comparing and for each group. If nothing were different, about one in twenty would still look clear by chance alone.`,
    ...(facts.destroyed
      ? [
          `The names that were sent were destroyed on ${dayInWords(facts.destroyed.on)}. The mark of what was destroyed is ${facts.destroyed.sha256.slice(0, 12)}.`,
        ]
      : []),
  ];
}

/** "People who started from 1 January 2023 to 31 December 2024". */
export const cohortWords = ({
  startedFrom,
  startedTo,
}: Pick<StudyFacts, "startedFrom" | "startedTo">): string =>
  capital(`people who started from ${dayInWords(startedFrom)} to ${dayInWords(startedTo)}`);
