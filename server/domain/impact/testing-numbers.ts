/** Made numbers of a summary, for tests: one plausible quarter, and random ones of every shape that numbers can have. */

import fc from "fast-check";
import { DOMAINS } from "../needs";
import { slicesOf } from "../slices";
import { FRAMEWORKS } from "./frameworks";
import {
  COURSES,
  type ExactNumbers,
  type FigureNumbers,
  type ImpactNumbers,
  type ImpactScope,
  type Measure,
  measures,
  NEED_MEASURES,
  type NeedMeasure,
  type PeopleNumbers,
  REFERRAL_MEASURES,
  type ReferralMeasure,
  WAITING_DAYS,
} from "./numbers";
import { AUDIENCES, type Audience, type Plan, SECTIONS } from "./plan";

export const EDITION = "Index of Multiple Deprivation 2025";
export const CONFIDENCE = {
  ...{ id: "8c6e0f5e-1111-7000-8000-000000000001", name: "Confidence with money" },
  ...{ lowest: 0, highest: 10, direction: "higher-better" as const },
};

export const SCOPE: ImpactScope = {
  organisationName: "Wear Advice",
  serviceName: "money advice",
  together: [],
  firstDay: null,
  countedOn: "2026-11-24",
};

/** July to September 2026, with every section. */
export const planFor = (audience: Audience, given: Partial<Plan> = {}): Plan => ({
  serviceId: null,
  period: { type: "quarter", financialYear: 2026, index: 1 },
  audience,
  sections: [...SECTIONS],
  framework: null,
  texts: {},
  storyIds: [],
  ...given,
});

export const NO_THINGS: ExactNumbers["things"] = {
  contacts: 0,
  issues: {},
  referrals: { sent: 0, accepted: 0, declined: 0, started: 0, completed: 0, "lost-touch": 0, waiting: 0 },
};

/** Figures of these people and nothing else. */
export const figuresOf = (
  people: PeopleNumbers,
  given: Partial<Omit<FigureNumbers, "basis" | "people">> = {},
): FigureNumbers => ({
  basis: "figures",
  people,
  estimates: { resolution: null, acceptance: null, completion: null, severity: null, instruments: {} },
  areas: [],
  instruments: [],
  yearBefore: null,
  ...given,
});

/** Exact numbers of these people and nothing else. */
export const exactOf = (
  people: PeopleNumbers,
  given: Partial<Omit<ExactNumbers, "basis" | "people">> = {},
): ExactNumbers => ({
  ...figuresOf(people),
  basis: "exact",
  things: NO_THINGS,
  servicesWithoutList: [],
  contactsYearBefore: null,
  ...given,
});

/** Every set of people that a paper can ask for, with one framework. */
const PATHS = ["*", ...DOMAINS.map(({ code }) => code), "MON-01", "HOU-04", "MEN-01"];
const NATIONS_AND_EDITIONS = [
  ["England", EDITION],
  ["Wales", "Welsh Index of Multiple Deprivation 2019"],
] as const;
const FRAMEWORK = FRAMEWORKS[1] ?? null;
const MEASURES: readonly Measure[] = [
  measures.helped,
  measures.anonymous,
  ...PATHS.flatMap((path) => NEED_MEASURES.map((what) => measures.need(what, path))),
  ...REFERRAL_MEASURES.map(measures.referral),
  ...NATIONS_AND_EDITIONS.flatMap(([nation, edition]) => [
    measures.placed(nation, edition),
    measures.mostDeprivedFifth(nation, edition),
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((decile) => measures.decile(nation, edition, decile)),
  ]),
  ...(["no-fixed-address", "unknown", "outside", "no-decile"] as const).map(measures.notPlaced),
  ...(["age", "sex"] as const).flatMap((dimension) =>
    slicesOf(dimension).map(({ number }) => measures.slice(number)),
  ),
  ...[...COURSES, "both" as const, "once" as const].flatMap((what) => [
    measures.severity(what),
    measures.instrument(CONFIDENCE.id, what),
  ]),
  ...WAITING_DAYS.map(measures.waiting),
  ...(FRAMEWORK ? [...FRAMEWORK.lines.map(({ code }) => code), ""] : []).map((line) =>
    measures.framework(FRAMEWORK?.key ?? "", line),
  ),
];

const figure = fc.integer({ min: 2, max: 400 }).map((fives) => fives * 5);
const largeFigure = fc.integer({ min: 6, max: 400 }).map((fives) => fives * 5);
const exactCount = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 12 }),
  fc.integer({ min: 0, max: 2500 }),
);

const peopleOf = (count: fc.Arbitrary<number>): fc.Arbitrary<PeopleNumbers> =>
  fc.array(fc.option(count), { minLength: MEASURES.length, maxLength: MEASURES.length }).map((counts) =>
    Object.fromEntries(
      MEASURES.flatMap((measure, at) => {
        const count = counts[at] ?? null;
        return count === null ? [] : [[measure, count]];
      }),
    ),
  );

