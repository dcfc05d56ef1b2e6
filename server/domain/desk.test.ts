import { expect, test } from "vitest";
import { type DeskItem, isNear, urgentFirst } from "./desk";

const item = (over: Partial<DeskItem>): DeskItem => ({
  ...{ kind: "objection", count: 1, dueOn: null, isLate: false, about: null },
  ...over,
});

test("What is broken or late comes first, then what is due soonest, then what only waits", () => {
  const items = [
    item({ kind: "objection" }),
    item({ kind: "request", dueOn: "2026-12-01" }),
    item({ kind: "signature", count: 0 }),
    item({ kind: "request", dueOn: "2026-11-01", isLate: true }),
    item({ kind: "break-glass", dueOn: "2026-11-24" }),
    item({ kind: "audit", isLate: true }),
  ];
  expect(urgentFirst(items).map(({ kind, dueOn }) => [kind, dueOn])).toEqual([
    ["audit", null],
    ["request", "2026-11-01"],
    ["break-glass", "2026-11-24"],
    ["request", "2026-12-01"],
    ["objection", null],
  ]);
});

test("A review is spoken of thirty days before, and after its day", () => {
  expect(isNear("2026-12-22", "2026-11-22")).toBe(true);
  expect(isNear("2026-12-23", "2026-11-22")).toBe(false);
  expect(isNear("2026-10-01", "2026-11-22")).toBe(true);
});
