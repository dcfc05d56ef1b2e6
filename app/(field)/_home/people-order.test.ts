import { expect, test } from "vitest";
import type { FieldPerson } from "../../_offline/device-state";
import { minutesAgo, orderPeople } from "./people-order";

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 10, 22, 10, 42);

function person(id: string, facts: Partial<FieldPerson> = {}): FieldPerson {
  return {
    id,
    givenName: id,
    familyName: "Pratt",
    dateOfBirth: null,
    sex: "not-known",
    reference: null,
    place: { kind: "unknown" },
    address: null,
    homeIsSecret: false,
    phone: null,
    email: null,
    assignedToMe: false,
    lastContactOn: null,
    openIssues: [],
    sharing: "not-asked",
    conflicts: [],
    unsent: false,
    changed: [],
    ...facts,
  };
}

const people = [
  person("zoe", { assignedToMe: true }),
  person("amy", { assignedToMe: true }),
  person("kofi", { lastContactOn: "2026-11-20" }),
  person("dawn", { lastContactOn: "2026-11-22", assignedToMe: true }),
  person("new", { unsent: true }),
];
const idsOf = (list: readonly FieldPerson[]) => list.map(({ id }) => id);

test("those seen last come first, whoever was added here before them, then those looked after by name", () => {
  const { last, recent, assigned } = orderPeople(people, null, NOW);
  expect(last).toBeNull();
  expect(idsOf(recent)).toEqual(["new", "dawn", "kofi"]);
  expect(idsOf(assigned)).toEqual(["amy", "zoe"]);
});

test("the person opened less than 20 minutes ago stays at the top, and nowhere else", () => {
  const { last, recent } = orderPeople(people, { id: "dawn", at: NOW - 19 * MINUTE }, NOW);
  expect(last?.id).toBe("dawn");
  expect(idsOf(recent)).toEqual(["new", "kofi"]);
});

test("after 20 minutes, or with a clock that was set back, nobody is kept at the top", () => {
  expect(orderPeople(people, { id: "dawn", at: NOW - 20 * MINUTE }, NOW).last).toBeNull();
  expect(orderPeople(people, { id: "dawn", at: NOW + MINUTE }, NOW).last).toBeNull();
  expect(orderPeople(people, { id: "gone", at: NOW }, NOW).last).toBeNull();
});

test("minutes are said in words", () => {
  expect(minutesAgo(NOW - 20_000, NOW)).toBe("just now");
  expect(minutesAgo(NOW - MINUTE, NOW)).toBe("1 minute ago");
  expect(minutesAgo(NOW - 9 * MINUTE, NOW)).toBe("9 minutes ago");
});
