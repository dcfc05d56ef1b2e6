/**
 * What a steward sees of two records, masked by the linker before it is kept: initials and lengths, month and year of
 * birth, postcode sector, the last two digits of a telephone number, of an identifier only that it is there, and weights
 * to half a bit. No full name, date or number is in it (link-masking.test.ts tries to find one), so nothing that shows it
 * can leak one.
 */

import { IDENTIFIER_KINDS, IDENTIFIER_LABELS } from "./identifiers";
import type { Likeness, MaskedComparison, MaskedParting, MaskedRow, Shown } from "./link-review";
import { compareRecords, FIELDS, type Field, LEVELS, type Levels } from "./linking/comparison";
import { labelOf, VETO_WORDS, wordsOf } from "./linking/level-words";
import type { Score, Thresholds } from "./linking/model";
import type { LinkRecord } from "./linking/record";
import type { Day } from "./period";

/** What the comparison needs to know of the model that weighed the pair. */
export interface WeighedBy {
  version: string;
  /** The day on which it was estimated; null for the one that ships. */
  madeOn: Day | null;
  prior: number;
  thresholds: Thresholds;
}

/** The masked comparison of two records, from their score. */
export function maskedComparison(
  a: LinkRecord,
  b: LinkRecord,
  score: Pick<Score, "parts" | "vetoes">,
  model: WeighedBy,
): MaskedComparison {
  const levels = new Map(score.parts.map(({ field, level }) => [field, level]));
  const rows = [
    ...nameRows(a, b, levels),
    birthRow(a, b, levels.get("dateOfBirth")),
    row("Sex", a, b, sexOf, tagOf("sex", levels.get("sex"))),
    row("Place", a, b, placeOf, tagOf("place", levels.get("place"))),
    row(
      "Phone",
      a,
      b,
      ({ phones }) => pairable(phones, a, b, "phones", phoneEnding),
      tagOf("phone", levels.get("phone")),
    ),
    row(
      "E-mail",
      a,
      b,
      ({ emails }) => pairable(emails, a, b, "emails", mailEnding),
      tagOf("email", levels.get("email")),
    ),
    ...identifierRows(a, b),
  ];
  const weightOf = (probability: number) => Math.log2(probability / (1 - probability));
  return {
    initials: [a.givenNames[0] ?? b.givenNames[0], a.familyNames[0] ?? b.familyNames[0]]
      .map((word) => initialOf(word ?? ""))
      .join(" "),
    place: sectorOf(a.postcode) ?? sectorOf(b.postcode) ?? "no address",
    rows,
    prior: roundedWeight(model.prior),
    parts: score.parts.map(({ field, level, weight }) => ({
      label: labelOf(field),
      words: partWords(field, level, roundedWeight(weight)),
      weight: roundedWeight(weight),
    })),
    missing: rows.filter((each) => each.likeness === "cannot").map(({ label }) => label),
    vetoes: [...new Set(score.vetoes.map(({ rule }) => VETO_WORDS[rule].sentence))],
    reviewFrom: weightOf(model.thresholds.review),
    linkFrom: weightOf(model.thresholds.link),
    model: { version: model.version, madeOn: model.madeOn },
    parting: { pairs: [] },
  };
}

/**
 * In which details two records agree and differ that "same" would part: no more of them than that, for one at least is
 * not among those that the steward was given to look at.
 */
export function maskedAgreement(levels: Levels): Pick<MaskedParting, "agree" | "differ"> {
  const found = FIELDS.flatMap((field) => {
    const level = levels[field];
    const words = level ? wordsOf(field, level) : undefined;
    return words ? [{ label: labelOf(field), likeness: words.likeness }] : [];
  });
  const labelled = (isWanted: (likeness: Likeness) => boolean) => [
    ...new Set(found.filter(({ likeness }) => isWanted(likeness)).map(({ label }) => label)),
  ];
  return {
    agree: labelled((likeness) => likeness === "same" || likeness === "near"),
    differ: labelled((likeness) => likeness === "different"),
  };
}

