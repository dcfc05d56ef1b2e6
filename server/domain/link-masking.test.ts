import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evidenceText, maskedComparison } from "./link-masking";
import { maskedComparisonSchema, shownScore } from "./link-review";
import { SHIPPED_MODEL, scorePair } from "./linking/model";
import { type LinkRecord, linkRecord, type RawRecord } from "./linking/record";
import { VETO_RULES } from "./linking/vetoes";

const rules = { ukFormats: true, testRanges: true, currentYear: 2026 };
const record = (raw: RawRecord): LinkRecord => linkRecord(raw, rules);
const model = { ...SHIPPED_MODEL, madeOn: null };

const mask = (a: LinkRecord, b: LinkRecord) => maskedComparison(a, b, scorePair(SHIPPED_MODEL, a, b), model);

const dora: RawRecord = {
  firstName: "Dora",
  middleName: "May",
  lastName: "Hetherington",
  sex: "female",
  dateOfBirth: "1984-03-12",
  postcode: "SR4 6AB",
  address: "12 High Street",
  phones: ["07700 900171"],
  emails: ["dora.h@hetherington.co.uk"],
  identifiers: [{ kind: "nhs-number", value: "999 000 0018" }],
};
const other: RawRecord = {
  ...dora,
  firstName: "Dorah",
  middleName: null,
  dateOfBirth: "1984-03-17",
  phones: ["07700 900108"],
  identifiers: [],
};
const rowsOf = (a: RawRecord, b: RawRecord) =>
  Object.fromEntries(
    mask(record(a), record(b)).rows.map((row) => [row.label, [row.a.text, row.b.text, row.words]]),
  );

