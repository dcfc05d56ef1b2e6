/**
 * Identifiers that name one person across the country: read as people write them, checked by their published
 * rules, and brought to one canonical text, so that equal means the same person.
 *
 * Rules and vectors: `fixtures/reference/identifiers.json`. Pure: the year and whether test ranges are taken
 * are handed in.
 */

export const IDENTIFIER_KINDS = ["nhs-number", "nino", "pnc-id", "cro", "prison-number"] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

export const IDENTIFIER_LABELS: Readonly<Record<IdentifierKind, string>> = {
  "nhs-number": "NHS number",
  nino: "National Insurance number",
  "pnc-id": "PNC ID",
  cro: "CRO number",
  "prison-number": "Prison number",
};

/** A valid identifier in its canonical text. */
export interface CheckedIdentifier {
  kind: IdentifierKind;
  value: string;
}

export interface IdentifierRules {
  /** Calendar year: short PNC IDs up to its two digits lie in this century. */
  currentYear: number;
  /** Whether numbers reserved for testing are taken (NHS 999…): in the demo, in tests and in trials of linking. */
  testRanges: boolean;
}

export type IdentifierReading = CheckedIdentifier | { problem: string };

/** Reads an identifier as written. Gives its canonical text, or what is wrong and how to mend it. */
export function readIdentifier(
  kind: IdentifierKind,
  text: string,
  rules: IdentifierRules,
): IdentifierReading {
  const value = READERS[kind](text.trim().toUpperCase(), rules);
  return typeof value === "string" ? { kind, value } : value;
}

type Reader = (text: string, rules: IdentifierRules) => string | { problem: string };

const READERS: Readonly<Record<IdentifierKind, Reader>> = {
  "nhs-number": readNhsNumber,
  nino: readNino,
  "pnc-id": readPncId,
  cro: readCro,
  "prison-number": readPrisonNumber,
};

const wrong = (problem: string) => ({ problem });

/** One character for all ten places, such as 000 000 0000: typed to get past a form, never issued. */
const ONE_DIGIT = /^(\d)\1*$/;

/**
 * Ten digits; weights 10 to 2 on the first nine; check digit 11 - (sum mod 11), where 11 counts as 0 and 10 means
 * that no such number exists (NHS Data Dictionary, NHS NUMBER).
 */
function readNhsNumber(text: string, { testRanges }: IdentifierRules): string | { problem: string } {
  const digits = text.replace(/[\s-]/g, "");
  if (!/^\d{10}$/.test(digits)) return wrong("An NHS number has 10 digits, like 485 777 3456.");
  if (ONE_DIGIT.test(digits)) return wrong("This is a placeholder, not an NHS number. Leave it empty.");
  const sum = [...digits.slice(0, 9)].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
  const check = (11 - (sum % 11)) % 11;
  if (check === 10 || check !== Number(digits[9])) {
    return wrong("This is not an NHS number: its last digit does not fit. Check it for slips.");
  }
  if (digits.startsWith("999") && !testRanges) {
    return wrong("NHS numbers that start with 999 are kept for testing. Check it, or leave it empty.");
  }
  return digits;
}

const NINO = /^([A-Z]{2})(\d{6})([A-D])$/;
const NINO_PREFIXES_NEVER_GIVEN = new Set(["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"]);

/** Two letters, six digits, A to D; no check digit (HMRC, National Insurance Manual NIM39110). */
function readNino(text: string): string | { problem: string } {
  const compact = text.replace(/\s/g, "");
  const match = NINO.exec(compact);
  const prefix = match?.[1] ?? "";
  if (!match) {
    return wrong(
      "A National Insurance number has 2 letters, 6 digits and a letter from A to D, like QQ 12 34 56 C.",
    );
  }
  if (/^[DFIQUV]/.test(prefix) || /^.[DFIOQUV]/.test(prefix) || NINO_PREFIXES_NEVER_GIVEN.has(prefix)) {
    return wrong(`No National Insurance number starts with ${prefix}. Check the first two letters.`);
  }
  if (ONE_DIGIT.test(match[2] ?? "")) {
    return wrong("This is a placeholder, not a National Insurance number. Leave it empty.");
  }
  return compact;
}

/** Check letters of police identifiers by remainder of 23: I, O and S never occur. */
const CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY";

const checkLetter = (digits: string): string | undefined => CHECK_LETTERS[Number(digits) % 23];

/**
 * PNC ID: YYYY/NNNNNNND, or short, YY/N to YY/NNNNNNN with its letter; the slash may be left out. The letter
 * follows from the two-digit year and the serial in seven digits, as one number mod 23.
 */
function readPncId(text: string, { currentYear }: IdentifierRules): string | { problem: string } {
  const compact = text.replace(/\s/g, "");
  const long = /^(\d{4})\/?(\d{7})([A-Z])$/.exec(compact);
  const short = long ? null : /^(\d{2})\/?(\d{1,7})([A-Z])$/.exec(compact);
  const match = long ?? short;
  if (!match) return wrong("A PNC ID has a year, a number and a letter, like 1981/0000034U or 81/34U.");
  const [, written = "", serial = "", letter = ""] = match;
  const year = short ? centuryOf(written, currentYear) + written : written;
  const padded = serial.padStart(7, "0");
  if (checkLetter(year.slice(2) + padded) !== letter) {
    return wrong("This is not a PNC ID: its last letter does not fit. Check it for slips.");
  }
  if (Number(serial) === 0) return wrong("This is a placeholder, not a PNC ID. Leave it empty.");
  return `${year}/${padded}${letter}`;
}

function centuryOf(twoDigits: string, currentYear: number): string {
  return Number(twoDigits) <= currentYear % 100 ? "20" : "19";
}

/**
 * CRO number: NNNNNN/YYD, its serial padded to six for the check; or SFYY/NNNNNND for a file that was only ever
 * a summary, its serial as it stands. The letter follows from year and serial, as one number mod 23.
 */
function readCro(text: string): string | { problem: string } {
  const compact = text.replace(/\s/g, "");
  const standard = /^(\d{1,6})\/(\d{2})([A-Z])$/.exec(compact);
  const summary = /^SF(\d{2})\/(\d{1,6})([A-Z])$/.exec(compact);
  if (!standard && !summary) return wrong("A CRO number looks like 65656/91H or SF83/50058Z.");
  const year = standard?.[2] ?? summary?.[1] ?? "";
  const written = standard?.[1] ?? summary?.[2] ?? "";
  const letter = standard?.[3] ?? summary?.[3] ?? "";
  const serial = standard ? written.padStart(6, "0") : written;
  if (checkLetter(year + serial) !== letter) {
    return wrong("This is not a CRO number: its last letter does not fit. Check it for slips.");
  }
  if (Number(serial) === 0) return wrong("This is a placeholder, not a CRO number. Leave it empty.");
  return standard ? `${serial}/${year}${letter}` : `SF${year}/${serial}${letter}`;
}

/** One letter, four digits, two letters; no check. It stays with the person from sentence to sentence. */
function readPrisonNumber(text: string): string | { problem: string } {
  const compact = text.replace(/\s/g, "");
  return /^[A-Z]\d{4}[A-Z]{2}$/.test(compact)
    ? compact
    : wrong("A prison number has a letter, 4 digits and 2 letters, like A1234AA.");
}
