/**
 * How a pair's number comes about, in words that an officer can read out: shares as "96 in 100", odds, the main doubt,
 * and who weighed it when.
 */

import { capital, labelInSentence } from "./label-text";
import type { MaskedComparison, MaskedParting, Opinion } from "./link-review";
import { inDigits } from "./number-text";
import { dayInWords } from "./period";

export const OPINION_WORDS: Readonly<Record<Opinion, string>> = {
  same: "Same person",
  different: "Different people",
  "cannot-tell": "Cannot tell",
};

/** "96 in 100"; where that would round to all or none, of 1,000. */
export function inHundred(probability: number): string {
  if (probability >= 0.9995) return "over 999 in 1,000";
  if (probability >= 0.995) return `${Math.round(probability * 1000)} in 1,000`;
  if (probability < 0.005) return "under 1 in 100";
  return `${Math.round(probability * 100)} in 100`;
}

/** "about 96 in 100", "over 999 in 1,000". */
export function about(probability: number): string {
  const words = inHundred(probability);
  return /^\d/.test(words) ? `about ${words}` : words;
}

/** "+9.1", "−13.2": with a true minus sign, so that it is read as one. */
export function signed(weight: number): string {
  const rounded = Math.abs(weight).toFixed(1);
  return `${weight < 0 ? "−" : "+"}${rounded}`;
}

/** A count in two figures, as people say it: 16000 as "16,000", 4.1e6 as "4.1 million". */
export function roundNumber(value: number): string {
  const steps = [
    { from: 1e12, words: " million million" },
    { from: 1e9, words: " thousand million" },
    { from: 1e6, words: " million" },
  ];
  const step = steps.find(({ from }) => value >= from);
  const scaled = value / (step?.from ?? 1);
  if (scaled < 10) return `${Number(scaled.toPrecision(2))}${step?.words ?? ""}`;
  return `${inDigits(Number(scaled.toPrecision(2)))}${step?.words ?? ""}`;
}

/** What speaks most against the pair being one person, as a sentence. */
export function mainDoubt({ parts, missing }: MaskedComparison): string {
  const [worst] = [...parts].sort((a, b) => a.weight - b.weight);
  if (worst && worst.weight < 0) return `The main doubt: ${labelInSentence(worst.label)} (${worst.words}).`;
  if (missing.length > 0) return `Nothing speaks against it, but ${inSentence(missing)} cannot be compared.`;
  return "Nothing that both records hold speaks against it.";
}

/** How the number comes about: a sentence for the start, one for the evidence, one for the result. */
export function explanation(comparison: MaskedComparison, weight: number, probability: number): string[] {
  const { prior, parts } = comparison;
  const evidence = parts.reduce((sum, part) => sum + part.weight, 0);
  const factor = roundNumber(2 ** Math.abs(evidence));
  const odds =
    weight >= 0 ? `${roundNumber(2 ** weight)} to 1 for` : `${roundNumber(2 ** -weight)} to 1 against`;
  return [
    `Of pairs of records taken at random, about 1 in ${roundNumber(1 + 2 ** -prior)} is one person (${signed(prior)}).`,
    `What these two have in common, and where they differ, makes that ${factor} times ${evidence >= 0 ? "likelier" : "less likely"} (${signed(evidence)}).`,
    `Together the odds are ${odds} (${signed(weight)}), which is ${inHundred(probability)}.`,
  ];
}

/** Who weighed the pair. */
export function weigher({ version, madeOn }: MaskedComparison["model"]): string {
  return madeOn === null
    ? `Weighed by the model that comes with the software (${version}), until there are records enough to learn from.`
    : `Weighed by model ${version}, learnt from the records here on ${dayInWords(madeOn)}.`;
}

/** "phone, e-mail and NHS number": labels of details inside a sentence. */
export function inSentence(labels: readonly string[]): string {
  const words = labels.map(labelInSentence);
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

/** Two records that "same" would part, as a sentence: which they are, and in what they agree and differ. */
export function partingInWords(
  { who, agree, differ }: MaskedParting,
  { organisationA, organisationB }: { organisationA: string; organisationB: string },
): string {
  const isOne = organisationA === organisationB;
  const shown = {
    a: isOne ? `the first record of ${organisationA}` : `the record of ${organisationA}`,
    b: isOne ? `the second record of ${organisationB}` : `the record of ${organisationB}`,
  };
  const seen = who.flatMap((one) => (one === "other" ? [] : [shown[one]]));
  const [one, other] = seen;
  const which = !one
    ? "two other records"
    : other
      ? `${one} and ${other}`
      : `${one} and another that is counted with it now`;
  const how = [
    agree.length > 0 ? `they agree in ${inSentence(agree)}` : "",
    differ.length > 0 ? `they differ in ${inSentence(differ)}` : "",
  ].filter((words) => words !== "");
  return `${capital(which)}${how.length > 0 ? `: ${how.join(", ")}` : ""}.`;
}