describe("A masked comparison", () => {
  test("shows initials and lengths, month and year, sector and endings, and how each agrees", () => {
    expect(rowsOf(dora, other)).toEqual({
      "Given name": ["D•••", "D••••", "A letter or two differ"],
      "Middle name": ["M••", "not given", "Cannot compare"],
      "Family name": ["H•••••••••••", "H•••••••••••", "Same"],
      "Birth date": ["•• March 1984", "•• March 1984", "One digit differs"],
      Sex: ["Female", "Female", "Same"],
      Place: ["SR4 6", "SR4 6", "Same home"],
      Phone: ["ends ••71", "ends ••08", "Different"],
      "E-mail": ["d•••@•••.uk", "d•••@•••.uk", "Same"],
      "NHS number": ["on file", "not given", "Cannot compare"],
    });
  });

  test("shows no letter of a name that has one only", () => {
    expect(rowsOf({ ...dora, firstName: "D" }, other)["Given name"]?.[0]).toBe("•");
    expect(mask(record({ ...dora, firstName: "D", lastName: "H" }), record(other)).initials).toBe("• •");
  });

  test("is read aloud without the dots", () => {
    const [given] = mask(record(dora), record(other)).rows;
    expect(given?.a.spoken).toBe("D and 3 more letters");
  });

  test("hides the month too where it would tell the day", () => {
    expect(
      rowsOf({ ...dora, dateOfBirth: "1984-03-04" }, { ...dora, dateOfBirth: "1984-04-03" }),
    ).toMatchObject({
      "Birth date": ["•• •• 1984", "•• •• 1984", "Day and month exchanged"],
    });
    expect(rowsOf({ ...dora, dateOfBirth: "1984-01-01" }, dora)).toMatchObject({
      "Birth date": ["•• •• 1984", "•• •• 1984", "One may stand for “not known”"],
    });
  });

  test("names a clash of numbers without either", () => {
    const clash = rowsOf(dora, { ...dora, identifiers: [{ kind: "nhs-number", value: "999 000 0026" }] });
    expect(clash["NHS number"]).toEqual(["on file", "on file", "Clash: two different numbers"]);
  });

  test("shows of several telephone numbers the one that both have", () => {
    const shared = rowsOf({ ...dora, phones: ["07700900999", "07700900171"] }, dora);
    expect(shared["Phone"]).toEqual(["ends ••71", "ends ••71", "Same"]);
  });

  test("carries weights to half a bit, which with the prior add up to what is shown, near the score", () => {
    const [a, b] = [record(dora), record(other)];
    const masked = mask(a, b);
    const shown = shownScore(masked);
    for (const { weight } of masked.parts) expect(Number.isInteger(2 * weight)).toBe(true);
    expect(shown.weight).toBe(masked.parts.reduce((total, { weight }) => total + weight, masked.prior));
    expect(shown.probability).toBeCloseTo(1 / (1 + 2 ** -shown.weight), 12);
    const bound = (masked.parts.length + 1) / 4;
    expect(Math.abs(shown.weight - scorePair(SHIPPED_MODEL, a, b).weight)).toBeLessThanOrEqual(bound);
  });

  test("tells names of one initial and length apart by no weight that is nearly the same", () => {
    // How common a name is, is in its weight: to many digits that would be as good as the name.
    const [a, b] = [record(dora), record(other)];
    const score = scorePair(SHIPPED_MODEL, a, b);
    const kept = [7.76, 7.81, 7.9, 8.03, 8.24].map((weight) =>
      JSON.stringify(
        maskedComparison(
          a,
          b,
          {
            ...score,
            parts: score.parts.map((part) => (part.field === "givenName" ? { ...part, weight } : part)),
          },
          model,
        ),
      ),
    );
    expect(new Set(kept).size).toBe(1);
  });

  test("says in words what speaks against a link", () => {
    const { vetoes } = maskedComparison(
      record(dora),
      record(other),
      { parts: [], vetoes: VETO_RULES.map((rule) => ({ rule, effect: "review" })) },
      model,
    );
    expect(vetoes).toHaveLength(VETO_RULES.length);
    for (const sentence of vetoes) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  test("is another piece of evidence when a detail changes, and the same when only a weight does", () => {
    const [a, b] = [record(dora), record(other)];
    const before = evidenceText(mask(a, b));
    expect(evidenceText(mask(a, record({ ...other, phones: ["07700 900171"] })))).not.toBe(before);
    const heavier = maskedComparison(
      a,
      b,
      {
        ...scorePair(SHIPPED_MODEL, a, b),
        parts: scorePair(SHIPPED_MODEL, a, b).parts.map((part) => ({ ...part, weight: part.weight + 1 })),
      },
      model,
    );
    expect(evidenceText(heavier)).toBe(before);
  });
});

/* Nothing that is kept, whatever is typed, holds what it should hide. */

const letters = "abcdefghijklmnopqrstuvwxyzéßøłÁŻ".split("");
const name = fc
  .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 12 })
  .map((word) => word.join(""));
