import { expect, test } from "vitest";
import { type NewContactInput, newContactSchema } from "../../../server/domain/contact";
import { findNeed, type Need } from "../../../server/domain/needs";
import {
  beginDraft,
  changeDraft,
  contactOf,
  type Draft,
  draftOf,
  hasContent,
  isLate,
  type KnownIssue,
  openBeside,
} from "./draft";

function getNeed(code: string): Need {
  const need = findNeed(code);
  if (!need) throw new Error(`There is no need ${code}`);
  return need;
}

const TODAY = "2026-11-22";
const AT = new Date("2026-11-22T10:42:00Z");
const id = (no: number) => `0198c0de-0000-7000-8000-${String(no).padStart(12, "0")}`;
const arrears: KnownIssue = {
  id: id(7),
  need: "HOU-04",
  label: null,
  since: "2026-09-12",
  severity: "high",
  ours: true,
};

function begin(some: Partial<Draft> = {}): Draft {
  const start = {
    contactId: id(1),
    clientId: id(2),
    anonymous: false,
    serviceId: id(3),
    channel: "phone",
    today: TODAY,
  } as const;
  return { ...beginDraft(start), ...some };
}

const addFood = (draft: Draft) =>
  changeDraft(draft, { type: "add-need", issueId: id(8), need: getNeed("BAS-01"), ours: false });

test("a picked need begins as new, with the severity that its kind usually has", () => {
  const [issue] = addFood(begin()).issues;
  expect(issue).toEqual({
    kind: "new",
    issueId: id(8),
    need: "BAS-01",
    status: "new",
    ours: false,
    severity: getNeed("BAS-01").severityHint,
    label: "",
  });
});

test("an open issue is carried on once, and answering again changes the answer", () => {
  const once = changeDraft(begin(), { type: "carry-on", issue: arrears, status: "ongoing" });
  const twice = changeDraft(once, { type: "carry-on", issue: arrears, status: "worsened" });
  expect(twice.issues).toEqual([
    { kind: "open", issueId: id(7), need: "HOU-04", status: "worsened", ours: true, severity: "high" },
  ]);
  expect(changeDraft(twice, { type: "remove", issueId: id(7) }).issues).toEqual([]);
});

test("the contact is what the ledger reads, with nothing that was not said", () => {
  const draft = changeDraft(addFood(begin()), { type: "carry-on", issue: arrears, status: "improved" });
  const contact = contactOf(draft, TODAY, AT);
  expect(newContactSchema.safeParse(contact).success).toBe(true);
  expect(Object.keys(contact).sort()).toEqual([
    "anonymous",
    "channel",
    "clientId",
    "deviceClaimedAt",
    "entries",
    "id",
    "occurredOn",
    "serviceId",
  ]);
});

test("consent, a place, a new person, a note and a correction travel when they were said", () => {
  const draft = begin({
    consent: "given",
    place: { kind: "no-fixed-address" },
    newClient: { givenName: "Dawn" },
    note: "Ring on Monday",
    corrects: { contactId: id(9), reason: "Wrong day" },
  });
  expect(contactOf(draft, TODAY, AT)).toMatchObject({
    consent: "given",
    place: { kind: "no-fixed-address" },
    newClient: { givenName: "Dawn" },
    note: "Ring on Monday",
    corrects: { contactId: id(9), reason: "Wrong day" },
  });
});

test("a contact that comes back as a draft says the same again", () => {
  const draft = changeDraft(addFood(begin({ consent: "declined", note: "Ring on Monday" })), {
    type: "carry-on",
    issue: arrears,
    status: "resolved",
  });
  const again = draftOf(contactOf(draft, TODAY, AT), [arrears]);
  expect(again).toEqual(draft);
});

test("an issue that the contact itself opened comes back as one that is named first, met or not", () => {
  const contact: NewContactInput = {
    ...contactOf(begin(), TODAY, AT),
    entries: [{ issueId: id(8), need: "BAS-01", status: "resolved", severity: "low", ours: true }],
  };
  expect(draftOf(contact, [arrears]).issues).toMatchObject([{ kind: "new", status: "resolved" }]);
  expect(draftOf(contact, [{ ...arrears, id: id(8) }]).issues).toMatchObject([{ kind: "open" }]);
});

test("an issue that a corrected contact opened is not offered a second time as open", () => {
  const food: KnownIssue = { ...arrears, id: id(8), need: "BAS-01" };
  const entries = [
    { issueId: id(8), status: "new" },
    { issueId: id(7), status: "worsened" },
  ] as const;
  expect(openBeside([arrears, food], entries)).toEqual([arrears]);
  expect(openBeside([arrears, food], [])).toEqual([arrears, food]);
});

test("a day more than 90 days back asks why, unless a contact is corrected or no day is known", () => {
  expect(isLate(begin({ occurredOn: "2026-08-24" }), TODAY)).toBe(false);
  expect(isLate(begin({ occurredOn: "2026-08-23" }), TODAY)).toBe(true);
  expect(isLate(begin({ occurredOn: "2020-03-03", corrects: { contactId: id(9), reason: "" } }), TODAY)).toBe(
    false,
  );
  expect(isLate(begin({ occurredOn: "2020-03-03" }), null)).toBe(false);
});

test("a draft is worth keeping once something was said, or somebody is being added", () => {
  expect(hasContent(begin())).toBe(false);
  expect(hasContent(begin({ note: "x" }))).toBe(true);
  expect(hasContent(begin({ newClient: { givenName: "Dawn" } }))).toBe(true);
  expect(hasContent(addFood(begin()))).toBe(true);
});
