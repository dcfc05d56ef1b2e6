import { describe, expect, test } from "vitest";
import { addInstrumentSchema, courseInWords, courseOf, type ShownScore, scoreFault } from "./instrument";

const id = "019a0000-0000-7000-8000-000000000001";
const define = (scale: object) =>
  addInstrumentSchema.safeParse({
    ...{ id, name: "Wellbeing", lowest: 7, highest: 35, step: 1, direction: "higher-better" },
    ...scale,
  });

describe("a scale", () => {
  test.each([
    [{}, null],
    [{ lowest: 0, highest: 1, step: 0.1 }, null],
    [{ lowest: -5, highest: 5, step: 2.5 }, null],
    [{ highest: 7 }, "highest"],
    [{ highest: 3 }, "highest"],
    [{ step: 3 }, "step"],
    [{ step: 0 }, "step"],
    [{ step: -1 }, "step"],
    [{ step: 0.001 }, "step"],
    [{ lowest: Number.NaN }, "lowest"],
    [{ name: " " }, "name"],
  ])("%j has its fault at %s", (scale, field) => {
    const read = define(scale);
    expect(read.success ? null : read.error.issues[0]?.path[0]).toBe(field);
  });
});

describe("a score", () => {
  const scale = { name: "Wellbeing", lowest: 0, highest: 1, step: 0.1 };
  test.each([
    [0, "2026-11-24", null],
    [0.7, "2026-11-24", null],
    [1, "2020-11-24", null],
    [1.1, "2026-11-24", "score"],
    [-0.1, "2026-11-24", "score"],
    [0.25, "2026-11-24", "score"],
    [0.5, "2026-11-25", "scoredOn"],
    [0.5, "1926-11-24", "scoredOn"],
  ])("%s on %s has its fault at %s", (score, scoredOn, field) => {
    const faults = scoreFault(scale, { score, scoredOn }, "2026-11-24");
    expect(faults && Object.keys(faults)[0]).toBe(field);
  });
});

const score = (scoredOn: string, value: number, more: Partial<ShownScore> = {}): ShownScore => ({
  ...{ id: `${scoredOn} ${value}`, scoredOn, score: value, memberName: null, voided: null },
  recordedAt: new Date(`${scoredOn}T12:00:00Z`),
  ...more,
});

describe("how far somebody has come", () => {
  test.each([
    [
      "higher-better",
      [score("2026-01-01", 14), score("2026-03-01", 19)],
      "better",
      "From 14 to 19, higher is better",
    ],
    [
      "lower-better",
      [score("2026-01-01", 14), score("2026-03-01", 19)],
      "worse",
      "From 14 to 19, lower is better",
    ],
    [
      "lower-better",
      [score("2026-03-01", 9), score("2026-01-01", 14)],
      "better",
      "From 14 to 9, lower is better",
    ],
    ["higher-better", [score("2026-01-01", 14)], "same", "14 so far, higher is better"],
    [
      "higher-better",
      [score("2026-01-01", 14), score("2026-02-01", 20), score("2026-03-01", 14)],
      "same",
      "14 at first and now, higher is better",
    ],
  ] as const)("%s %#", (direction, scores, turn, words) => {
    const course = courseOf(direction, scores);
    expect(course?.turn).toBe(turn);
    expect(course && courseInWords(direction, course)).toBe(words);
  });

  test("goes by scores that were not voided, and on one day by the one recorded later", () => {
    const scores = [
      score("2026-01-01", 3, { voided: { at: new Date(), reason: "Wrong person" } }),
      score("2026-02-01", 10),
      score("2026-03-01", 30, { recordedAt: new Date("2026-03-01T15:00:00Z") }),
      score("2026-03-01", 20, { recordedAt: new Date("2026-03-01T09:00:00Z") }),
    ];
    expect(courseOf("higher-better", scores)).toMatchObject({
      ...{ first: { score: 10 }, latest: { score: 30 }, change: 20, days: 28 },
    });
    expect(courseOf("higher-better", scores.slice(0, 1))).toBeNull();
  });
});
