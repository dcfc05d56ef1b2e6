/**
 * What shows itself by its shape: dates and ages in figures or words, postcodes, telephone numbers, addresses of the net,
 * official numbers. Wider than the rules for entering them, because a story is not typed into a field.
 */

import type { Finding, FindingKind } from "./story-finding";

interface Pattern {
  kind: FindingKind;
  what: string;
  instead: string;
  must: boolean;
  shape: RegExp;
}

const MONTHS =
  "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec";
/** Those that are no other word, nor a name, without a day or a year beside them. */
const SURE_MONTHS = "january|february|july|september|october|november|december";
const ORDINALS =
  "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth|thirty[- ]first";
const UNITS = "one|two|three|four|five|six|seven|eight|nine";
const NUMBERS = `(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:${UNITS}))?|${UNITS}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen`;
const DAY = `(?:\\d{1,2}(?:st|nd|rd|th)?|${ORDINALS})`;
const YEAR = "(?:19|20)\\d\\d";
const AGE = `(?:\\d{1,3}|${NUMBERS})`;

const shape = (source: string, flags = "giu") => new RegExp(source, flags);
const alone = (source: string) => shape(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`);

const SAY_SEASON = "Say “in spring”, “some months later”, or leave it out.";
const SAY_DECADE = "Say “a child”, “in their thirties”, or leave it out.";

const DATE = { kind: "date", what: "A date", instead: SAY_SEASON } as const;
const AGED = { kind: "age", what: "An age", instead: SAY_DECADE, must: true } as const;
const OUT = { instead: "Leave it out.", must: true } as const;

const PATTERNS: readonly Pattern[] = [
  {
    ...DATE,
    must: true,
    shape: alone(`\\d{1,2}\\s?[/.-]\\s?\\d{1,2}\\s?[/.-]\\s?(?:\\d{4}|\\d{2})|\\d{4}-\\d\\d-\\d\\d`),
  },
  {
    ...DATE,
    must: true,
    shape: alone(`${DAY}\\s+(?:day\\s+)?(?:of\\s+)?(?:${MONTHS})\\.?(?:,?\\s+${YEAR})?`),
  },
  { ...DATE, must: true, shape: alone(`(?:${MONTHS})\\.?\\s+(?:the\\s+)?${DAY}(?:,?\\s+${YEAR})?`) },
  { ...DATE, must: true, shape: alone(`(?:${MONTHS})\\.?,?\\s+(?:of\\s+)?${YEAR}`) },
  { ...DATE, what: "A month", must: false, shape: alone(SURE_MONTHS) },
  {
    ...{ ...DATE, what: "A month", must: false },
    shape: shape(
      `(?<=(?<!\\p{L})(?:in|last|this|next|since|until|till|by|during|early|late|mid|of|from|before|after)[\\s-]{1,4})(?:March|April|May|June|August)(?!\\p{L})`,
      "gu",
    ),
  },
  {
    ...DATE,
    what: "A year",
    instead: "Say “some years ago”, or leave it out.",
    must: false,
    shape: alone(YEAR),
  },
  {
    ...{ ...DATE, what: "A day of the year", must: false },
    shape: alone(
      "christmas(?: (?:day|eve))?|boxing day|new year['’]?s? (?:day|eve)|easter(?: sunday)?|eid(?: al[- ]\\p{L}+)?|diwali|ramadan|hanukkah|passover|bonfire night|hallowe['’]?en|(?:mother|father)['’]?s['’]? day|valentine['’]?s day|(?:my|her|his|their) birthday",
    ),
  },
  { ...AGED, shape: alone(`${AGE}[\\s-]*(?:years?|yrs?|y|months?|weeks?)[\\s-]*(?:old|of age)`) },
  {
    ...AGED,
    shape: alone(
      `(?:aged?(?:\\s+of)?|turned|turning)\\s+${AGE}(?!\\s*(?:to|-|–)?\\s*(?:hours|pounds|per|%|people))`,
    ),
  },
  {
    ...AGED,
    must: false,
    shape: alone(
      `(?:i['’]?m|i am|i was|he is|he was|she is|she was|who is|who was|they are|they were)\\s+(?:only\\s+|just\\s+|now\\s+)?(?:\\d{1,2}|${NUMBERS})(?=\\s*(?:[,.;!?)]|$|and\\b|when\\b|then\\b|now\\b|years\\b))`,
    ),
  },
  {
    ...{ ...AGED, must: false },
    shape: alone(
      "in (?:my|his|her|their|your) (?:early|mid|middle|late)[- ]*(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)",
    ),
  },
  {
    ...OUT,
    kind: "number",
    what: "A number in words",
    shape: alone(
      `(?:(?:double|treble|triple|oh|o|zero|nought|${UNITS})[\\s,-]+){3,}(?:oh|o|zero|nought|${UNITS})`,
    ),
  },
  {
    ...OUT,
    kind: "name",
    what: "Letters that stand apart: what do they spell?",
    shape: alone("\\p{L}(?: \\p{L}){2,}"),
  },
  {
    ...OUT,
    kind: "contact",
    what: "An e-mail address",
    // At most 64 characters before the @ (RFC 5321, 4.5.3.1.1): without a bound, a long text costs its square.
    shape: /[^\s@<>"“”]{1,64}@[^\s@<>"“”]+\.[^\s@<>"“”.,;!?]+/gu,
  },
  { ...OUT, kind: "contact", what: "An address of the net", shape: /(?:https?:\/\/|www\.)[^\s<>"“”]+/giu },
  { ...OUT, kind: "contact", what: "A name on the net", shape: /(?<![\p{L}\p{N}.])@[\p{L}\p{N}_.]{2,}/gu },
  {
    ...OUT,
    kind: "contact",
    what: "A telephone number",
    shape: /(?<![\d£])(?:\+|00)?(?:44)?[\s(]{0,2}0?\)?[\s-]{0,4}\d(?:[\s()-]{0,2}\d){8,11}(?!\d)/gu,
  },
  {
    ...OUT,
    kind: "place",
    what: "A postcode",
    shape: alone("[a-z]{1,2}\\d[a-z\\d]?[\\s-]*\\d[abd-hjlnp-uw-z]{2}"),
  },
  {
    ...{ kind: "place", what: "Part of a postcode, or a road", must: false, instead: "Leave it out." },
    shape: /(?<![\p{L}\p{N}])[A-Z]{1,2}\d{1,3}[A-Z]?(?![\p{L}\p{N}])/gu,
  },
  { ...OUT, kind: "number", what: "An NHS number", shape: /(?<![\d£])\d{3}[\s-]\d{3}[\s-]\d{4}(?!\d)/gu },
  {
    ...OUT,
    kind: "number",
    what: "A National Insurance number",
    shape: alone("[a-z]{2}\\s*\\d\\d\\s*\\d\\d\\s*\\d\\d\\s*[a-d]"),
  },
  {
    ...OUT,
    kind: "number",
    what: "A prison or police number",
    shape: alone("[a-z]\\d{4}[a-z]{2}|\\d{2,4}/\\d{1,7}[a-z]"),
  },
  {
    ...OUT,
    kind: "number",
    what: "A number plate",
    shape: /(?<![\p{L}\p{N}])[A-Z]{2}\d\d\s?[A-Z]{3}(?![\p{L}\p{N}])/gu,
  },
  { ...OUT, kind: "number", what: "A sort code or account", shape: /(?<![\d£/-])\d\d-\d\d-\d\d(?![\d/-])/gu },
  {
    ...OUT,
    kind: "number",
    what: "A long number",
    shape: /(?<![\d£$€.,])\d{6,}(?!\d|\s*(?:pounds|pence))/gu,
  },
];

/** Findings of every pattern, in no order; they may overlap. */
export function patternFindings(text: string): Finding[] {
  return PATTERNS.flatMap(({ shape, kind, what, instead, must }) =>
    [...text.matchAll(shape)].map((match) => {
      // Spaces that a pattern took along belong to the text.
      const lead = match[0].length - match[0].trimStart().length;
      const from = match.index + lead;
      return { from, to: from + match[0].trim().length, kind, what, instead, must };
    }),
  );
}
