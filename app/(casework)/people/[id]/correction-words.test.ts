import { expect, test } from "vitest";
import type { ShownContact, ShownEntry } from "../../../../server/domain/profile";
import { changesBetween } from "./correction-words";

const today = "2026-10-10";
const entry: ShownEntry = {
  issueId: "a",
  need: "HOU-04",
  label: null,
  status: "new",
  severity: "high",
  ours: true,
};
const contact: ShownContact = {
  id: "1",
  occurredOn: "2026-10-04",
  receivedAt: new Date("2026-10-04T10:00:00Z"),
  claimedAt: null,
  channel: "message",
  service: { id: "s", name: "Advice" },
  memberName: "Josh Bell",
  note: null,
  noteRemoved: null,
  lateReason: null,
  consent: null,
  place: { kind: "postcode", decile: null, edition: null, nation: null },
  voided: null,
  entries: [entry],
  replaces: null,
};

test("A correction says what was and what is now", () => {
  expect(changesBetween(contact, { ...contact, channel: "phone" }, today)).toEqual([
    "channel was message, now phone",
  ]);
  expect(
    changesBetween(
      contact,
      { ...contact, occurredOn: "2026-10-03", note: "Agreed", consent: "given" },
      today,
    ),
  ).toEqual(["day was 4 Oct, now 3 Oct", "sharing was not asked, now yes", "note added"]);
});

test("Issues that came, went or changed are named", () => {
  const other: ShownEntry = { ...entry, issueId: "b", need: "OTH-01", label: "Lost a pet" };
  const changed: ShownEntry = { ...entry, status: "resolved", ours: false };
  expect(
    changesBetween({ ...contact, entries: [entry, other] }, { ...contact, entries: [changed] }, today),
  ).toEqual([
    "Lost a pet taken out",
    expect.stringMatching(/ was new, now resolved$/),
    expect.stringMatching(/ was ours, now someone else’s$/),
  ]);
});

test("Nothing is said of what stayed", () => {
  expect(changesBetween(contact, { ...contact, id: "2" }, today)).toEqual([]);
});
