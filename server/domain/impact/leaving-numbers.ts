/**
 * Numbers in somebody's own words of a summary that leaves. Drafted words are made of figures; words that a person wrote
 * stay as they are, so every number in them must be one that the drafted paper of figures shows, or be harmless: a date, a
 * length of time, an ordinal, what the organisation has of its own. The rule is written in docs/methods/impact.md.
 */

import { ROUNDED_TO, THRESHOLD } from "../disclosure";
import type { Paper, PaperBlock, PaperCell, PaperColumn } from "./paper";
import { type Plan, TEXT_KEYS, type TextKey } from "./plan";

const SMALL =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const PARTS = ["third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

const oneOf = (words: readonly string[]) => `(?:${words.join("|")})`;
/** Longest first: "six" must not be found in "sixteen". */
const SMALL_WORD = oneOf(SMALL.toReversed());
const BELOW_HUNDRED = `(?:${oneOf(TENS)}(?:[- ]?${oneOf(SMALL.slice(1, 10))})?|${SMALL_WORD})`;
const SPELLED = `(?:(?:${BELOW_HUNDRED}|an?)[- ]hundred(?:[- ](?:and[- ])?${BELOW_HUNDRED})?|half a dozen|(?:${BELOW_HUNDRED}|a)[- ]dozen|a couple of|${BELOW_HUNDRED})`;
const DIGITS = "\\d+(?:,\\d{3})*(?:\\.\\d+)?";
const NUMBER = `(?:${DIGITS}|(?<!\\p{L})${SPELLED}(?!\\p{L}))`;

const MONTH =
  "(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)";
const YEAR = "(?:19|20)\\d{2}";
const DAY = "(?:[12]\\d|3[01]|[1-9])";
/** Somebody, or what is counted of them: "2024 people" is no year. */
const SOMEBODY =
  "(?:people|persons?|clients?|wom[ae]n|m[ae]n|mothers?|fathers?|mums?|dads?|parents?|child(?:ren)?|girls?|boys?|daughters?|sons?|famil(?:y|ies)|households?|individuals?|adults?|teenagers?|pensioners?|carers?|tenants?|veterans?|refugees?|students?|survivors?|victims?|patients?|couples?|needs?|issues?|cases?|referrals?|contacts?|visits?|calls?)";
const NO_COUNT = `(?! (?:\\p{L}+ )?${SOMEBODY}\\b)`;

/** What is no number of anybody. Taken out before numbers are looked for. */
const HARMLESS: readonly RegExp[] = [
  // What every such paper says of a small group.
  new RegExp(`\\b(?:fewer than|less than|under) (?:${THRESHOLD}|ten)\\b`, "giu"),
  // "24 November 2026", "1 to 24 November", "July 2026"; "may" is a word, "May" a month.
  new RegExp(`\\b(?:${DAY} ?(?:to|and|-) ?)?${DAY} ${MONTH}\\b(?:,? ${YEAR}\\b)?`, "gu"),
  new RegExp(`\\b${MONTH},? ${YEAR}\\b${NO_COUNT}`, "gu"),
  // "in 2026", "summer of 2024", "2025 to 2026", "2026/27".
  new RegExp(
    `\\b(?:in|since|during|until|till|by|before|after|from|between|throughout|for|early|late|mid|year|years|spring|summer|autumn|winter|(?:spring|summer|autumn|winter|start|beginning|middle|end|rest|course|half|quarter) of)[- ]${YEAR}(?:(?: to | and |-|/)(?:${YEAR}|\\d{2}))?\\b${NO_COUNT}`,
    "giu",
  ),
  new RegExp(`\\b${YEAR}[-/](?:${YEAR}|\\d{2})\\b${NO_COUNT}`, "gu"),
  // Round the clock, "9.30am", a telephone number, a postcode, "A19".
  /\b24\/7\b/gu,
  /\b\d{1,2}(?:[.:]\d{2})?(?:am|pm)\b/giu,
  /\b0\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4}\b/gu,
  /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/gu,
  /\b[A-Z]\d+\b/gu,
  /\b\d+(?:st|nd|rd|th)\b/giu,
];