const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((each) => each.join(""));
const raw: fc.Arbitrary<RawRecord> = fc.record({
  firstName: fc.option(name),
  middleName: fc.option(name),
  lastName: fc.option(fc.array(name, { minLength: 1, maxLength: 3 }).map((words) => words.join(" "))),
  sex: fc.constantFrom("f", "m", "other", null),
  dateOfBirth: fc.option(
    fc
      .date({ min: new Date("1920-01-01"), max: new Date("2020-12-31"), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
  ),
  postcode: fc.option(
    fc.constantFrom("SR4 6AB", "SR4 6", "SR4", "NE1 1AA", "not a postcode", "W1A 1AA", "SR46ABX"),
  ),
  address: fc.option(
    fc.tuple(fc.integer({ min: 1, max: 300 }), name).map(([no, street]) => `${no} ${street} street`),
  ),
  phones: fc.array(
    digits(9).map((rest) => `07${rest}`),
    { maxLength: 2 },
  ),
  emails: fc.array(
    fc.tuple(name, name).map(([one, two]) => `${one}@${two}.org`),
    { maxLength: 2 },
  ),
  identifiers: fc.array(
    fc.oneof(
      digits(10).map((value) => ({ kind: "nhs-number" as const, value })),
      digits(6).map((serial) => ({ kind: "nino" as const, value: `AB${serial}C` })),
      fc.constant({ kind: "pnc-id" as const, value: "1981/0000034U" }),
      fc.constant({ kind: "cro" as const, value: "65656/91H" }),
      fc.constant({ kind: "prison-number" as const, value: "A1234AA" }),
    ),
    { maxLength: 3 },
  ),
});
const slipped = fc.record(
  { firstName: fc.option(name), dateOfBirth: fc.constantFrom("1984-04-03", "1984-01-01", null) },
  { requiredKeys: [] },
);

/** What of one record must not be found in what is kept. */
function secretsOf({
  givenNames,
  familyNames,
  dateOfBirth,
  postcode,
  address,
  phones,
  emails,
  identifiers,
}: LinkRecord) {
  const words = [...givenNames, ...familyNames].filter((word) => [...word].length > 1);
  const [, unit] = /^[A-Z]{1,2}\d[A-Z\d]? \d([A-Z]{2})$/.exec(postcode ?? "") ?? [];
  return {
    words,
    wholes: [
      ...(dateOfBirth ? [dateOfBirth, dateOfBirth.split("-").reverse().join("/")] : []),
      ...(unit ? [postcode ?? ""] : []),
      ...(address ? [address] : []),
      ...phones,
      ...emails,
      ...identifiers.map(({ value }) => value),
    ],
  };
}

/** Every text that shows a detail of a record; tags and labels come from fixed lists. */
const shownTexts = (masked: ReturnType<typeof mask>) => [
  masked.initials,
  masked.place,
  ...masked.rows.flatMap(({ a, b }) => [a.text, a.spoken, b.text, b.spoken]),
];

test("nothing that is shown holds a whole name, date, number, postcode or address", () => {
  fc.assert(
    fc.property(raw, raw, slipped, fc.boolean(), (one, two, slip, isTwin) => {
      const [a, b] = [record(one), record(isTwin ? { ...one, ...slip } : two)];
      const masked = mask(a, b);
      expect(maskedComparisonSchema.parse(JSON.parse(JSON.stringify(masked)))).toEqual(masked);
      const shown = shownTexts(masked).map((text) => text.toLowerCase());
      const names = masked.rows.filter(({ label }) => / name$/.test(label));
      const nameTexts = [masked.initials, ...names.flatMap((row) => [row.a.text, row.b.text])];
      const leaks: string[] = [];
      for (const { words, wholes } of [secretsOf(a), secretsOf(b)]) {
        leaks.push(...wholes.filter((whole) => shown.some((text) => text.includes(whole.toLowerCase()))));
        // Of a name one letter of each word at most, and never its only one.
        for (const text of nameTexts.filter((each) => each !== "not given")) {
          leaks.push(...words.filter((word) => text.toLowerCase().includes(word.toLowerCase())));
          leaks.push(...text.split(" ").filter((part) => [...part.replaceAll("•", "")].length > 1));
        }
      }
      expect(leaks).toEqual([]);
      // The day is never there, and no run of digits is longer than a year.
      for (const row of masked.rows.filter(({ label }) => label === "Birth date")) {
        for (const { text } of [row.a, row.b])
          if (text !== "not given") expect(text).toMatch(/^•• (••|[A-Z][a-z]+) \d{4}$/);
      }
      expect(shown.filter((text) => /\d{5}/.test(text))).toEqual([]);
      // Labels, tags and weights are words of ours, whoever the two are.
      const ours = JSON.stringify([
        masked.parts.map(({ label, words }) => [label, words]),
        masked.missing,
        masked.vetoes,
      ]);
      expect(ours).not.toMatch(/\d{2}/);
    }),
    { numRuns: 300 },
  );
});
