/**
 * Every sentence that change can make: none speaks of cause, none promises more than its interval, and each says where
 * and when. Sentences are made for thousands of random answers.
 */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EventMarker } from "../event-marker";
import { LEVELS } from "../geography";
import type { ChangedAreas, ChangePoint, ChangeSeries, Finding } from "./ask";
import type { Beside } from "./reporting";
import { areasFinding, intervalInWords, movedInWords, reportingInWords, seriesFinding } from "./words";

/** Words of cause and of praise. A figure that went with an event was not made by it. */
const FORBIDDEN =
  /\b(com(e|es|ing) with|caus\w*|because|due to|thanks to|led to|result(s|ed)? (in|from)|prov(e|es|ed|en)|works?|worked|effect\w*|impact\w*|success\w*|fail\w*|better|worse|improv\w*|reduc\w*|increas\w* by|made it|brought about|driv\w+|saved|achiev\w*|significant\w*)\b/i;

const area = (number: number) => ({ area: number, code: `ZZ${number} 1`, name: `Place ${number}` });

const event: EventMarker = {
  ...{ id: "e", kind: "service-opened", title: "A pantry opens", happensOn: "2026-06-04", reason: "" },
  ...{
    areas: [area(11)],
    comparison: [],
    expected: [{ node: "BAS-01", label: "No food", direction: "fall" }],
  },
  ...{ organisationName: "Testshire Council", writtenOn: "2026-05-20", figuresUntil: "2026-04-30" },
  ...{ writtenBefore: true, withdrawnOn: null, notes: [], isOurs: false },
};

const ratio = fc
  .tuple(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: 0.01, max: 2, noNaN: true }))
  .map(([middle, half]) => ({
    ratio: Math.exp(middle),
    low: Math.exp(middle - half),
    high: Math.exp(middle + half),
  }));
const figure = fc.option(fc.integer({ min: 2, max: 400 }).map((fifth) => fifth * 5));

const points = fc.array(
  fc.record<ChangePoint>({
    period: fc.constant("m:2026-05"),
    words: fc.constant("May 2026"),
    figure,
    interval: fc.constant(null),
    hidden: fc.nat(3),
    yearBefore: figure,
    side: fc.constantFrom("before", "after", "across", null),
    comparison: figure,
    fitted: fc.constant(null),
    expected: fc.constant(null),
  }),
  { maxLength: 12 },
);

const series = fc.record<Omit<ChangeSeries, "finding">>({
  node: fc.constant("BAS-01"),
  label: fc.constant("No food"),
  level: fc.constantFrom(...LEVELS),
  areas: fc
    .integer({ min: 1, max: 7 })
    .map((count) => Array.from({ length: count }, (_, at) => area(at + 10))),
  type: fc.constantFrom("month", "quarter", "year"),
  points,
  notPublished: fc.constant(null),
  trend: fc.constantFrom("rising", "falling", "level", "not-clear", "too-short"),
  yearChange: fc.option(ratio.map((each) => ({ ...each, pairs: 3 }))),
  event: fc.constantFrom(event, { ...event, figuresUntil: "2026-12-31", writtenBefore: false }, null),
  compared: fc.nat(40).map((count) => Array.from({ length: count }, (_, at) => area(at + 50))),
  comparedChanged: fc.nat(3),
  fit: fc.option(
    fc.record({
      effect: ratio,
      level: ratio,
      slope: fc.option(ratio),
      family: fc.constantFrom<"Poisson" | "negative binomial">("Poisson", "negative binomial"),
      holds: fc.record({
        line: fc.boolean(),
        slope: fc.boolean(),
        season: fc.boolean(),
        comparison: fc.boolean(),
      }),
      before: fc.integer({ min: 3, max: 40 }),
      after: fc.integer({ min: 2, max: 40 }),
    }),
  ),
  reporting: fc.constant({ asked: 1, changedIn: [], changedInside: [], panel: null }),
  whyNoFit: fc.constantFrom("too-few-before", "too-few-after", "too-many-hidden", "no-one-answer", null),
});

const changedAreas = fc.record<Omit<ChangedAreas, "finding">>({
  node: fc.constant("MON"),
  label: fc.constant("Money and debt"),
  level: fc.constantFrom(...LEVELS),
  type: fc.constantFrom("month", "quarter", "year"),
  event: fc.constantFrom(event, { ...event, writtenBefore: false }, null),
  before: fc.constantFrom("July to September 2025", null),
  after: fc.constantFrom("July to September 2026", null),
  together: fc.option(fc.double({ min: 0.2, max: 4, noNaN: true })),
  dispersion: fc.double({ min: 1, max: 5, noNaN: true }),
  tested: fc.nat(60),
  areas: fc.array(
    fc.record({
      ...{ area: fc.nat(99), code: fc.constant("ZZ1 1"), name: fc.constant("ZZ1 1"), named: fc.boolean() },
      ...{ before: figure, after: figure, ratio: fc.option(ratio), notPublished: fc.constant(false) },
      coverageChanged: fc.boolean(),
      against: fc.option(fc.double({ min: 0.2, max: 4, noNaN: true })),
      information: fc.option(fc.double({ min: 1, max: 99, noNaN: true })),
      q: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      verdict: fc.constantFrom<"above" | "below" | "not-clear" | "hidden">(
        "above",
        "below",
        "not-clear",
        "hidden",
      ),
    }),
    { maxLength: 9 },
  ),
});