/** What follows a number that counts time, or what the organisation has of its own. */
const OWN_THINGS =
  /^[- ](?:(?:minute|hour|week|month|year|volunteer|adviser|advisor|trustee|colleague|partner|funder|office|room|centre|venue|site|branch|service|organisation)(?:s|es)?|staff|branches|days (?:a|each|every|per) week)\b/iu;
const ORDINAL_END = /^-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b/iu;

/** "one" is mostly no number. It is where it stands for somebody. */
const ONE_AFTER = new RegExp(
  `^ (?:${SOMEBODY}\\b|\\p{L}+ ${SOMEBODY}\\b|of (?:them|those|these)\\b|of (?:the|our) (?:\\p{L}+ )?${SOMEBODY}\\b|(?:was|is|were|had|has|came|got|went|said|told|lost|left|died|needed|wanted|asked|lived|lives)\\b)`,
  "iu",
);
const ONE_BEFORE = /\b(?:only|just|exactly|at least|at most)[- ]$/iu;
const NO_ONE = /\b(?:no|any|every|each|some|this|that|which)[- ]$/iu;

const isDigit = (point: number): boolean => /^\p{Nd}$/u.test(String.fromCodePoint(point));

/** Any script's digit as 0 to 9: decimal digits stand in runs of ten. */
function asciiDigit(digit: string): string {
  const point = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (isDigit(point - before - 1)) before += 1;
  return String(before % 10);
}

/** One way to write a text: full-width and raised forms, digits of any script, dashes, spaces, marks nobody sees. */
const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(/[\p{Pd}\u2212]/gu, "-")
    .replace(/\s+/gu, " ");

function belowHundred(word: string): number {
  const small = SMALL.indexOf(word);
  if (small >= 0) return small;
  const tens = TENS.findIndex((each) => word.startsWith(each));
  const ending = word.slice(TENS[tens]?.length ?? 0).replace(/^[- ]/, "");
  return (tens + 2) * 10 + Math.max(SMALL.indexOf(ending), 0);
}

/** The value of a number as NUMBER finds it. */
function worth(said: string): number {
  const word = said.toLowerCase();
  if (/^\d/.test(word)) return Number(word.replaceAll(",", ""));
  if (word === "half a dozen") return 6;
  if (word === "a couple of") return 2;
  const dozens = /^(.+)[- ]dozen$/.exec(word)?.[1];
  if (dozens !== undefined) return 12 * (dozens === "a" ? 1 : belowHundred(dozens));
  const [, hundreds, rest] = /^(.+?)[- ]hundred(?:[- ](?:and[- ])?(.+))?$/.exec(word) ?? [];
  if (hundreds === undefined) return belowHundred(word);
  return 100 * (/^an?$/.test(hundreds) ? 1 : belowHundred(hundreds)) + (rest ? belowHundred(rest) : 0);
}

/** A number of a text: as it stands there, and what it says: "120", "38%", "62 days", "£12300", "1/3", "3.9". */
interface Said {
  said: string;
  means: string;
}

const FOUND = new RegExp(
  `(?<part>${NUMBER})(?:[- ](?<name>${oneOf(PARTS)})s?\\b| (?:in|out of)(?: every)? (?<whole>${NUMBER}))|(?<pounds>£ ?)?(?<number>${NUMBER})(?<percent> ?%| per ?cent\\b)?`,
  "giu",
);

/** The numbers of a text, but for harmless ones. */
function numbersOf(text: string): Said[] {
  const looked = HARMLESS.reduce((left, harmless) => left.replace(harmless, " · "), plain(text));
  const found: Said[] = [];
  const look = (from: number, until: number): void => {
    const within = looked.slice(0, until);
    FOUND.lastIndex = from;
    for (let match = FOUND.exec(within); match; match = FOUND.exec(within)) {
      const { part, name, whole, pounds, number, percent } = match.groups ?? {};
      const end = match.index + match[0].length;
      const after = looked.slice(end);
      if (part !== undefined) {
        const of = name ? PARTS.indexOf(name.toLowerCase()) + 3 : worth(whole ?? "");
        if (worth(part) < of && !OWN_THINGS.test(after)) {
          found.push({ said: match[0], means: `${worth(part)}/${of}` });
          continue;
        }
        // Two numbers that happen to stand side by side: each for itself.
        const again = FOUND.lastIndex;
        look(match.index, match.index + part.length);
        if (whole !== undefined) look(end - whole.length, end);
        FOUND.lastIndex = again;
        continue;
      }
      const before = looked.slice(0, match.index);
      if (number === undefined || isHarmless(number, before, after)) continue;
      const value = number.includes(".") ? number : String(worth(number));
      const days = /^[- ]days?\b/i.test(after) ? " days" : "";
      found.push({ said: match[0].trim(), means: `${pounds ? "£" : ""}${value}${percent ? "%" : days}` });
    }
  };
  look(0, looked.length);
  return found;
}