const days = fc.integer({ min: 0, max: 400 });
const share = fc.integer({ min: 0, max: 20 }).map((twentieths) => twentieths / 20);
const resolutionOf = (people: fc.Arbitrary<number>, things: fc.Arbitrary<number | null>) =>
  fc.record({
    issues: things,
    people,
    resolved: things,
    median: fc.record({ days: fc.option(days), low: fc.option(days), high: fc.option(days) }),
    curve: fc
      .uniqueArray(fc.constantFrom(0, 12, 30, 60, 77, 90, 180, 365), { minLength: 1 })
      .chain((at) =>
        fc.tuple(
          ...at
            .sort((a, b) => a - b)
            .map((days) =>
              fc.record({ days: fc.constant(days), share, low: share, high: share, atRisk: things }),
            ),
        ),
      ),
  });
const spreadOf = (people: fc.Arbitrary<number>) =>
  fc.record({ people, median: days, quarters: fc.tuple(days, days) });
const pairedOf = (people: fc.Arbitrary<number>, lowest: number, highest: number) =>
  fc
    .record({
      people,
      firstMean: fc.double({ min: lowest, max: highest, noNaN: true }),
      latestMean: fc.double({ min: lowest, max: highest, noNaN: true }),
      half: fc.option(fc.double({ min: 0, max: 3, noNaN: true })),
    })
    .map(({ people, firstMean, latestMean, half }) => {
      const mean = latestMean - firstMean;
      return {
        ...{ people, firstMean, latestMean, mean },
        low: half === null ? null : mean - half,
        high: half === null ? null : mean + half,
      };
    });

const common = (
  count: fc.Arbitrary<number>,
  ofEstimates: fc.Arbitrary<number>,
  things: fc.Arbitrary<number | null>,
) => ({
  people: peopleOf(count),
  estimates: fc.record({
    resolution: fc.option(resolutionOf(ofEstimates, things)),
    acceptance: fc.option(spreadOf(ofEstimates)),
    completion: fc.option(spreadOf(ofEstimates)),
    severity: fc.option(pairedOf(ofEstimates, 1, 4)),
    instruments: fc.option(pairedOf(ofEstimates, 0, 10)).map((change) => ({ [CONFIDENCE.id]: change })),
  }),
  areas: fc.constantFrom(
    [],
    [
      {
        nation: "England",
        edition: EDITION,
        areas: ["Wearside"],
        households: [9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((n) => n * 500),
      },
    ],
  ),
  instruments: fc.constantFrom([], [CONFIDENCE]),
  yearBefore: fc.option(peopleOf(count)),
});

export const anyFigures: fc.Arbitrary<ImpactNumbers> = fc.record({
  basis: fc.constant("figures" as const),
  ...common(figure, largeFigure, fc.constant(null)),
});

const needThings: fc.Arbitrary<Record<NeedMeasure, number>> = fc
  .array(fc.nat(3000), { minLength: NEED_MEASURES.length, maxLength: NEED_MEASURES.length })
  .map((counts) => {
    const things = { ...NOTHING };
    NEED_MEASURES.forEach((what, at) => {
      things[what] = counts[at] ?? 0;
    });
    return things;
  });
const NOTHING: Record<NeedMeasure, number> = {
  ...{ brought: 0, opened: 0, open: 0, resolved: 0, "no-longer-relevant": 0, improved: 0, worsened: 0 },
  ...{ theirs: 0, "theirs-resolved": 0, "theirs-referred": 0, "outside-list": 0, unmet: 0, again: 0 },
};
const referralThings: fc.Arbitrary<Record<ReferralMeasure, number>> = fc.record({
  ...{ sent: fc.nat(500), accepted: fc.nat(500), declined: fc.nat(500), started: fc.nat(500) },
  ...{ completed: fc.nat(500), "lost-touch": fc.nat(500), waiting: fc.nat(500) },
});

const contactsOrNone: fc.Arbitrary<number | null> = fc.option(fc.nat(9000));

export const anyExact: fc.Arbitrary<ImpactNumbers> = fc.record({
  basis: fc.constant("exact" as const),
  ...common(exactCount, fc.integer({ min: 1, max: 900 }), fc.nat(900)),
  things: fc.record({
    contacts: fc.nat(9000),
    issues: fc.record({ "*": needThings, HOU: needThings }),
    referrals: referralThings,
  }),
  servicesWithoutList: fc.constantFrom([], ["Money advice"], ["Money advice", "Housing help"]),
  contactsYearBefore: contactsOrNone,
});

export const anyPlan: fc.Arbitrary<Plan> = fc
  .record({ audience: fc.constantFrom(...AUDIENCES), sections: fc.shuffledSubarray([...SECTIONS]) })
  .map(({ audience, sections }) => planFor(audience, { sections }));

export const TESTED_FRAMEWORK = FRAMEWORK;
