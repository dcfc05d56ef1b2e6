/** What help may be worth, by unit costs that somebody else worked out: estimates with a range, apart from any outcome. */

import { tableOf } from "./paper-table";
import type { Reading, SectionDraft } from "./reading";
import {
  countedInWords,
  type Estimate,
  estimateInWords,
  sourceInWords,
  VALUE_NOTES,
  type ValueLine,
  valueLines,
} from "./value";
import { doersInWords, paragraphs } from "./words";

export function valueSection(reading: Reading): SectionDraft {
  const title = "What it may be worth";
  const lines = valueLines(reading.unitCosts, reading.numbers);
  if (lines.length === 0) {
    return { title, sentences: ["No unit costs have been entered yet."], blocks: [], notes: [] };
  }
  return {
    title,
    sentences: [paragraphs(lines.map(valueSentence))],
    blocks: [
      { kind: "table", title: "Estimates, not outcomes", table: valueTable(lines) },
      { kind: "words", words: lines.map(({ cost }) => `${cost.name}: ${sourceInWords(cost)}`) },
    ],
    notes: [{ term: "Estimate", means: VALUE_NOTES.join(" ") }],
  };
}

/** "Eviction avoided: 105 people with a need resolved. An estimate: about £12,300, between £8,200 and £16,500." */
export function valueSentence({ cost, people, estimate }: ValueLine): string {
  const counted = countedInWords(cost).replace(/^people /, "");
  const who = `${cost.name}: ${doersInWords(people ?? "few")} ${counted}`;
  return estimate ? `${who}. ${estimateInWords(estimate)}` : `${who}. No estimate is made.`;
}

function valueTable(lines: readonly ValueLine[]) {
  const estimate = (end: keyof Estimate) => (line: ValueLine) => line.estimate?.[end] ?? null;
  const unit = (end: keyof Estimate) => (line: ValueLine) => line.cost[end];
  return tableOf({ name: "value", caption: "Estimates of value; lines are not to be added up" }, lines, [
    {
      key: "name",
      label: "Unit cost",
      type: "text",
      about: "As the organisation calls it.",
      cell: ({ cost }) => cost.name,
    },
    {
      key: "counted",
      label: "Counted",
      type: "text",
      about: "Whom the unit cost is a cost of.",
      cell: ({ cost }) => countedInWords(cost),
    },
    {
      key: "people",
      label: "People",
      type: "people",
      about: "How many of them.",
      cell: ({ people }) => people ?? "few",
    },
    {
      key: "unit_low",
      label: "One, low",
      type: "money",
      about: "Low value for one person.",
      cell: unit("low"),
    },
    { key: "unit", label: "One", type: "money", about: "Value for one person.", cell: unit("value") },
    {
      key: "unit_high",
      label: "One, high",
      type: "money",
      about: "High value for one person.",
      cell: unit("high"),
    },
    {
      key: "estimate_low",
      label: "Estimate, low",
      type: "money",
      about: "People times the low value, to three digits.",
      cell: estimate("low"),
    },
    {
      key: "estimate",
      label: "Estimate",
      type: "money",
      about: "People times the value, to three digits.",
      cell: estimate("value"),
    },
    {
      key: "estimate_high",
      label: "Estimate, high",
      type: "money",
      about: "People times the high value, to three digits.",
      cell: estimate("high"),
    },
    {
      key: "source",
      label: "Source",
      type: "text",
      about: "Where the value comes from.",
      cell: ({ cost }) => cost.source,
    },
    {
      key: "year",
      label: "Prices of",
      type: "text",
      about: "Year of the prices.",
      cell: ({ cost }) => String(cost.year),
    },
    {
      key: "confidence",
      label: "Confidence",
      type: "text",
      about: "How well the value fits, as the organisation judges it.",
      cell: ({ cost }) => cost.confidence,
    },
  ]);
}
