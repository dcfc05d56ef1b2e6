import { expect, test } from "vitest";
import type { HeldTable, Value } from "../domain/rights/pack";
import { shownTables, valueInWords } from "./subject-words";

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
