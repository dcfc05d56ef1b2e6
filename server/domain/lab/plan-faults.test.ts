/** What is missing of a plan, by field; the attestation beside the records; and what the analysis is told. */

import { describe, expect, test } from "vitest";
import { CASEWORK_CODEBOOK, CASEWORK_DATA_SET_ID } from "./casework-set";
import type { Codebook } from "./codebook";
import { analysisPlanOf, faultsOfPlan, reconcile } from "./plan-faults";
import { EMPTY_PLAN } from "./studies";
import type { StudyPlan } from "./study";

const CODEBOOK: Codebook = {
  ...CASEWORK_CODEBOOK,
  ...{ from: "2023-01-01", to: "2025-06-30", completeTo: "2026-01-31", anchorDays: 90 },
};
const TODAY = "2026-03-31";
const WHOLE: StudyPlan = {
  ...EMPTY_PLAN,
  ...{ intervention: "had a mentor", about: "Mentors", referralRoute: "Probation", place: "Wythershire" },
  ...{ supportType: "Mentoring", sector: "voluntary", startedFrom: "2024-01-01", startedTo: "2024-12-31" },
  ...{ wholeCohort: true, inclusionRule: "Met once.", eligible: 120, lawfulBasis: "public-task" },
  ...{ controller: "Wear Mentors", purpose: "To learn", dataSetId: "0197a000-0000-7000-8000-000000000001" },
  ...{ outcomes: ["again"], covariates: ["age", "sex"] },
  methods: [{ name: "radius", caliper: 0.2, exact: [], score: "logit" }],
};
const faults = (over: Partial<StudyPlan>, codebook: Codebook | null = CODEBOOK) =>
  faultsOfPlan({ ...WHOLE, ...over }, { codebook, today: TODAY });
const stopped = (over: Partial<StudyPlan>, codebook: Codebook | null = CODEBOOK) =>
  faults(over, codebook).flatMap(({ field, stops }) => (stops ? [field] : []));

test("a whole plan has no fault, and an empty one says all that is missing", () => {
  expect(faults({})).toEqual([]);
  expect(stopped(EMPTY_PLAN, null)).toEqual([
    ...[
      "intervention",
      "about",
      "referralRoute",
      "place",
      "supportType",
      "sector",
      "startedFrom",
      "startedTo",
    ],
    ...["wholeCohort", "inclusionRule", "eligible", "lawfulBasis", "controller", "purpose", "dataSetId"],
  ]);
});

test("more than three outcomes keep a plan from being fixed", () => {
  const [first] = CODEBOOK.outcomes;
  if (!first) throw new Error("The codebook has outcomes");
  const more = { ...CODEBOOK, outcomes: [...CODEBOOK.outcomes, { ...first, name: "once_more" }] };
  const names = more.outcomes.map(({ name }) => name);
  expect(stopped({ outcomes: names.slice(0, 3) }, more)).toEqual([]);
  expect(stopped({ outcomes: names }, more)).toEqual(["outcomes"]);
});

describe("words that will stand in the report", () => {
  test("are let through where they say what was done", () => {
    for (const about of [
      "Four mornings about applications and interviews. It was given up for mentors after a year.",
      "For people with proven offences. A mentor meets them each week.",
    ])
      expect(stopped({ about, leftOut: [{ reason: "asked not to be in it", people: 4 }] })).toEqual([]);
  });

  test.each<[keyof StudyPlan & ("intervention" | "about" | "place" | "leftOut"), Partial<StudyPlan>]>([
    ["intervention", { intervention: "had a mentor, which cut crime" }],
    ["intervention", { intervention: "had a mentor because it helps" }],
    ["intervention", { intervention: "had a mentor that works" }],
    ["about", { about: "It has been proved to help." }],
    ["about", { about: "It was begun by her sister Marta Quill." }],
    ["place", { place: "Wythershire, where it was a success" }],
    ["leftOut", { leftOut: [{ reason: "failed to come", people: 4 }] }],
  ])("are refused in %s where they claim or name somebody: %j", (field, over) => {
    expect(stopped(over)).toContain(field);
  });
});

