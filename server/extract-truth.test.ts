import { describe, expect, test } from "vitest";
import { linkRecord } from "./domain/linking/record";
import { scorePairs, trialOf } from "./extract-truth";

const rules = { currentYear: 2026, testRanges: true, ukFormats: true };
const person = (firstName: string, dateOfBirth: string) =>
  linkRecord({ firstName, lastName: "Thistlewood", sex: "F", dateOfBirth, postcode: "SR1 3AB" }, rules);

describe("how right a linking was", () => {
  test("is counted over all true pairs, of links alone and with those for review", () => {
    // Four true pairs; two of three links and one of two reviews are right.
    const pairs = [
      { band: "link" as const, right: true },
      { band: "link" as const, right: true },
      { band: "link" as const, right: false },
      { band: "review" as const, right: true },
      { band: "review" as const, right: false },
    ];
    const scored = scorePairs(pairs, ({ right }) => right, 4);
    expect(scored.link).toEqual({ pairs: 3, precision: 0.6667, recall: 0.5, f1: 0.5714 });
    expect(scored.linkAndReview).toEqual({ pairs: 5, precision: 0.6, recall: 0.75, f1: 0.6667 });
    expect(scored.wrongLinks).toEqual([{ band: "link", right: false }]);
    expect(scorePairs([], () => true, 0).link).toEqual({ pairs: 0, precision: 0, recall: 0, f1: 0 });
  });

  test("names wrong links by what they look like, and the threshold that would have been best", () => {
    const records = new Map([
      ["a", person("Ann", "1984-03-07")],
      ["b", person("Ann", "1984-03-07")],
      ["twin", person("Grace", "1984-03-07")],
      ["namesake", person("Ann", "1991-11-30")],
    ]);
    const personOf = new Map([
      ["a", "1"],
      ["b", "1"],
      ["twin", "2"],
      ["namesake", "3"],
    ]);
    const link = (b: string, probability: number) => ({
      ...{ a: "a", b, probability, weight: 1, band: "link" as const, reason: "" },
    });
    const trial = trialOf([link("b", 0.99), link("twin", 0.97), link("namesake", 0.95)], records, personOf);
    expect(trial).toMatchObject({
      truePairs: 1,
      blockingRecall: 1,
      link: { pairs: 3, recall: 1 },
      bestF1: { threshold: 0.99, f1: 1 },
      wrongLinks: { twins: 1, oneName: 1, other: 0 },
    });
  });
});
