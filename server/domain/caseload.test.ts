import { describe, expect, test } from "vitest";
import { type DueState, dueFault, dueState, inActionOrder } from "./action";
import { daysUnseen, dueGroups, isNotSeen, longestUnseenFirst, reassignSchema } from "./caseload";

const TODAY = "2026-11-24";
const at = (text: string) => new Date(text);

describe("where the day of an action stands", () => {
  test.each<[string | null, DueState]>([
    [null, "whenever"],
    ["2026-11-23", "overdue"],
    ["2025-11-24", "overdue"],
    ["2026-11-24", "today"],
    ["2026-11-25", "soon"],
    ["2026-12-01", "soon"],
    ["2026-12-02", "later"],
  ])("%s is %s", (dueOn, state) => {
    expect(dueState(dueOn, TODAY)).toBe(state);
  });
});

describe("a day for an action", () => {
  test.each<[string | null, string | null, RegExp | null]>([
    [null, null, null],
    ["2026-11-24", null, null],
    ["2026-11-23", null, /has passed/],
    ["2026-11-23", "2026-11-23", null],
    ["2026-11-22", "2026-11-23", /has passed/],
    ["2062-11-24", null, /Check the year/],
  ])("%s, where it was %s, gives %s", (dueOn, before, fault) => {
    const found = dueFault(dueOn, TODAY, before);
    return fault ? expect(found).toMatch(fault) : expect(found).toBeNull();
  });
});

const action = (dueOn: string | null, createdAt: string, finishedAt: string | null = null) => ({
  name: `${dueOn} ${createdAt.slice(0, 10)}`,
  dueOn,
  createdAt: at(createdAt),
  finished: finishedAt ? { at: at(finishedAt), by: null, outcome: "done" as const } : null,
});

test("actions stand by day, those without one last, then finished ones with the latest first", () => {
  const ordered = inActionOrder([
    action(null, "2026-11-01T10:00:00Z"),
    action("2026-11-30", "2026-11-02T10:00:00Z"),
    action("2026-11-20", "2026-11-03T10:00:00Z", "2026-11-21T10:00:00Z"),
    action("2026-11-20", "2026-11-05T10:00:00Z"),
    action("2026-11-20", "2026-11-04T10:00:00Z"),
    action(null, "2026-11-06T10:00:00Z", "2026-11-22T10:00:00Z"),
  ]);
  expect(ordered.map(({ name }) => name)).toEqual([
    "2026-11-20 2026-11-04",
    "2026-11-20 2026-11-05",
    "2026-11-30 2026-11-02",
    "null 2026-11-01",
    "null 2026-11-06",
    "2026-11-20 2026-11-03",
  ]);
});

test("a day page groups what is open, and keeps of what is finished only today's, by London's clock", () => {
  const groups = dueGroups(
    [
      action("2026-11-20", "2026-11-01T10:00:00Z"),
      action("2026-11-24", "2026-11-02T10:00:00Z"),
      action(null, "2026-11-03T10:00:00Z"),
      action("2026-11-24", "2026-11-04T10:00:00Z", "2026-11-24T00:10:00Z"),
      action("2026-11-24", "2026-11-05T10:00:00Z", "2026-11-23T23:50:00Z"),
    ],
    TODAY,
  );
  expect(Object.fromEntries(Object.entries(groups).map(([name, list]) => [name, list.length]))).toEqual({
    overdue: 1,
    today: 1,
    soon: 0,
    later: 0,
    whenever: 1,
    finished: 1,
  });
});

const row = (id: string, lastContactOn: string | null, addedAt = "2026-11-01T12:00:00Z") => ({
  ...{ id, lastContactOn, serviceId: null },
  addedAt: at(addedAt),
});

describe("not seen for 28 days", () => {
  test.each([
    ["seen today", row("a", "2026-11-24"), 0, false],
    ["seen 27 days ago", row("a", "2026-10-28"), 27, false],
    ["seen 28 days ago", row("a", "2026-10-27"), 28, true],
    ["seen tomorrow, by a contact for it", row("a", "2026-11-25"), 0, false],
    ["never, and added lately", row("a", null), 23, false],
    ["never, and added long ago", row("a", null, "2026-10-01T12:00:00Z"), 54, true],
  ])("%s", (_words, somebody, days, notSeen) => {
    expect(daysUnseen(somebody, TODAY)).toBe(days);
    expect(isNotSeen(somebody, TODAY, 28)).toBe(notSeen);
  });
});

test("whoever was not seen for longest comes first, and the same day goes by id", () => {
  const rows = [row("b", "2026-11-20"), row("c", "2026-01-01"), row("a", "2026-11-20")];
  expect(longestUnseenFirst(rows, TODAY).map(({ id }) => id)).toEqual(["c", "a", "b"]);
});

describe("a move", () => {
  const id = (n: number) => `019a0000-0000-7000-8000-${String(n).padStart(12, "0")}`;
  const move = (people: number, twice = false) => ({
    id: id(1),
    to: null,
    clientIds: Array.from({ length: people }, (_, at) => id(twice ? 7 : at)),
  });
  test.each([
    [move(0), false],
    [move(1), true],
    [move(500), true],
    [move(501), false],
    [move(2, true), false],
  ])("of so many people", (given, fits) => {
    expect(reassignSchema.safeParse(given).success).toBe(fits);
  });
});
