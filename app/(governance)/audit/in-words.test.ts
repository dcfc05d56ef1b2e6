import { expect, test } from "vitest";
import type { TrailEntry } from "../../../server/audit-trail";
import { ACTION_CHOICES } from "../../../server/domain/audit-words";
import { doneInWords } from "../../../server/domain/resident-record";
import { entryInWords, subjectAfter, subjectOf } from "./in-words";

test.each([
  ["answered a referral", "referral 500aa9", "500aa9"],
  ["opened the record of a person", "person 1b2c3d", "1b2c3d"],
  ["sent the mail of a referral again", "referral 500aa9", "referral 500aa9"],
])("“%s” names what it is about once", (sentence, subject, after) => {
  expect(subjectAfter(sentence, subject)).toBe(after);
});

const ENTRY: TrailEntry = {
  ...{ id: "1", at: new Date("2026-05-01T09:00:00Z"), action: "", memberName: null },
  ...{ subjects: [], detail: {}, sealNumber: null },
};
const id = (end: string) => `01890000-0000-7000-8000-000000${end}`;

test.each<[string, TrailEntry["subjects"], string | null]>([
  [
    "story.read",
    [
      { kind: "story", id: id("500aa9") },
      { kind: "client", id: id("1b2c3d") },
    ],
    "person 1b2c3d",
  ],
  [
    "impact.finish",
    [
      { kind: "summary", id: id("77e01f") },
      { kind: "story", id: id("500aa9") },
    ],
    "summary 77e01f",
  ],
  [
    "programme.agree",
    [
      { kind: "programme", id: id("c0ffee") },
      { kind: "organisation", id: "4" },
    ],
    "programme c0ffee",
  ],
  ["impact.save-template", [], null],
])("an entry of %s says whom or what it is about", (action, subjects, words) => {
  const entry = { ...ENTRY, action, subjects };
  expect(subjectOf(entry)?.words ?? null).toBe(words);
});

test.each<[TrailEntry["detail"], string]>([
  [{ period: null, service: null, rows: 2000, isFirst: true }, "2,000 rows, of all time, all services"],
  [{ period: "m:2026-07", service: id("1b2c3d"), rows: 1, isFirst: true }, "1 row, July 2026, one service"],
])("records that were taken out say how many, of when and of what: %#", (detail, words) => {
  expect(entryInWords({ ...ENTRY, action: "impact.take-records", detail })).toBe(
    `took out records without names: ${words}`,
  );
});

test("somebody who sees who used their record is never told that looking changed anything", () => {
  const told = ACTION_CHOICES.filter(({ label }) => /^(?:Saw|Looked|Read|Opened the|Opened a) /.test(label))
    .filter(({ label }) => !/again$|emergency access/.test(label))
    .map(({ value }) => `${value}: ${doneInWords(value)}`);
  expect(told).toContain("resident-code.read: checked whether you have a code for your own page");
  expect(told).toContain("rights.notices: read what other services told us about you");
  expect(
    told.filter((line) => /: (?:worked|wrote|made|noted|changed|started|closed|chose|told) /.test(line)),
  ).toEqual([]);
});
