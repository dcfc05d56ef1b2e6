/** What help may be worth, by unit costs that somebody else worked out: estimates with a range, apart from any outcome. */

import type { PaperTable } from "./paper";
import { type ColumnOf, tableOf } from "./paper-table";
import type { Reading, SectionDraft } from "./reading";
import {
  countedInWords,
  estimateInWords,
  sourceInWords,
  VALUE_NOTES,
  type ValueEstimate,
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
      { kind: "table", title: "Estimates, not outcomes", table: estimateTable(lines) },
      { kind: "table", title: "What they are made from", table: unitTable(lines) },
    ],
    notes: [{ term: "Estimate", means: VALUE_NOTES.join(" ") }],
  };
}

/** "Eviction avoided: 105 people with a need resolved. An estimate: about £12,300, between £8,200 and £16,500." */
function valueSentence({ cost, people, estimate }: ValueLine): string {
  const counted = countedInWords(cost).replace(/^people /, "");
  const who = `${cost.name}: ${doersInWords(people ?? "few")} ${counted}`;
  return estimate ? `${who}. ${estimateInWords(estimate)}` : `${who}. No estimate is made.`;
}

function estimateTable(lines: readonly ValueLine[]): PaperTable {
  const estimate = (
    key: string,
    end: keyof ValueEstimate,
    label: string,
    about: string,
  ): ColumnOf<ValueLine> => ({
    ...{ key, label, type: "money", about },
    cell: (line) => line.estimate?.[end] ?? null,
  });
  return tableOf({ name: "value", caption: "Estimates of value; lines are not to be added up" }, lines, [
    NAME,
    {
      key: "people",
      label: "People",
      type: "people",
      about: "How many were counted; the table of unit costs says whom.",
      cell: ({ people }) => people ?? "few",
    },
    estimate("estimate_low", "low", "Low", "People times the low value of one, to three digits."),
    estimate("estimate", "value", "Estimate", "People times the value of one, to three digits."),
    estimate("estimate_high", "high", "High", "People times the high value of one, to three digits."),
  ]);
}

const NAME: ColumnOf<ValueLine> = {
  key: "name",
  label: "Unit cost",
  type: "text",
  about: "As the organisation calls it.",
  cell: ({ cost }) => cost.name,
};

function unitTable(lines: readonly ValueLine[]): PaperTable {
  const unit = (end: keyof ValueEstimate, label: string, about: string): ColumnOf<ValueLine> => ({
    ...{ key: `unit_${end}`, label, type: "money", about },
    cell: ({ cost }) => cost[end],
  });
  return tableOf(
    { name: "value-unit-costs", caption: "What one was taken to cost, and where that comes from" },
    lines,
    [
      NAME,
      {
        key: "counted",
        label: "For each of",
        type: "text",
        about: "Whom it is a cost of.",
        cell: ({ cost }) => countedInWords(cost),
      },
      unit("low", "Low", "Low value for one person."),
      unit("value", "Value", "Value for one person."),
      unit("high", "High", "High value for one person."),
      {
        key: "source",
        label: "Source",
        type: "text",
        about: "Where the value comes from, the year of its prices, and how well it fits.",
        cell: ({ cost }) => sourceInWords(cost),
      },
    ],
  );
}