test.each<[string, Partial<StudyPlan>, keyof StudyPlan]>([
  ["days the wrong way round", { startedTo: "2023-12-31" }, "startedTo"],
  ["a day that is still to come", { startedTo: "2026-04-01" }, "startedTo"],
  ["days before the data", { startedFrom: "2021-01-01", startedTo: "2022-12-31" }, "startedFrom"],
  ["days long after the data", { startedFrom: "2025-11-01", startedTo: "2025-12-31" }, "startedFrom"],
  ["a chosen few", { wholeCohort: false }, "wholeCohort"],
  ["no service of these records themselves", { dataSetId: CASEWORK_DATA_SET_ID }, "serviceId"],
  ["too few people", { eligible: 59 }, "eligible"],
  [
    "too few when some are left out",
    { eligible: 70, leftOut: [{ reason: "No consent", people: 11 }] },
    "eligible",
  ],
  [
    "more left out than started",
    { eligible: 70, leftOut: [{ reason: "No consent", people: 71 }] },
    "leftOut",
  ],
  ["no outcome", { outcomes: [] }, "outcomes"],
  ["an outcome that is not in the data", { outcomes: ["wealth"] }, "outcomes"],
  ["an outcome twice", { outcomes: ["again", "again"] }, "outcomes"],
  ["nothing to compare on", { covariates: [] }, "covariates"],
  ["a sub-group of a number", { subgroups: ["age"] }, "subgroups"],
  ["no method", { methods: [] }, "methods"],
  ["a headline that is not matched", { methods: [{ name: "unmatched" }] }, "methods"],
  ["an exact match on nothing chosen", { methods: [{ name: "exact", exact: ["need"] }] }, "methods"],
])("%s keeps a plan from being fixed", (_what, over, field) => expect(stopped(over)).toEqual([field]));

test.each<[string, Partial<StudyPlan>, keyof StudyPlan]>([
  [
    "people who cannot have been followed for long enough",
    { startedFrom: "2025-01-01", startedTo: "2025-06-30" },
    "startedTo",
  ],
  ["people whom matching does not suit", { exclusions: ["gangs"] }, "exclusions"],
])("%s are remarked on, and the plan may be fixed", (_what, over, field) => {
  expect(stopped(over)).toEqual([]);
  expect(faults(over).map((each) => each.field)).toEqual([field]);
});

describe("the attestation beside the records", () => {
  const plan = { ...WHOLE, eligible: 100, leftOut: [{ reason: "No consent", people: 8 }] };
  test.each<[string, number | null, number | null, RegExp[]]>([
    ["says nothing where all agrees", 100, 92, []],
    ["says nothing without records", null, null, []],
    [
      "warns when fewer are named than started",
      140,
      null,
      [/140 people started .* you say 100 people.*did well/],
    ],
    ["warns when more are named than the records have", 60, null, [/your records have 60 people/]],
    ["warns when fewer are sent than the plan says", 100, 80, [/file has 80 people.*92 people/]],
    ["warns when more are sent", 100, 95, [/more than the 92 people/]],
  ])("%s", (_what, started, sent, words) => {
    const { expected, warnings } = reconcile(plan, started, sent);
    expect(expected).toBe(92);
    expect(warnings).toEqual(words.map((each) => expect.stringMatching(each)));
  });
});

test("the analysis is told types and follow-ups by the codebook", () => {
  expect(analysisPlanOf(WHOLE, CODEBOOK)).toEqual({
    treated: "took_part",
    covariates: [
      { name: "age", type: "number" },
      { name: "sex", type: "category" },
    ],
    outcomes: [{ name: "again", type: "binary", followUp: 365 }],
    methods: WHOLE.methods,
    subgroups: [],
  });
  expect(() => analysisPlanOf({ ...WHOLE, outcomes: ["wealth"] }, CODEBOOK)).toThrow("codebook");
});