/**
 * A weight to half a bit. How common a name is stands in its weight: in full it would tell names of one initial and
 * length apart, which is to say the name.
 */
export function roundedWeight(weight: number): number {
  // Adding nought makes a plain nought of minus nought.
  return Math.round(2 * weight) / 2 + 0;
}

/** What of a comparison is evidence: another text means that the records changed, not only how they are weighed. */
export function evidenceText({ rows, vetoes }: MaskedComparison): string {
  return JSON.stringify([rows.map(({ label, a, b, words }) => [label, a.text, b.text, words]), vetoes]);
}

/* Masking. */

const DOT = "•";
const NOT_GIVEN: Shown = { text: "not given", spoken: "not given" };
const ON_FILE: Shown = { text: "on file", spoken: "on file" };

/** The first letter of a name of two letters or more: of a name of one letter it would be the whole. */
const initialOf = (word: string) => {
  const letters = [...word];
  return letters.length > 1 ? (letters[0] ?? "").toLocaleUpperCase("en-GB") : DOT;
};

function maskedName(words: readonly string[]): Shown {
  if (words.length === 0) return NOT_GIVEN;
  const spoken = words.map((word) => {
    const more = [...word].length - 1;
    return more === 0
      ? "one letter"
      : `${initialOf(word)} and ${more} more ${more === 1 ? "letter" : "letters"}`;
  });
  return {
    text: words.map((word) => initialOf(word) + DOT.repeat([...word].length - 1)).join(" "),
    spoken: spoken.join(", "),
  };
}

const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);

/** Month and year; the year alone where the month would give the day away. */
function maskedBirth(date: string | null, isMonthShown: boolean): Shown {
  if (date === null) return NOT_GIVEN;
  const [year = "", month = ""] = date.split("-");
  const name = isMonthShown ? MONTHS[Number(month) - 1] : undefined;
  const text = name ? `${DOT}${DOT} ${name} ${year}` : `${DOT}${DOT} ${DOT}${DOT} ${year}`;
  return { text, spoken: name ? `${name} ${year}, day hidden` : `${year}, day and month hidden` };
}

const SECTOR = /^([A-Z]{1,2}\d[A-Z\d]?)(?: (\d)(?:[A-Z]{2})?)?$/;

/** "SR4 6" of "SR4 6XY", or what there is of it; null when there is no such text. */
function sectorOf(postcode: string | null): string | null {
  const [, district, sector] = SECTOR.exec(postcode ?? "") ?? [];
  if (district === undefined) return null;
  return sector === undefined ? district : `${district} ${sector}`;
}

function placeOf({ postcode, address }: LinkRecord): Shown {
  const sector = sectorOf(postcode);
  if (sector === null) return postcode === null && address === null ? NOT_GIVEN : ON_FILE;
  return { text: sector, spoken: sector };
}

const sexOf = ({ sex }: LinkRecord): Shown => {
  if (sex === null) return NOT_GIVEN;
  const text = { female: "Female", male: "Male", other: "Other" }[sex];
  return { text, spoken: text };
};

/** The last two digits, of a number long enough to hide behind them. */
const phoneEnding = (phone: string): Shown =>
  phone.length < 6
    ? ON_FILE
    : { text: `ends ${DOT}${DOT}${phone.slice(-2)}`, spoken: `ends in ${[...phone.slice(-2)].join(" ")}` };

/** The first letter and the ending: "d•••@•••.uk". */
const mailEnding = (mail: string): Shown => {
  const [name = "", domain = ""] = mail.split("@");
  const ending = domain.split(".").at(-1) ?? "";
  const initial = initialOf(name).toLocaleLowerCase("en-GB");
  return {
    text: `${initial}${DOT.repeat(3)}@${DOT.repeat(3)}.${ending}`,
    spoken: `begins with ${initial === DOT ? "one letter" : initial}, ends in ${ending}`,
  };
};

