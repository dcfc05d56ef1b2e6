import { describe, expect, test } from "vitest";
import {
  dayNumber,
  type EntrySeen,
  type HomePlace,
  type IssueSeen,
  type ServiceSeen,
  type Span,
} from "./became";
import { ImpactFold } from "./count";
import { PeopleSet } from "./count-sets";
import { measures } from "./numbers";

const NEED = 3;
const SERVICES: readonly ServiceSeen[] = [
  { inScope: true, needs: new Set([NEED]) },
  { inScope: false, needs: null },
];
const quarter: Span = { first: dayNumber("2026-04-01"), until: dayNumber("2026-06-30") };

const said = (day: string, status: EntrySeen["status"], more: Partial<EntrySeen> = {}): EntrySeen => ({
  day: dayNumber(day),
  ...{ service: 0, status, severity: 2, ours: true },
  ...more,
});
const issue = (entries: readonly EntrySeen[]): IssueSeen => ({ needNumber: NEED, entries, referrals: [] });

describe("people", () => {
  const home = (more: Partial<HomePlace> = {}): HomePlace => ({
    ...{ kind: "postcode", nation: "England", edition: "IMD 2025", decile: 2, authority: "E08000901" },
    ...more,
  });
  const fold = () =>
    new ImpactFold({
      ...{ span: quarter, services: SERVICES, lines: null },
      yearBefore: { first: dayNumber("2025-04-01"), until: dayNumber("2025-06-30") },
    });

  test("count once, at the home of their last contact, and in the band of their longest wait", () => {
    const counting = fold();
    const moved = { day: dayNumber("2026-06-01"), home: home({ decile: 9 }) };
    counting.addContacts(0, [{ day: dayNumber("2026-04-01"), home: home() }, moved], false);
    counting.addContacts(1, [{ day: dayNumber("2025-05-01"), home: home() }], false);
    counting.addIssues(0, [
      issue([said("2026-06-01", "new", { severity: 3 })]),
      issue([said("2026-01-01", "new", { severity: 4 }), said("2026-06-01", "ongoing", { severity: 2 })]),
    ]);
    const { sets, setsYearBefore, things, contactsYearBefore } = counting.finish();
    const people = (measure: Parameters<typeof sets.get>[0]) => [...(sets.get(measure) ?? [])];
    expect(people(measures.helped)).toEqual([0]);
    expect(people(measures.decile("England", "IMD 2025", 9))).toEqual([0]);
    expect(people(measures.mostDeprivedFifth("England", "IMD 2025"))).toEqual([]);
    expect(people(measures.waiting(91))).toEqual([0]);
    expect(people(measures.waiting(0))).toEqual([]);
    expect(people(measures.severity("better"))).toEqual([0]);
    expect(people(measures.severity("once"))).toEqual([]);
    expect(things.contacts).toBe(2);
    expect(things.issues["*"]?.brought).toBe(2);
    expect([...(setsYearBefore.get(measures.mostDeprivedFifth("England", "IMD 2025")) ?? [])]).toEqual([1]);
    expect(contactsYearBefore).toBe(1);
  });

  test("who come in any order are in a set once", () => {
    const set = new PeopleSet();
    for (const person of [5, 5, 2, 9, 2, 5, 1]) set.add(person);
    expect([...set.sorted()]).toEqual([1, 2, 5, 9]);
    set.add(3).add(12);
    expect([...set.sorted()]).toEqual([1, 2, 3, 5, 9, 12]);
    expect([set.has(3), set.has(4), set.size]).toEqual([true, false, 6]);
  });
});
