import { describe, expect, test } from "vitest";
import {
  becameOf,
  dayNumber,
  type EntrySeen,
  type IssueSeen,
  lastingOf,
  type ReferralSeen,
  type ServiceSeen,
  type Span,
  stoodAt,
} from "./became";

const NEED = 3;
const OTHER_NEED = 40;
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
const issue = (entries: readonly EntrySeen[], more: Partial<IssueSeen> = {}): IssueSeen => ({
  ...{ needNumber: NEED, entries, referrals: [] },
  ...more,
});
const became = (of: IssueSeen, others: readonly IssueSeen[] = []) =>
  becameOf(of, quarter, SERVICES, [of, ...others]);

describe("what became of an issue", () => {
  test("is as it stood at the end of the period, whatever was said later", () => {
    const met = issue([
      said("2026-05-01", "new"),
      said("2026-06-30", "improved"),
      said("2026-07-01", "resolved"),
    ]);
    expect(became(met)).toEqual(["brought", "opened", "open", "improved"]);
  });

  test("counts what another service of the organisation said, but only those to whom this one spoke", () => {
    const elsewhere = said("2026-06-02", "resolved", { service: 1 });
    expect(became(issue([said("2026-05-01", "new"), elsewhere]))).toEqual(["brought", "opened", "resolved"]);
    expect(became(issue([said("2026-03-31", "new"), elsewhere]))).toEqual([]);
  });

  test("is not known when a service that nobody told of said it", () => {
    const stray = issue([said("2026-05-01", "new", { service: SERVICES.length })]);
    expect(() => became(stray)).toThrow("No service has the place 2");
  });

  test("is unmet while someone else's stays open and nobody has accepted a referral of it", () => {
    const theirs = [said("2026-05-01", "new", { ours: false })];
    const referral = { sentOn: dayNumber("2026-05-02"), acceptedOn: null, withdrawnOn: null };
    expect(became(issue(theirs))).toEqual(["brought", "opened", "open", "theirs", "unmet"]);
    expect(became(issue(theirs, { referrals: [referral] }))).toContain("theirs-referred");
    expect(became(issue(theirs, { referrals: [referral] }))).toContain("unmet");
    const accepted = { ...referral, acceptedOn: dayNumber("2026-06-30") };
    expect(became(issue(theirs, { referrals: [accepted] }))).not.toContain("unmet");
    const tooLate = { ...referral, acceptedOn: dayNumber("2026-07-01") };
    expect(became(issue(theirs, { referrals: [tooLate] }))).toContain("unmet");
    const takenBack = { ...referral, withdrawnOn: dayNumber("2026-05-03") };
    expect(became(issue(theirs, { referrals: [takenBack] }))).not.toContain("theirs-referred");
  });

  test("is outside the list only where a service has one that does not name the need", () => {
    expect(became(issue([said("2026-05-01", "new")], { needNumber: OTHER_NEED }))).toContain("outside-list");
    const all = SERVICES.map((service) => ({ ...service, inScope: true }));
    const listless = issue([said("2026-05-01", "new", { service: 1 })], { needNumber: OTHER_NEED });
    expect(becameOf(listless, quarter, all, [listless])).not.toContain("outside-list");
  });
});

describe("a need that comes again", () => {
  const cases: [what: string, resolved: string, again: string, is: boolean][] = [
    ["the day after", "2026-04-30", "2026-05-01", true],
    ["on the same day", "2026-05-01", "2026-05-01", false],
    ["on the last day of the 12 months", "2025-05-01", "2026-05-01", true],
    ["a day later", "2025-04-30", "2026-05-01", false],
    ["over 29 February", "2023-06-30", "2024-06-30", true],
  ];
  const year = (day: string): Span => ({ first: dayNumber(day), until: dayNumber(day) });

  test.each(cases)("open again: %s", (_, resolved, again, is) => {
    const one = issue([said("2020-01-01", "new"), said(resolved, "resolved"), said(again, "ongoing")]);
    expect(becameOf(one, year(again), SERVICES, [one]).includes("again")).toBe(is);
  });

  test.each(cases)("a new issue of the same need: %s", (_, resolved, again, is) => {
    const first = issue([said("2020-01-01", "new"), said(resolved, "resolved")]);
    const second = issue([said(again, "new")]);
    const span = year(again);
    expect(becameOf(second, span, SERVICES, [first, second]).includes("again")).toBe(is);
    const other = { ...second, needNumber: OTHER_NEED };
    expect(becameOf(other, span, SERVICES, [first, other])).not.toContain("again");
  });

  test("is not one that was open all along under another record", () => {
    const open = issue([
      said("2026-01-01", "new"),
      said("2026-02-01", "resolved"),
      said("2026-03-01", "ongoing"),
    ]);
    const second = issue([said("2026-05-01", "new")]);
    expect(becameOf(second, quarter, SERVICES, [open, second])).not.toContain("again");
  });
});

describe("how long an issue lasted", () => {
  const watched = { from: dayNumber("2025-07-01"), until: quarter.until };
  const lasted = (...entries: EntrySeen[]) => lastingOf(issue(entries), watched, SERVICES);

  test("ends when it was first resolved, or is cut off where it stood otherwise", () => {
    const opened = said("2026-06-01", "new");
    expect(lasted(opened, said("2026-06-11", "resolved"), said("2026-06-20", "ongoing"))).toEqual({
      ...{ days: 10, ended: true },
    });
    expect(lasted(opened, said("2026-06-08", "no-longer-relevant"))).toEqual({ days: 7, ended: false });
    expect(lasted(opened, said("2026-06-08", "no-longer-relevant"), said("2026-06-09", "ongoing"))).toEqual({
      ...{ days: 29, ended: false },
    });
    expect(lasted(opened, said("2026-07-04", "resolved"))).toEqual({ days: 29, ended: false });
    expect(lasted(said("2026-06-01", "resolved"))).toEqual({ days: 0, ended: true });
  });

  test("is asked of issues that this service recorded first, within 12 months", () => {
    expect(lasted(said("2025-06-30", "new"))).toBeNull();
    expect(lasted(said("2026-06-01", "new", { service: 1 }), said("2026-06-02", "ongoing"))).toBeNull();
  });
});

test("a referral that was lost after it started was accepted and started, too", () => {
  const on = (day: string) => dayNumber(day);
  const none = { declinedOn: null, completedOn: null, withdrawnOn: null };
  const referral: ReferralSeen = {
    ...none,
    ...{ sentOn: on("2026-04-02"), acceptedOn: on("2026-04-05"), startedOn: on("2026-05-01") },
    lostTouchOn: on("2026-06-01"),
  };
  expect(stoodAt(referral, on("2026-06-30"))).toEqual(["sent", "accepted", "started", "lost-touch"]);
  expect(stoodAt(referral, on("2026-04-30"))).toEqual(["sent", "accepted"]);
  expect(stoodAt(referral, on("2026-04-04"))).toEqual(["sent", "waiting"]);
  const takenBack = {
    ...referral,
    acceptedOn: null,
    startedOn: null,
    lostTouchOn: null,
    withdrawnOn: on("2026-04-03"),
  };
  expect(stoodAt(takenBack, on("2026-04-04"))).toEqual(["sent"]);
});
