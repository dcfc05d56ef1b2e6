import { expect, test } from "vitest";
import type { HeldTable, Value } from "../domain/rights/pack";
import { labelOf } from "./subject-signs";
import { cellInWords, shareInWords, shownTables, valueInWords } from "./subject-words";

test.each<[Value, string]>([
  ["nino", "National Insurance number"],
  ["they-told-us", "They said that somebody else helps them"],
  ["direct-support", "Direct support"],
  [["child-at-risk"], "A child may come to harm"],
  ["governance.rights_request", "Your requests about your rights"],
  ["They told us", "They told us"],
  ["2026-07-01", "1 July 2026"],
])("a copy says %s as the screens do", (value, words) => {
  expect(valueInWords(value)).toBe(words);
});

test.each<[place: string, column: string, Value, string]>([
  ["casework.issue_entry", "status", "no-longer-relevant", "No longer relevant"],
  ["casework.contact", "consent", "emergency", "You were not asked: it was an emergency"],
  ["casework.consent", "answer", "given", "Yes"],
  ["casework.referral", "shared", ["date-of-birth", "phone"], "date of birth, phone number"],
  ["casework.closing", "because", "lost-touch", "We lost touch"],
  ["governance.objection", "state", "stands", "It holds; an officer will look at it"],
  ["governance.rights_request", "kind", "access", "Copy of what we hold"],
  ["identity.client_identity", "given_name", "given", "given"],
])("a copy says what a sign means where it stands: %s.%s %s", (place, column, value, words) => {
  expect(cellInWords(place, { key: "1", values: { [column]: value }, words: [] }, column)).toBe(words);
});

test("a copy gives free words as they were written, even where they look like a sign", () => {
  const row = { key: "1", values: { label: "given", kind: "lost-touch" }, words: ["label", "kind"] };
  expect(cellInWords("casework.closing", row, "label")).toBe("given");
  expect(cellInWords("casework.closing", row, "kind")).toBe("lost-touch");
});

test("a copy says in words what others could see under an agreement, and what a referral carried", () => {
  const share = {
    with: "Wear Housing",
    at: new Date("2026-07-01T10:00:00Z"),
    needs: [],
    state: "",
    referralId: null,
  };
  expect(shareInWords({ ...share, by: "agreement", direction: "to", details: ["rag"] })).toBe(
    "1 July 2026: Wear Housing asked under an agreement, and could see red, amber or green.",
  );
  expect(
    shareInWords({ ...share, by: "referral", direction: "to", details: ["date-of-birth"], needs: ["Damp"] }),
  ).toBe("1 July 2026: to Wear Housing: date of birth, Damp.");
});

test("a copy names its columns as people would", () => {
  expect(
    ["occurred_on", "received_at", "void_reason_sealed", "givenName", "row_number"].map(labelOf),
  ).toEqual(["Day", "Arrived", "Why it was struck out", "Given name", "Row"]);
});

test("a copy has no heading over rows that hold nothing but ids", () => {
  const table = (place: string, values: Record<string, Value>): HeldTable => ({
    ...{ place, title: place, why: "", count: 1 },
    rows: [{ key: "1", values, words: [] }],
  });
  const id = "01890000-0000-7000-8000-000000500aa9";
  const held = [
    table("casework.a", { client_id: id }),
    table("casework.b", { client_id: id, day: "2026-07-01" }),
  ];
  const pack = { organisation: { id: 1, name: "Wear Advice" }, clientIds: [], asOf: new Date(0), held };
  const { filled } = shownTables({ ...pack, looks: [], shares: [], explained: [] });
  expect(filled.map(({ place }) => place)).toEqual(["casework.b"]);
});
