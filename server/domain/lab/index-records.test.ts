/** Which index date counts, who is lost and why, who is compared, and what came of each. */

import { describe, expect, test } from "vitest";
import { CODEBOOK } from "../../testing-outcomes";
import { codebookSchema, type OfferedOutcome } from "./codebook";
import type { Covariates } from "./data-set";
import {
  type CohortStart,
  type IndexRules,
  indexOfOther,
  indexOfParticipant,
  outcomeOf,
  TableBuilder,
  tableOf,
} from "./index-records";

const codebook = codebookSchema.parse(CODEBOOK);
const RULES: IndexRules = {
  startedFrom: "2024-01-01",
  startedTo: "2024-06-30",
  anchorDays: 90,
  followUp: 365,
  completeTo: "2025-12-31",
};

describe("the index date of somebody who took part", () => {
  test.each([
    [
      "the nearest one before or after the start",
      ["2023-06-01", "2024-02-20", "2024-04-15"],
      "2024-03-01",
      1,
    ],
    ["the earlier of two that are as near", ["2024-02-20", "2024-03-11"], "2024-03-01", 0],
    ["on the last day that is near enough", ["2023-12-02"], "2024-03-01", 0],
    ["none a day further off", ["2023-12-01"], "2024-03-01", "no-index-in-window"],
    ["none of somebody without any", [], "2024-03-01", "no-index-in-window"],
    ["none that is not followed up yet", ["2025-01-01"], "2024-12-30", "follow-up-not-over"],
    ["on the last day that is followed up", ["2024-12-31"], "2024-12-30", 0],
  ])("is %s", (_, dates, start, expected) => {
    expect(indexOfParticipant(dates, start, RULES)).toBe(expected);
  });

  test("is nearest to the middle of the window where no start is known", () => {
    expect(indexOfParticipant(["2023-10-03", "2024-03-20", "2024-09-28"], null, RULES)).toBe(1);
    expect(indexOfParticipant(["2023-10-03"], null, RULES)).toBe(0);
    expect(indexOfParticipant(["2023-09-01"], null, RULES)).toBe("no-index-in-window");
  });
});

describe("the index date of somebody who is compared", () => {
  test("lies in the window and is followed up", () => {
    expect(indexOfOther(["2023-09-01", "2024-02-01", "2024-10-01"], 5, RULES)).toBe(1);
    expect(indexOfOther(["2023-09-01"], 5, RULES)).toBeNull();
    expect(indexOfOther(["2024-09-01"], 5, { ...RULES, completeTo: "2025-08-31" })).toBeNull();
  });

  test("is the same in every run, and not always the first", () => {
    const dates = ["2024-01-05", "2024-02-05", "2024-03-05"];
    const picked = Array.from({ length: 300 }, (_, person) => indexOfOther(dates, person, RULES));
    expect(Array.from({ length: 300 }, (_, person) => indexOfOther(dates, person, RULES))).toEqual(picked);
    for (const place of [0, 1, 2]) {
      expect(picked.filter((one) => one === place).length).toBeGreaterThan(60);
    }
  });
});

describe("the table", () => {
  const start = (day: string | null, loss: CohortStart["loss"] = null): CohortStart => ({ start: day, loss });
  const cohort = [
    start("2024-02-01"),
    start("2024-02-01"),
    start("2024-02-01", "no-birth-date"),
    start("2024-02-01"),
    start("2024-02-01"),
    start("2026-02-01"),
    start("2024-02-01"),
    start("2024-02-01"),
  ];
  const rows = [3, "sent-twice", 4, "not-found", "not-certain", 5, 0, 1] as const;
  const people: Covariates = [
    [["2024-02-11", [30, "theft", "North"]]],
    [["2023-01-01", [31, "theft", "South"]]],
    [["2024-03-01", [50, null, "East"]]],
    [["2024-01-20", [null, "assault", "South"]]],
    [["2024-01-20", [41, "theft", "North"]]],
    [["2024-01-20", [42, "theft", "North"]]],
    [["2024-01-20", [43, "theft", "North"]]],
  ];
  const builder = new TableBuilder(cohort, { rows, touched: new Set([0, 1, 3, 4, 5, 6]) }, RULES);
  builder.show(0, people.slice(0, 4));
  builder.show(4, people.slice(4));
  const { losses, records, treated } = builder.finish();

  test("says for each row why it is lost, the first reason that holds", () => {
    expect(losses).toEqual([
      null,
      "sent-twice",
      "no-birth-date",
      "not-found",
      "not-certain",
      "not-started",
      null,
      "no-index-in-window",
    ]);
  });

  test("compares with nobody who is or could be in the cohort", () => {
    expect(records.map(({ person }) => person)).toEqual([0, 2, 3]);
    expect([...treated]).toEqual([1, 0, 1]);
  });

  test("has the columns that were asked for, and knows what it does not know", () => {
    const {
      covariates,
      rows: size,
      outcomes,
    } = tableOf(codebook, records, treated, ["age", "offence", "district"]);
    expect(size).toBe(3);
    expect(outcomes.size).toBe(0);
    expect(covariates.get("age")).toEqual({ type: "number", values: Float64Array.of(30, 50, Number.NaN) });
    expect(covariates.get("offence")).toEqual({
      type: "category",
      levels: ["theft", "assault"],
      codes: Int32Array.of(0, -1, 1),
    });
    expect(covariates.get("district")).toMatchObject({ levels: ["East", "North", "South"] });
    expect([...tableOf(codebook, records, treated, ["age"]).covariates.keys()]).toEqual(["age"]);
  });
});

describe("what came of somebody", () => {
  const outcome = (name: string): OfferedOutcome => {
    const found = codebook.outcomes.find((offered) => offered.name === name);
    if (!found) throw new Error(name);
    return found;
  };
  const of = (name: string, events: [string, number][]) =>
    outcomeOf(outcome(name), codebook, "2024-01-10", events);

  test.each([
    ["reoffended", [], 0],
    ["reoffended", [["2024-01-10", 0]], 0],
    ["reoffended", [["2024-01-11", 0]], 1],
    ["reoffended", [["2025-01-09", 1]], 1],
    ["reoffended", [["2025-01-10", 1]], 0],
    ["reoffended", [["2024-05-01", 2]], 0],
    [
      "frequency",
      [
        ["2024-02-01", 0],
        ["2024-02-01", 0],
        ["2024-03-01", 2],
        ["2024-04-01", 1],
      ],
      3,
    ],
    [
      "days",
      [
        ["2024-02-01", 2],
        ["2024-03-10", 1],
        ["2024-03-01", 0],
      ],
      51,
    ],
    ["days", [], Number.NaN],
    [
      "severity",
      [
        ["2024-02-01", 0],
        ["2024-03-01", 1],
      ],
      8,
    ],
    ["severity", [], 0],
  ] as [string, [string, number][], number][])("%s after %j is %d", (name, events, expected) => {
    expect(of(name, events)).toBe(expected);
  });
});
