import { describe, expect, test } from "vitest";
import { DETAILS } from "./agreements/grid";
import { ENTRY_STATUSES } from "./issue";
import { NEEDS, SEVERITIES } from "./needs";
import { PROFESSIONS, type Sayable, type Voice, wordingFor } from "./plain-wording";

const VOICES: readonly Voice[] = [...PROFESSIONS, "resident"];
const OWN_WORDS = VOICES.filter((voice) => voice !== "other");

const THINGS: readonly Sayable[] = [
  ...ENTRY_STATUSES.map((status) => ({ status })),
  ...SEVERITIES.map((severity) => ({ severity })),
  ...(["red", "amber", "green"] as const).map((colour) => ({ colour })),
  ...DETAILS.map((detail) => ({ detail })),
];

/** Syllables by groups of vowels: a silent e at the end, and the e of -ed, are not heard. */
function syllablesOf(word: string): number {
  const heard = word
    .toLowerCase()
    .replace(/[^a-z]/g, "")
    .replace(/(?:[^laeiouy]es|[^dt]ed|[^laeiouy]e)$/, (end) => end[0] ?? "");
  return Math.max(1, heard.match(/[aeiouy]+/g)?.length ?? 1);
}

/** Reading age in years by the formula of Flesch and Kincaid (1975): five more than the school year of the United States. */
function readingAgeOf(text: string): number {
  const sentences = text.split(/[.:;?]+/).filter((part) => part.trim() !== "").length;
  const words = text.split(/\s+/).filter((word) => /[a-z]/i.test(word));
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 10.59;
}

test.each(OWN_WORDS)("every need has words of its own for %s", (voice) => {
  const missing = NEEDS.filter(({ code, label }) => {
    const words = wordingFor(voice, { need: code });
    return words === label || (code !== "OTH-01" && words === wordingFor(voice, { need: "OTH-01" }));
  });
  expect(NEEDS).toHaveLength(114);
  expect(missing.map(({ code }) => code)).toEqual([]);
});

test("an organisation of no such profession reads a need by its shared name, and one that is in no list is no fault", () => {
  expect(wordingFor("other", { need: "HOU-04" })).toBe("Rent or mortgage arrears");
  expect(wordingFor("police", { need: "ZZZ-99" })).toBe(wordingFor("police", { need: "OTH-01" }));
});

test.each(VOICES)("every status, severity, colour and level of detail has words for %s", (voice) => {
  for (const thing of THINGS) expect(wordingFor(voice, thing)).toMatch(/^[A-Z].{10,}\.$/);
});

describe.each(OWN_WORDS)("what %s reads", (voice) => {
  const texts = [...NEEDS.map(({ code }): Sayable => ({ need: code })), ...THINGS].map((thing) =>
    wordingFor(voice, thing),
  );

  test("can be read at 9 to 11: together at 9 or younger, and no single line needs more than 12", () => {
    expect(readingAgeOf(texts.join(" "))).toBeLessThan(9);
    expect(texts.filter((text) => readingAgeOf(text) >= 13)).toEqual([]);
  });

  test("has short sentences, no letters that stand for words, and no words that blame", () => {
    for (const text of texts) {
      for (const sentence of text.split(/[.:;?]/)) expect(sentence.split(/\s+/).length).toBeLessThan(22);
      expect(text).not.toMatch(/\b[A-Z]{2,}\b/);
      expect(text).not.toMatch(
        /\b(?:addict|abuser|alcoholic|junkie|refus(?:es|ed)|fail(?:s|ed) to|admits|claims to|non-|difficult|chaotic|vulnerable|deprived)/i,
      );
    }
  });
});

test("the person themself is spoken to, never about", () => {
  const about = NEEDS.map(({ code }) => wordingFor("resident", { need: code })).filter((text) =>
    /\b(?:they|them|their) (?:need|want|have|are)\b/i.test(text),
  );
  expect(about).toEqual([]);
});

test("the reading age is worked out as by the formula", () => {
  expect(readingAgeOf("The cat sat on the mat.")).toBeCloseTo(3.55, 1);
  expect(
    readingAgeOf("Multidisciplinary safeguarding arrangements necessitate consultation."),
  ).toBeGreaterThan(20);
});
