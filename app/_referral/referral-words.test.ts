import { expect, test } from "vitest";
import type { ReferralCourse } from "../../server/domain/referral";
import { middleInWords, whereItStands } from "./referral-words";

const completed = (endedAt: string): ReferralCourse => ({
  state: "completed",
  sentAt: new Date("2026-03-02T10:00:00Z"),
  acceptedAt: null,
  startedAt: null,
  endedAt: new Date(endedAt),
  since: new Date(endedAt),
  reason: null,
  outcomes: [],
  mail: null,
  openedAt: null,
});

test.each([
  ["2026-03-02T16:00:00Z", "Completed the same day"],
  ["2026-03-03T09:00:00Z", "Completed in 1 day"],
  ["2026-03-08T09:00:00Z", "Completed in 6 days"],
])("a referral of 2 March that was completed at %s reads %s", (endedAt, words) => {
  expect(whereItStands(completed(endedAt), "2026-03-20")).toBe(words);
});

test.each([
  [0, "on the same day"],
  [0.5, "within about 1 day"],
  [1, "within 1 day"],
  [35, "within 35 days"],
  [35.5, "within about 36 days"],
])("a middle of %s days reads %s", (days, words) => {
  expect(middleInWords(days)).toBe(words);
});