/** Of several numbers the one that both have, else the first. */
function pairable(
  values: readonly string[],
  a: LinkRecord,
  b: LinkRecord,
  of: "phones" | "emails",
  mask: (value: string) => Shown,
): Shown {
  const value = values.find((each) => a[of].includes(each) && b[of].includes(each)) ?? values[0];
  return value === undefined ? NOT_GIVEN : mask(value);
}

/* Rows. */

interface Tag {
  likeness: Likeness;
  words: string;
}

const CANNOT: Tag = { likeness: "cannot", words: "Cannot compare" };

const row = (
  label: string,
  a: LinkRecord,
  b: LinkRecord,
  of: (record: LinkRecord) => Shown,
  { likeness, words }: Tag,
): MaskedRow => ({ label, a: of(a), b: of(b), likeness, words });

function nameRows(a: LinkRecord, b: LinkRecord, levels: ReadonlyMap<Field, string>): MaskedRow[] {
  const family = tagOf("familyName", levels.get("familyName") ?? levels.get("womansFamilyName"));
  const given: Tag = compareRecords(a, b).exchanged
    ? { likeness: "near", words: "Given and family name exchanged" }
    : tagOf("givenName", levels.get("givenName"));
  const middle =
    a.givenNames.length > 1 || b.givenNames.length > 1
      ? [
          row(
            "Middle name",
            a,
            b,
            ({ givenNames }) => maskedName(givenNames.slice(1)),
            tagOf("middleName", levels.get("middleName")),
          ),
        ]
      : [];
  return [
    row("Given name", a, b, ({ givenNames }) => maskedName(givenNames.slice(0, 1)), given),
    ...middle,
    row("Family name", a, b, ({ familyNames }) => maskedName(familyNames), family),
  ];
}

function birthRow(a: LinkRecord, b: LinkRecord, level: string | undefined): MaskedRow {
  // Day and month exchanged: each month is the other's day. A first of January says its own day.
  const isMonthShown = level !== "exchanged" && level !== "first-of-january";
  const of = ({ dateOfBirth }: LinkRecord) => maskedBirth(dateOfBirth, isMonthShown);
  return row("Birth date", a, b, of, tagOf("dateOfBirth", level));
}

/** A line for each kind that either side has: only whether it is there, and whether the two are the same. */
function identifierRows(a: LinkRecord, b: LinkRecord): MaskedRow[] {
  return IDENTIFIER_KINDS.flatMap((kind) => {
    const valuesOf = ({ identifiers }: LinkRecord) =>
      identifiers.filter((each) => each.kind === kind).map(({ value }) => value);
    const [one, other] = [valuesOf(a), valuesOf(b)];
    if (one.length + other.length === 0) return [];
    const tag: Tag =
      one.length === 0 || other.length === 0
        ? CANNOT
        : one.some((value) => other.includes(value))
          ? { likeness: "same", words: "Same" }
          : { likeness: "different", words: "Clash: two different numbers" };
    const of = (record: LinkRecord) => (valuesOf(record).length > 0 ? ON_FILE : NOT_GIVEN);
    return [row(IDENTIFIER_LABELS[kind], a, b, of, tag)];
  });
}

/* Words. */

function tagOf(field: Field, level: string | undefined): Tag {
  const found = level === undefined ? undefined : wordsOf(field, level);
  return found ? { likeness: found.likeness, words: found.tag } : CANNOT;
}

/** Fields where being the same says more of a rare value; from these weights on it is called rare, or common. */
const RARITY_FIELDS: readonly Field[] = ["givenName", "familyName", "womansFamilyName"];
const RARE_FROM = 9;
const COMMON_BELOW = 6;

function partWords(field: Field, level: string, weight: number): string {
  const words = wordsOf(field, level)?.tag ?? level;
  const said = words.charAt(0).toLocaleLowerCase("en-GB") + words.slice(1);
  if (level !== LEVELS[field][0] || !RARITY_FIELDS.includes(field)) return said;
  if (weight >= RARE_FROM) return `${said}, rare`;
  return weight < COMMON_BELOW ? `${said}, common` : said;
}
