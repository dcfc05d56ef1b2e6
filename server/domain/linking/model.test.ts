import { describe, expect, test } from "vitest";
import { LEVELS } from "./comparison";
import { frequenciesOf, modelOf } from "./estimation";
import { probabilityOf, SHIPPED_MODEL, scorePair } from "./model";
import { type LinkRecord, linkRecord, type RawRecord } from "./record";
import { VETO_RULES, type VetoRule, vetoesOf } from "./vetoes";

const rules = { ukFormats: true, testRanges: true, currentYear: 2026 };
const read = (raw: RawRecord) => linkRecord(raw, rules);

describe("the model that ships", () => {
  test("has a chance for every level, and those of a field come to 1", () => {
    for (const [field, levels] of Object.entries(LEVELS)) {
      const chances = Object.entries(SHIPPED_MODEL.fields).find(([name]) => name === field)?.[1] ?? {};
      expect(Object.keys(chances), field).toEqual([...levels]);
      const sum = (of: "m" | "u") => Object.values(chances).reduce((total, chance) => total + chance[of], 0);
      expect(sum("m"), field).toBeCloseTo(1, 6);
      expect(sum("u"), field).toBeCloseTo(1, 6);
    }
  });

  test("adds weights in log2 to the prior, and nothing for what is not known", () => {
    const record = read({ firstName: "Sarah", lastName: "Osgood", sex: "F" });
    const { weight, parts, probability } = scorePair(SHIPPED_MODEL, record, record);
    expect(parts.map(({ field }) => field)).toEqual(["givenName", "womansFamilyName", "sex"]);
    const { givenName, womansFamilyName, sex } = SHIPPED_MODEL.fields;
    const log2 = (chance: { m: number; u: number } | undefined) =>
      Math.log2((chance?.m ?? 0) / (chance?.u ?? 1));
    const expected = log2(givenName["same"]) + log2(womansFamilyName["same"]) + log2(sex["same"]);
    expect(weight).toBeCloseTo(SHIPPED_MODEL.prior + expected, 10);
    expect(probability).toBeCloseTo(2 ** weight / (1 + 2 ** weight), 12);
  });

  test("odds of one to one are a probability of a half", () => {
    expect([probabilityOf(0), probabilityOf(1), probabilityOf(-1)]).toEqual([0.5, 2 / 3, 1 / 3]);
  });
});

describe("term frequencies", () => {
  const person = (firstName: string, lastName: string, dateOfBirth: string) =>
    read({ firstName, lastName, sex: "M", dateOfBirth });
  const crowd: LinkRecord[] = Array.from({ length: 2_000 }, (_, at) =>
    person(
      at % 10 === 0 ? "Mohammed" : `Name${String.fromCharCode(97 + (at % 26))}${at}`,
      at % 12 === 0 ? "Khan" : `Family${at}`,
      `19${50 + (at % 50)}-0${1 + (at % 9)}-${10 + (at % 19)}`,
    ),
  );
  const model = modelOf(SHIPPED_MODEL, frequenciesOf(crowd.map((record, at) => ({ record, person: at }))));
  const common = person("Mohammed", "Khan", "");
  const rare = person("Erasmus", "Thistlewood", "");

  test("two records of a rare name are likelier one person's than two of a common name", () => {
    const [weightOfCommon, weightOfRare] = [common, rare].map((one) => scorePair(model, one, one).weight);
    expect((weightOfRare ?? 0) - (weightOfCommon ?? 0)).toBeGreaterThan(10);
  });

  test("without them the two weigh the same", () => {
    const without = { ...model, frequencies: {} };
    expect(scorePair(without, common, common).weight).toBe(scorePair(without, rare, rare).weight);
  });

  test("somebody's own further records do not make their name common", () => {
    const ofOne = [1, 2, 3, 4, 5].map(() => ({ record: rare, person: "one" }));
    const among = [...crowd.map((record, at) => ({ record, person: at })), ...ofOne];
    const asOne = modelOf(SHIPPED_MODEL, frequenciesOf(among));
    const asFive = modelOf(
      SHIPPED_MODEL,
      frequenciesOf(among.map(({ record }, at) => ({ record, person: at }))),
    );
    expect(scorePair(asOne, rare, rare).weight).toBeGreaterThan(scorePair(asFive, rare, rare).weight);
  });
});