function isHarmless(number: string, before: string, after: string): boolean {
  if (ORDINAL_END.test(after)) return true;
  if (number.toLowerCase() === "one")
    return NO_ONE.test(before) || !(ONE_BEFORE.test(before) || ONE_AFTER.test(after));
  return OWN_THINGS.test(after);
}

const sentencesOf = (text: string): string[] => plain(text).split(/(?<=[.!?]) /u);

/** What a cell of a column says, as `Said` means it; null for text and what is hidden. */
function meansOf(cell: PaperCell | undefined, { type }: PaperColumn): string | null {
  if (typeof cell !== "number") return null;
  if (type === "percent") return `${cell}%`;
  if (type === "days") return `${cell} days`;
  if (type === "money") return `£${cell}`;
  if (type === "score") return Math.abs(cell).toFixed(1);
  return String(cell);
}

const cellsOf = (block: PaperBlock): (string | null)[] =>
  block.kind === "chart" || block.kind === "table"
    ? block.table.rows.flatMap((row) => block.table.columns.map((column, at) => meansOf(row[at], column)))
    : [];

/** A bare number of the drafted words: of people, so a figure. Others that stand there are ends of a scale or the like. */
const isFigure = (means: string) =>
  !/^\d+$/.test(means) || (Number(means) >= THRESHOLD && Number(means) % ROUNDED_TO === 0);

/** A part whose own words hold numbers that the drafted paper does not show. */
export interface NotShown {
  key: TextKey;
  /** "the lead", "“What people needed”". */
  called: string;
  /** As they stand in the words, each once. */
  numbers: string[];
}

/**
 * Finds numbers in own words that may not leave. Parts that are not in the paper do not count, and a sentence that is left
 * as it was drafted passes.
 * @param drafted the paper of figures of the same plan without the own words
 */
export function numbersNotShown(texts: Plan["texts"], drafted: Paper): NotShown[] {
  const words = [
    drafted.title,
    drafted.lead,
    ...drafted.headlines.flatMap(({ value, what, note }) => [value, what, note]),
    ...drafted.sections.flatMap(({ text, blocks }) => [
      text,
      ...blocks.map((block) => (block.kind === "chart" ? block.title : "")),
    ]),
  ];
  const asDrafted = new Set(words.flatMap(sentencesOf));
  const shown = new Set<string | null>([
    ...words.flatMap(numbersOf).flatMap(({ means }) => (isFigure(means) ? means : [])),
    ...drafted.sections.flatMap(({ blocks }) => blocks.flatMap(cellsOf)),
  ]);
  return TEXT_KEYS.flatMap((key): NotShown[] => {
    const section = drafted.sections.find((each) => each.key === key);
    if (key !== "title" && key !== "lead" && !section) return [];
    const own = sentencesOf(texts[key] ?? "").filter((sentence) => !asDrafted.has(sentence));
    const numbers = own.flatMap(numbersOf).flatMap(({ said, means }) => (shown.has(means) ? [] : said));
    const called = section ? `“${section.title}”` : `the ${key}`;
    return numbers.length > 0 ? [{ key, called, numbers: [...new Set(numbers)] }] : [];
  });
}

/** Why a summary is not made, and what to do. Null where nothing is wrong. */
export function whyNotLeaving(parts: readonly NotShown[]): string | null {
  if (parts.length === 0) return null;
  const list = new Intl.ListFormat("en-GB");
  const which = parts.map(({ called, numbers }) => `${list.format(numbers)} in ${called}`).join("; ");
  return `Your words hold numbers that this summary does not show: ${which}. They may be exact, so nothing was made. Change the words: leave these numbers out, or write rounded ones that the summary shows.`;
}