const sentencesOf = ({ title, sentences, limits }: Finding) => [title, ...sentences, ...limits];

describe("sentences of change", () => {
  test("never speak of cause, for a place", () => {
    fc.assert(
      fc.property(series, (facts) => {
        for (const sentence of sentencesOf(seriesFinding(facts))) {
          expect(sentence).not.toMatch(FORBIDDEN);
          expect(sentence).not.toMatch(/NaN|undefined|null|Infinity/);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test("never speak of cause, for all areas", () => {
    fc.assert(
      fc.property(changedAreas, (facts) => {
        for (const sentence of sentencesOf(areasFinding(facts))) {
          expect(sentence).not.toMatch(FORBIDDEN);
          expect(sentence).not.toMatch(/NaN|undefined|null|Infinity/);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test("never speak of cause, of who reports", () => {
    const panel = { area: 1, name: "Testshire", words: "May 2026", organisations: 3 };
    const figures = { wholeThen: 90, wholeNow: 120, panelThen: 90, panelNow: 95 };
    const parted = { wholeThen: 1795, wholeNow: 1990, panelThen: 1795, panelNow: 1890 };
    for (const changedIn of [[], ["May 2026", "June 2026"]]) {
      for (const changedInside of [[], ["Wytherhaven"]]) {
        for (const asked of [1, 3]) {
          for (const told of [null, { ...panel, ...figures }, { ...panel, ...parted }]) {
            for (const sentence of reportingInWords({ asked, changedIn, changedInside, panel: told })) {
              expect(sentence).not.toMatch(FORBIDDEN);
            }
          }
        }
      }
    }
  });

  test("say “No” of who reports only when coverage is the same here and inside, and both lines go together", () => {
    const panel = { area: 1, name: "Testshire", words: "May 2026", organisations: 4 };
    const together = { ...panel, wholeThen: 1800, wholeNow: 1990, panelThen: 1795, panelNow: 1985 };
    const parted = { ...panel, wholeThen: 1800, wholeNow: 1990, panelThen: 1795, panelNow: 1890 };
    const say = (told: typeof panel & Beside, changedIn: string[], changedInside: string[]) =>
      reportingInWords({ asked: 1, changedIn, changedInside, panel: told }).join(" ");
    expect(say(together, [], [])).toMatch(/^No: /);
    expect(say(together, ["May 2026"], [])).toMatch(/^It may be, in part: .* reporting here/);
    expect(say(together, [], ["Wytherhaven"])).toMatch(/^It may be, in part: .* in Wytherhaven/);
    expect(say(parted, [], [])).toMatch(
      /^It may be, in part\. Part of the rise \(about 95\) was recorded by organisations or places that had not reported throughout/,
    );
  });

  test("say a rise or a fall only where the whole interval is on that side", () => {
    fc.assert(
      fc.property(series, (facts) => {
        const { title } = seriesFinding(facts);
        if (!facts.event || !facts.fit || !facts.points.some(({ figure: each }) => each !== null)) return;
        const { low, high } = facts.fit.effect;
        expect(/not clear/.test(title)).toBe(low <= 1 && high >= 1);
        if (/fell/.test(title)) expect(high).toBeLessThan(1);
        if (/rose|doubled/.test(title)) expect(low).toBeGreaterThan(1);
      }),
    );
  });

  test("say after a clear answer that it does not say why, and what else cannot be told apart", () => {
    fc.assert(
      fc.property(series, (facts) => {
        if (!facts.event || !facts.fit) return;
        const finding = seriesFinding(facts);
        const shown = facts.points.some(({ figure: each }) => each !== null);
        if (!shown) return;
        expect(finding.limits.join(" ")).toContain("cannot be told apart");
        expect(finding.sentences[0]).toMatch(/does not say why|not the same as no change/);
      }),
    );
  });
});

test.each([
  [0.66, "fell by about a third"],
  [0.5, "fell by about a half"],
  [0.85, "fell by about 15%"],
  [1.01, "stayed about the same"],
  [1.26, "rose by about a quarter"],
  [2.05, "about doubled"],
  [3, "rose to about 3 times as many"],
])("a ratio of %s is said as: %s", (value, words) => expect(movedInWords(value)).toBe(words));

test.each([
  [0.55, 0.8, "between 20% and 45% fewer"],
  [0.9, 1.15, "between 10% fewer and 15% more"],
  [1.05, 1.4, "between 5% and 40% more"],
])("%s to %s is said as: %s", (low, high, words) => expect(intervalInWords({ low, high })).toBe(words));
