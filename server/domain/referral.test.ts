import { describe, expect, test } from "vitest";
import {
  foldReferral,
  isOver,
  mayStep,
  medianOf,
  REFERRAL_STATES,
  REFERRAL_STEPS,
  type ReferralEvent,
  type ReferralState,
  type ReferralStep,
  referenceOf,
  reminderFor,
  stepsFrom,
} from "./referral";
import { consentWords } from "./referral-input";

const at = (day: string) => new Date(`${day}T10:00:00Z`);

describe("the steps of a referral", () => {
  /** Every step that exists; whatever is not here is refused. */
  const STEPS: readonly [ReferralState, ReferralStep, "sender" | "receiver"][] = [
    ["sent", "accepted", "receiver"],
    ["sent", "declined", "receiver"],
    ["sent", "withdrawn", "sender"],
    ["accepted", "started", "receiver"],
    ["accepted", "lost-touch", "receiver"],
    ["started", "completed", "receiver"],
    ["started", "lost-touch", "receiver"],
  ];
  const all = REFERRAL_STATES.flatMap((state) => REFERRAL_STEPS.map((step) => [state, step] as const));

  test.each(all)("from %s to %s", (state, step) => {
    const rule = STEPS.find(([from, to]) => from === state && to === step);
    for (const side of ["sender", "receiver"] as const) {
      expect(mayStep(state, step, { side, way: "platform" })).toBe(rule?.[2] === side);
    }
    // Outside, the sender writes down what they were told.
    for (const way of ["email", "phone"] as const) {
      expect(mayStep(state, step, { side: "sender", way })).toBe(rule !== undefined);
      expect(mayStep(state, step, { side: "receiver", way })).toBe(rule?.[2] === "receiver");
    }
  });

  test("end in four states, from which nothing leads", () => {
    expect(REFERRAL_STATES.filter(isOver)).toEqual(["declined", "completed", "lost-touch", "withdrawn"]);
    for (const state of REFERRAL_STATES.filter(isOver)) {
      expect(stepsFrom(state, { side: "receiver", way: "platform" })).toEqual([]);
    }
  });
});

describe("where a referral stands", () => {
  test("is worked out from everything that happened", () => {
    const events: ReferralEvent[] = [
      { kind: "mail-failed", at: at("2026-03-02") },
      { kind: "mail-sent", at: at("2026-03-02") },
      { kind: "opened", at: at("2026-03-03") },
      { kind: "opened", at: at("2026-03-04") },
      { kind: "accepted", at: at("2026-03-04") },
      { kind: "started", at: at("2026-03-09") },
      { kind: "completed", at: at("2026-04-01"), outcomes: ["achieved", "not"] },
    ];
    expect(foldReferral(at("2026-03-02"), events)).toEqual({
      state: "completed",
      since: at("2026-04-01"),
      sentAt: at("2026-03-02"),
      acceptedAt: at("2026-03-04"),
      startedAt: at("2026-03-09"),
      endedAt: at("2026-04-01"),
      reason: null,
      outcomes: ["achieved", "not"],
      mail: "sent",
      openedAt: at("2026-03-03"),
    });
  });

  test("is sent when nothing happened, and keeps the reason of a no", () => {
    expect(foldReferral(at("2026-03-02"), [])).toMatchObject({ state: "sent", endedAt: null });
    expect(
      foldReferral(at("2026-03-02"), [{ kind: "declined", at: at("2026-03-05"), reason: "full" }]),
    ).toMatchObject({ state: "declined", reason: "full", endedAt: at("2026-03-05") });
  });
});

describe("a reminder", () => {
  // Friday 3 April and Monday 6 April 2026 are Easter holidays.
  const holidays = new Set(["2026-04-03", "2026-04-06"]);
  test.each([
    ["the day it was sent", "2026-03-02", "2026-03-02", null],
    ["two working days later", "2026-03-02", "2026-03-04", null],
    ["three working days later", "2026-03-02", "2026-03-05", "due"],
    ["six working days later", "2026-03-02", "2026-03-10", "due"],
    ["seven working days later", "2026-03-02", "2026-03-11", "overdue"],
    ["over a weekend, whose days do not count", "2026-03-06", "2026-03-10", null],
    ["after a weekend and the third working day", "2026-03-06", "2026-03-11", "due"],
    ["over Easter, whose holidays do not count", "2026-04-02", "2026-04-08", null],
    ["after Easter", "2026-04-02", "2026-04-09", "due"],
  ])("%s", (_, sent, today, due) => {
    expect(reminderFor({ state: "sent", sentAt: at(sent) }, today, holidays)).toBe(due);
  });

  test("is for a referral that waits for an answer, and for no other", () => {
    for (const state of REFERRAL_STATES.filter((each) => each !== "sent")) {
      expect(reminderFor({ state, sentAt: at("2026-01-05") }, "2026-03-02", new Set())).toBeNull();
    }
  });
});

test("the middle number of days says of how many it is", () => {
  expect(medianOf([])).toBeNull();
  expect(medianOf([4])).toEqual({ days: 4, of: 1 });
  expect(medianOf([9, 1, 4])).toEqual({ days: 4, of: 3 });
  expect(medianOf([9, 1, 4, 5])).toEqual({ days: 4.5, of: 4 });
});

test("a reference is short, made of signs that are not mistaken, and the same for the same id", () => {
  const id = "0199a0c4-7c1e-7f3a-9d2b-0123456789ab";
  expect(referenceOf(id)).toMatch(/^R-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(referenceOf(id)).toBe(referenceOf(id));
  expect(referenceOf(id)).not.toBe(referenceOf("0199a0c4-7c1e-7f3a-9d2b-0123456789ac"));
});

test("the words of consent name the service, what is ticked and what it is about, and nothing else", () => {
  const words = consentWords({
    service: "Tenancy support",
    share: ["phone", "name"],
    needs: ["HOU-04", "HOU-04"],
  });
  expect(words).toMatch(
    /^May we tell Tenancy support your name, your phone number and that you would like help with /,
  );
  expect(words).not.toMatch(/date of birth|postcode|e-mail/);
});
