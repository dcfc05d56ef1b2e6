import { describe, expect, test } from "vitest";
import { crosswalkCodes } from "./directory-crosswalk";
import { matchNeeds, needsOfWords, type Term } from "./directory-needs";
import { findNeed, NEEDS } from "./needs";

const term = (over: Partial<Term>): Term => ({ vocabulary: "", ids: [], name: "", ...over });
const matched = (service: Partial<Parameters<typeof matchNeeds>[0]>) =>
  matchNeeds({ name: "Somewhere", description: "", terms: [], ...service });

test("every need of the crosswalk is a need of the taxonomy", () => {
  for (const code of crosswalkCodes())
    expect({ code, known: findNeed(code) !== null }).toEqual({ code, known: true });
});

describe("by code", () => {
  test.each<[string, Partial<Term>]>([
    ["a compact id", { ids: ["openEligibility:1120"] }],
    ["a bare id of a named vocabulary", { vocabulary: "Open Eligibility", ids: ["1120"] }],
    [
      "an id among others",
      { vocabulary: "openEligibility", ids: ["3f7b145d-84af-42d7-8fae-eaca714b02b2", "1120"] },
    ],
  ])("%s is found", (_words, over) => {
    expect(matched({ terms: [term({ ...over, name: "Emergency Food" })] })).toEqual([
      { code: "BAS-01", by: "code", from: "Emergency Food" },
    ]);
  });

  test("an address of the Local Government Association's lists is found", () => {
    expect(
      matched({ terms: [term({ ids: ["http://id.esd.org.uk/need/69"], name: "Social inclusion" })] }),
    ).toEqual([
      { code: "SOC-01", by: "code", from: "Social inclusion" },
      { code: "SOC-02", by: "code", from: "Social inclusion" },
    ]);
    expect(
      matched({ terms: [term({ vocabulary: "esdServiceTypes", ids: ["833"], name: "Leaving hospital" })] }),
    ).toEqual([{ code: "PHY-09", by: "code", from: "Leaving hospital" }]);
  });

  test("a code counts more than words that say the same", () => {
    const terms = [term({ name: "Food bank" }), term({ ids: ["openEligibility:1130"], name: "Food Pantry" })];
    expect(matched({ terms })).toEqual([{ code: "BAS-01", by: "code", from: "Food Pantry" }]);
  });

  test("an id of an unknown vocabulary is no code", () => {
    expect(
      matched({ terms: [term({ vocabulary: "Wythershire list", ids: ["1120"], name: "Whatever" })] }),
    ).toEqual([]);
  });
});

describe("by words", () => {
  test.each([
    ["Debt advice", ["MON-01", "MON-02"]],
    ["Free debt advice service", ["MON-01", "MON-02"]],
    ["Domestic violence support", ["SAF-01"]],
    ["Food banks", ["BAS-01"]],
    ["Foodbank", ["BAS-01"]],
    ["Young carers group", ["FAM-04"]],
    ["Wheelchair clinic", []],
    ["PIP", ["BEN-03"]],
    ["Get online", []],
    ["Community centre", []],
    ["", []],
  ])("“%s” is %j", (text, codes) => {
    expect(needsOfWords(text)).toEqual(codes);
  });

  test("every label and every synonym finds its need", () => {
    for (const need of NEEDS.filter(({ code }) => !code.startsWith("OTH"))) {
      for (const text of [need.label, ...need.synonyms.filter((synonym) => synonym.length > 3)]) {
        const found = needsOfWords(text);
        // A word that a crosswalk line or two needs share may stand for others first.
        if (found.length > 0) continue;
        expect({ text, found }).not.toEqual({ text, found: [] });
      }
    }
  });

  test("the description is looked at only when nothing else says anything, and whole phrases only", () => {
    const description =
      "We help with council tax arrears and rent arrears letters; nobody is turned away for a sore back.";
    expect(matched({ description })).toEqual([{ code: "MON-01", by: "words", from: "council tax arrears" }]);
    expect(matched({ name: "Food bank", description })).toEqual([
      { code: "BAS-01", by: "words", from: "Food bank" },
    ]);
  });

  test("a description that says everything is matched three times at most, in its own order", () => {
    const description = "domestic violence, universal credit claim, smoke alarm, food parcel, legal aid";
    expect(matched({ description }).map(({ code }) => code)).toEqual(["SAF-01", "BEN-01", "HOU-11"]);
  });
});

test("the same service always has the same needs", () => {
  const service = {
    name: "Debt and food",
    description: "",
    terms: [term({ name: "Housing" }), term({ name: "Benefits" })],
  };
  expect(matchNeeds(service)).toEqual(matchNeeds(structuredClone(service)));
});