describe("vetoes", () => {
  const person: RawRecord = {
    firstName: "Erasmus",
    lastName: "Thistlewood",
    sex: "M",
    dateOfBirth: "1985-03-12",
    postcode: "SR1 3AB",
    address: "4 High Street",
    phones: ["01915550123"],
    emails: ["thistlewood@example.org"],
  };
  const nino = (value: string) => ({ identifiers: [{ kind: "nino" as const, value }] });
  /** Two people, or a pair to look at, for each rule: all that is not said here agrees. */
  const PAIRS: { rule: VetoRule; a: RawRecord; b: RawRecord; apart: boolean }[] = [
    { rule: "different-identifiers", a: nino("CX394721C"), b: nino("WA630235B"), apart: true },
    { rule: "different-identifiers", a: nino("CX394721C"), b: nino("CX344721C"), apart: false },
    {
      rule: "different-dates-of-birth",
      a: nino("CX394721C"),
      b: { ...nino("CX394721C"), firstName: "Deborah", dateOfBirth: "1961-11-30" },
      apart: true,
    },
    { rule: "twins", a: {}, b: { firstName: "Deborah" }, apart: true },
    { rule: "parent-and-child", a: {}, b: { dateOfBirth: "1958-11-30" }, apart: true },
    { rule: "parent-and-child", a: {}, b: { dateOfBirth: "1979-11-30" }, apart: false },
    { rule: "household", a: {}, b: { firstName: "Deborah", dateOfBirth: "1979-11-30" }, apart: true },
    {
      rule: "little-agrees",
      a: { phones: [], emails: [] },
      b: { dateOfBirth: "", phones: [], emails: [] },
      apart: false,
    },
  ];

  test("there is a pair for every rule", () => {
    expect(new Set(PAIRS.map(({ rule }) => rule))).toEqual(new Set(VETO_RULES));
  });

  test.each(PAIRS)(
    "$rule: never a link, though the weight alone would make it one",
    ({ rule, a, b, apart }) => {
      const [one, other] = [read({ ...person, ...a }), read({ ...person, ...b })];
      const score = scorePair(SHIPPED_MODEL, one, other);
      expect(score.probability).toBeGreaterThanOrEqual(SHIPPED_MODEL.thresholds.link);
      expect(score.vetoes).toContainEqual({ rule, effect: apart ? "apart" : "review" });
      expect(score.band).toBe("review");
    },
  );

  test("a pair that a veto keeps apart and that is not as likely as a link is left", () => {
    const only = { ...person, phones: [], emails: [], address: "", postcode: "SR1" };
    const score = scorePair(SHIPPED_MODEL, read(only), read({ ...only, firstName: "Deborah", sex: "F" }));
    expect(score.vetoes).toContainEqual({ rule: "twins", effect: "apart" });
    expect(score.probability).toBeLessThan(SHIPPED_MODEL.thresholds.link);
    expect(score.band).toBe("leave");
  });

  test("an identifier that is the same outweighs what looks like twins, but somebody looks", () => {
    const a = { ...person, ...nino("CX394721C") };
    const vetoes = vetoesOf(read(a), read({ ...a, firstName: "Deborah" }));
    expect(vetoes).toEqual([{ rule: "twins", effect: "review" }]);
  });

  test("nothing speaks against the same record, a short form of the name, or an exchanged date", () => {
    for (const change of [{}, { firstName: "Ras" }, { dateOfBirth: "12/03/1985" }]) {
      const b = change.firstName === "Ras" ? { ...person, firstName: "Erasmsu" } : { ...person, ...change };
      expect(vetoesOf(read(person), read(b))).toEqual([]);
    }
  });
});
