/**
 * A codebook as it was written: its text read, and everything in it that does not fit together said by its place. What
 * stands there is never said again: a file that is something else may have been put in its stead.
 */

import type { z } from "zod";
import { Invalid } from "../errors";
import { EXTRACT_COLUMNS } from "../linking/extract";
import { claimIn } from "./claim-words";
import { type Codebook, codebookSchema } from "./codebook";
import { INDEX_DATE } from "./data-set";

/** Reads codebook.json. Throws Invalid with a line for each place that has to be mended. */
export function readCodebook(text: string): Codebook {
  let given: unknown;
  try {
    given = JSON.parse(text.replace(/^\u{feff}/u, ""));
  } catch {
    const first = text.split("\n", 1)[0]?.toLowerCase() ?? "";
    throw new Invalid(
      first.includes("record_id")
        ? "The file given as the codebook is a table. Give the codebook first, then the people, then the events."
        : "codebook.json is not JSON. Check its quotation marks, commas and brackets.",
    );
  }
  const read = codebookSchema.safeParse(given);
  const fields = read.success
    ? { ...claims(read.data), ...contradictions(read.data) }
    : placesOf(read.error.issues);
  if (read.success && Object.keys(fields).length === 0) return read.data;
  throw new Invalid("The codebook cannot be used as it is. Mend these places.", fields);
}

const placesOf = (issues: z.core.$ZodIssue[]): Record<string, string> =>
  Object.fromEntries(issues.map((issue) => [placeOf(issue.path), inPlainWords(issue)]));

const KINDS: Readonly<Record<string, string>> = {
  string: "words in quotation marks",
  number: "a number",
  int: "a whole number",
  array: "a list in square brackets",
  object: "a part in curly brackets",
  record: "a part in curly brackets",
};

/** What to mend at a place, said for the person who writes the codebook. */
function inPlainWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return "Something here is no part of a codebook. Take it out, or check how its name is spelt.";
    case "invalid_type":
      return `This must be there, as ${KINDS[issue.expected] ?? issue.expected}.`;
    case "invalid_value":
      return `This must be one of: ${issue.values.join(", ")}.`;
    case "too_small":
      return issue.origin === "number"
        ? `This number must be ${issue.minimum} or more.`
        : `This is too short. It needs at least ${issue.minimum}${issue.origin === "string" ? " letters" : ""}.`;
    case "too_big":
      return issue.origin === "number"
        ? `This number must be ${issue.maximum} or less.`
        : `This is too long. It may have at most ${issue.maximum}${issue.origin === "string" ? " letters" : ""}.`;
    case "invalid_format":
      return issue.format === "date"
        ? "This must be a day, written as 2025-12-31."
        : "This must be a short name: small letters, numbers and _ only, with a letter first.";
    default:
      return "This cannot be used as it is. Check it against the example.";
  }
}

/** Fields of the codebook and places in its lists. What follows `levels` is a value of the data. */
function placeOf(path: readonly PropertyKey[]): string {
  const values = path.indexOf("levels");
  return (values < 0 ? path : path.slice(0, values + 1)).join(".") || "codebook";
}

/** Words that stand in reports and claim what a comparison cannot show. Values of the data name things as they are. */
function claims({ covariates, events, outcomes, notSuitedFor, notMeasured, ...codebook }: Codebook) {
  const written: readonly (readonly [place: string, words: string])[] = [
    ...(["name", "about", "population", "indexDate"] as const).map(
      (field) => [field, codebook[field]] as const,
    ),
    ...covariates.map(({ label }, at) => [`covariates.${at}.label`, label] as const),
    ...events.map(({ label }, at) => [`events.${at}.label`, label] as const),
    ...outcomes.map(({ label }, at) => [`outcomes.${at}.label`, label] as const),
    ...outcomes.map(({ verb }, at) => [`outcomes.${at}.verb`, verb] as const),
    ...notSuitedFor.map((words, at) => [`notSuitedFor.${at}`, words] as const),
    ...notMeasured.map((words, at) => [`notMeasured.${at}`, words] as const),
  ];
  const claiming = written.filter(([, words]) => claimIn(words) !== null);
  return Object.fromEntries(
    claiming.map(([place]) => [
      place,
      "This claims a cause or a success, which no study can show. Say what happened.",
    ]),
  );
}

/** What fits each field's own rule and still cannot be true together. */
function contradictions(codebook: Codebook): Record<string, string> {
  const { covariates, events, outcomes, from, to, completeTo } = codebook;
  const fields: Record<string, string> = {};
  if (from > to) fields.to = "The last index date is before the first. Check both days.";
  if (completeTo < to) {
    fields.completeTo = "Events must be complete to the last index date at least. Check both days.";
  }
  const taken: readonly string[] = [...EXTRACT_COLUMNS, INDEX_DATE];
  for (const [place, { name, type, levels, lowest, highest }] of covariates.entries()) {
    const at = `covariates.${place}`;
    if (taken.includes(name))
      fields[`${at}.name`] = "A column of this name says who somebody is. Give it another name.";
    if (covariates.findIndex((other) => other.name === name) < place)
      fields[`${at}.name`] = "This name is there twice.";
    if (type === "number" && levels) fields[`${at}.levels`] = "A number has no levels. Leave them out.";
    if (type === "category" && (lowest ?? highest) !== undefined) {
      fields[`${at}.lowest`] = "A category has no lowest or highest value. Leave them out.";
    }
    if (lowest !== undefined && highest !== undefined && lowest > highest) {
      fields[`${at}.highest`] = "The highest value is below the lowest.";
    }
  }
  for (const [place, { kind }] of events.entries()) {
    if (events.findIndex((other) => other.kind === kind) < place) {
      fields[`events.${place}.kind`] = "This kind is there twice.";
    }
  }
  for (const [place, { name, type, kinds }] of outcomes.entries()) {
    const at = `outcomes.${place}`;
    if (outcomes.findIndex((other) => other.name === name) < place)
      fields[`${at}.name`] = "This name is there twice.";
    if (kinds.some((kind) => !events.some((event) => event.kind === kind)))
      fields[`${at}.kinds`] = "There is no event of one of these kinds.";
    const unrated = events.findIndex((event) => kinds.includes(event.kind) && event.severity === undefined);
    if (type === "number" && unrated >= 0) {
      fields[`${at}.kinds`] =
        `An outcome that is a number is how serious the worst event was: give events.${unrated} a severity.`;
    }
  }
  return fields;
}
