import { describe, expect, test } from "vitest";
import { changesOf, type Happened } from "./changes";
import {
  type ExactNumbers,
  type FigureNumbers,
  type Measure,
  measures,
  NEED_MEASURES,
  type NeedMeasure,
  type PeopleNumbers,
  REFERRAL_MEASURES,
  type ReferralMeasure,
} from "./numbers";

const NOTHING: Happened = {
  ...{ late: 0, voided: 0, corrected: 0, folded: 0, erased: false, besides: [], method: false },
};
const BEFORE = { version: 3, countedOn: "2026-10-28" };

const estimates = { resolution: null, acceptance: null, completion: null, severity: null, instruments: {} };
const besides = { estimates, areas: [], instruments: [], yearBefore: null };
const people = (...sets: [Measure, number][]): PeopleNumbers => Object.fromEntries(sets);
const figures = (...sets: [Measure, number][]): FigureNumbers => ({
  ...{ basis: "figures", people: people(...sets), ...besides },
});
const none = <K extends string>(names: readonly K[]) =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<K, number>;
const exact = (contacts: number, ...sets: [Measure, number][]): ExactNumbers => ({
  ...{
    basis: "exact",
    people: people(...sets),
    ...besides,
    contactsYearBefore: null,
    servicesWithoutList: [],
  },
  things: {
    contacts,
    issues: { "*": none<NeedMeasure>(NEED_MEASURES) },
    referrals: none<ReferralMeasure>(REFERRAL_MEASURES),
  },
});

describe("inside", () => {
  const helped = (count: number, contacts = 900) => exact(contacts, [measures.helped, count]);

  test("what differs is told with the number before, and why with numbers", () => {
    const said = changesOf({ ...BEFORE, numbers: helped(482) }, helped(485, 906), {
      ...NOTHING,
      ...{ late: 6, corrected: 1, voided: 2, folded: -1, erased: true },
    });
    expect(said).toEqual([
      "Compared with version 3, counted on 28 October 2026:",
      "People helped: 485; it was 482.",
      "Contacts: 906; it was 900.",
      "Why, since 28 October 2026:",
      "6 contacts came in later.",
      "1 contact was corrected.",
      "2 contacts were voided.",
      "1 record turned out to be of somebody else, counted apart now.",
      "Records were erased for good.",
    ]);
  });

  test("what is in the tables alone is counted, and a long list is cut", () => {
    const sets = [
      "HOU",
      "MON",
      "BEN",
      "WOR",
      "EDU",
      "PHY",
      "MEN",
      "SUB",
      "FAM",
      "SAF",
      "JUS",
      "IMM",
      "SOC",
    ].map((code): [Measure, number] => [measures.need("brought", code), 30]);
    const said = changesOf(
      { ...BEFORE, numbers: exact(900, [measures.helped, 100], [measures.slice(12), 4]) },
      exact(900, [measures.helped, 101], [measures.slice(12), 5], ...sets),
      { ...NOTHING, late: 1 },
    );
    expect(said.filter((line) => line.includes("; it was "))).toHaveLength(12);
    expect(said[13]).toMatch(/^\d+ more numbers differ in the tables\.$/);
  });

  test("nothing differs: then nothing is explained but what the summary uses", () => {
    expect(
      changesOf({ ...BEFORE, numbers: helped(482) }, helped(482), {
        ...NOTHING,
        late: 4,
        besides: ["One story was added."],
      }),
    ).toEqual(["No number differs from version 3, counted on 28 October 2026.", "One story was added."]);
  });

  test("a newer way of counting is named, under the heading where every form tells it", () => {
    const said = changesOf({ ...BEFORE, numbers: helped(482) }, helped(482), { ...NOTHING, method: true });
    expect(said.at(-1)).toBe("It is counted in a newer way: see “How we counted”.");
  });
});

describe("outside", () => {
  test("figures alone are told, what is hidden as fewer than 10, and one reason for every change", () => {
    const said = changesOf(
      { ...BEFORE, numbers: figures([measures.helped, 480], [measures.need("unmet", "*"), 10]) },
      figures([measures.helped, 485]),
      { ...NOTHING, late: 3, folded: 1, erased: true },
    );
    expect(said).toEqual([
      "Compared with version 3, counted on 28 October 2026:",
      "People helped: 485; it was 480.",
      "People with an unmet need: fewer than 10, or none; it was 10.",
      expect.stringMatching(/could point at somebody\.$/),
    ]);
    expect(said.join(" ")).not.toMatch(/contacts: |issues/i);
  });

  test("that somebody came late is not told where no figure moved", () => {
    const same = figures([measures.helped, 480]);
    expect(changesOf({ ...BEFORE, numbers: same }, same, { ...NOTHING, late: 3, erased: true })).toEqual([
      "No number differs from version 3, counted on 28 October 2026.",
    ]);
  });
});
