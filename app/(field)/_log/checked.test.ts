import { expect, test } from "vitest";
import { faultsOfDraft } from "./checked";
import { beginDraft, type Draft, type NewIssue } from "./draft";
import { problemsOf } from "./problems";

const TODAY = "2026-11-22";
const food: NewIssue = {
  kind: "new",
  issueId: "issue-1",
  need: "BAS-01",
  status: "new",
  ours: true,
  severity: "high",
  label: "",
};
const draft = (some: Partial<Draft> = {}): Draft => ({
  ...beginDraft({
    contactId: "contact-1",
    clientId: "client-1",
    anonymous: false,
    serviceId: "service-1",
    channel: "phone",
    today: TODAY,
  }),
  issues: [food],
  ...some,
});

test("a contact with one issue has nothing to put right", () => {
  expect(faultsOfDraft(draft(), TODAY)).toEqual({});
});

test.each([
  ["no issue", { issues: [] }, "entries"],
  ["no service", { serviceId: "" }, "serviceId"],
  ["a day that has not come", { occurredOn: "2026-11-24" }, "occurredOn"],
  ["a day that nobody said", { occurredOn: null }, "occurredOn"],
  ["a day long past without a reason", { occurredOn: "2026-01-01" }, "lateReason"],
  ["half a postcode", { place: { kind: "postcode", postcode: "SR1" } }, "place"],
  ["a correction without a reason", { corrects: { contactId: "c", reason: " " } }, "corrects"],
  [
    "a need that is not listed and not named",
    { issues: [food, { ...food, need: "OTH-01" }] },
    "entries.1.label",
  ],
] as const)("%s is told before it is saved", (_, some, path) => {
  expect(Object.keys(faultsOfDraft(draft(some), TODAY))).toEqual([path]);
});

test("tomorrow is allowed, as clocks differ, and a day far back with its reason", () => {
  expect(faultsOfDraft(draft({ occurredOn: "2026-11-23" }), TODAY)).toEqual({});
  expect(faultsOfDraft(draft({ occurredOn: "2020-01-01", lateReason: "Paper notes" }), TODAY)).toEqual({});
});

test("a fault of an issue stands beside it, one of a setting leads to it, and any other stands alone", () => {
  const { summary, issues, fields } = problemsOf(
    { "entries.0.label": "Say what it is.", occurredOn: "Not yet.", clientId: "Erased." },
    draft(),
  );
  expect(issues.get("issue-1")).toBe("Say what it is.");
  expect(fields["occurredOn"]).toBe("Not yet.");
  expect(summary).toEqual([
    { message: "Say what it is.", fieldId: "issue-issue-1" },
    { message: "Not yet.", fieldId: "setting-day" },
    { message: "Erased." },
  ]);
});

test("what is refused as a whole is told with the server's reason, or that it must be looked at", () => {
  expect(problemsOf({}, draft(), "The service closed.").summary).toEqual([
    { message: "The service closed." },
  ]);
  expect(problemsOf({}, draft()).summary).toHaveLength(1);
});
