/** Unit costs as rows of a file: what each cell may say, and what is wrong with it. */

import { findNode } from "../needs";
import { fold } from "../text-match";
import { needAsTyped } from "./own-framework";
import type { RowFault, TableRow } from "./table-rows";
import {
  BASIS_WORDS,
  CONFIDENCES,
  COST_BASES,
  type CostBasis,
  type UnitCost,
  type UnitCostFields,
  unitCostFields,
} from "./value";

export const UNIT_COST_COLUMNS = {
  needed: ["name", "counted_by", "value", "low", "high", "source", "year", "confidence"],
  also: ["need"],
} as const;

/** Example rows of a file, to start from: made up, so that nobody takes them for a source. */
export const EXAMPLE_UNIT_COSTS: readonly (readonly string[])[] = [
  [
    ...["Example: an eviction that did not happen", "resolved", "HOU-04", "1250", "800", "1900"],
    ...["Replace with where your value comes from", "2024", "medium"],
  ],
];
/** In the order of the example. */
export const UNIT_COST_HEADER: readonly string[] = [
  ...["name", "counted_by", "need", "value", "low", "high", "source", "year", "confidence"],
];

/** The column that a field of a unit cost stands in. */
const COLUMN_OF: Readonly<Record<keyof UnitCostFields, string>> = {
  ...{ name: "name", basis: "counted_by", path: "need", value: "value", low: "low", high: "high" },
  ...{ source: "source", year: "year", confidence: "confidence" },
};

function basisAsTyped(text: string): CostBasis | null {
  const typed = fold(text);
  return COST_BASES.find((basis) => fold(basis) === typed || fold(BASIS_WORDS[basis]) === typed) ?? null;
}

/** "£1,250.00" and "1250" are one. */
function poundsAsTyped(text: string): number | null {
  const plain = text.replace(/[£\s]/g, "").replace(/,(?=\d{3}(?:\D|$))/g, "");
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

function pathAsTyped(text: string): string | null {
  if (text === "" || text === "*") return "*";
  return findNode(text.toUpperCase())?.path ?? needAsTyped(text);
}

const WHAT_IS_ASKED = {
  counted_by: `Use one of: ${COST_BASES.map((basis) => `${basis} (${BASIS_WORDS[basis]})`).join(", ")}.`,
  need: "Use a code like HOU-04, a domain like HOU, the name of a need, or leave it empty for any need.",
  year: "Enter the year of the prices, like 2024.",
  confidence: `Use one of: ${CONFIDENCES.join(", ")}.`,
  pounds: "Enter pounds, like 1250 or 87.50.",
} as const;

function fieldsOf(cells: TableRow["cells"]): {
  fields: Record<keyof UnitCostFields, unknown>;
  unread: { column: string; mend: string }[];
} {
  const cell = (name: string) => cells[name] ?? "";
  const unread: { column: string; mend: string }[] = [];
  const read = <T>(column: string, value: T | null, mend: string): T | null => {
    if (value === null) unread.push({ column, mend });
    return value;
  };
  const pounds = (column: string) => read(column, poundsAsTyped(cell(column)), WHAT_IS_ASKED.pounds);
  const year = /^\d{4}$/.test(cell("year")) ? Number(cell("year")) : null;
  const confidence = CONFIDENCES.find((word) => word === fold(cell("confidence"))) ?? null;
  const basis = read("counted_by", basisAsTyped(cell("counted_by")), WHAT_IS_ASKED.counted_by);
  const fields = {
    name: cell("name"),
    basis,
    path: read("need", pathAsTyped(cell("need")), WHAT_IS_ASKED.need),
    value: pounds("value"),
    low: pounds("low"),
    high: pounds("high"),
    source: cell("source"),
    year: read("year", year, WHAT_IS_ASKED.year),
    confidence: read("confidence", confidence, WHAT_IS_ASKED.confidence),
  };
  return { fields, unread };
}

const isSame = (a: UnitCostFields, b: UnitCostFields) =>
  Object.keys(COLUMN_OF).every((field) => Reflect.get(a, field) === Reflect.get(b, field));

/** What a file adds to the unit costs that are there, and what is wrong with it, in the order of its lines. */
export function costsOfRows(
  rows: readonly TableRow[],
  held: readonly UnitCost[],
): { fresh: UnitCostFields[]; unchanged: number; faults: RowFault[] } {
  const known = new Map<string, UnitCostFields>(held.map((cost) => [fold(cost.name), cost]));
  const firstLine = new Map<string, number>();
  const faults: RowFault[] = [];
  const fresh: UnitCostFields[] = [];
  let unchanged = 0;
  for (const { line, cells } of rows) {
    const { fields, unread } = fieldsOf(cells);
    for (const { column, mend } of unread) faults.push({ line, column, wrong: said(cells[column]), mend });
    if (unread.length > 0) continue;
    const read = unitCostFields.safeParse(fields);
    if (!read.success) {
      for (const { path, message } of read.error.issues) {
        const column = Object.entries(COLUMN_OF).find(([field]) => field === path[0])?.[1] ?? "name";
        faults.push({ line, column, wrong: said(cells[column]), mend: message });
      }
      continue;
    }
    const name = fold(read.data.name);
    const before = known.get(name);
    if (!before) {
      known.set(name, read.data);
      firstLine.set(name, line);
      fresh.push(read.data);
    } else if (isSame(before, read.data)) unchanged += 1;
    else {
      const where = firstLine.has(name) ? `on line ${firstLine.get(name)}` : "here already";
      const wrong = `“${read.data.name}” is ${where} with other values.`;
      const mend = "Give this one another name, or change the one that is here on its page.";
      faults.push({ line, column: "name", wrong, mend });
    }
  }
  return { fresh, unchanged, faults };
}

const said = (cell = "") => (cell === "" ? "It is empty." : `“${cell.slice(0, 60)}” cannot be taken.`);
