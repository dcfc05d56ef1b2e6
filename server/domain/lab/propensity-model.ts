/**
 * Covariates as columns of a model. A category has a column for each level but its first; a number that is not known is
 * taken as the mean of the others, with a column that says so. Somebody whom no other can be compared with, because
 * nobody (or everybody) with a value of theirs took part, is set aside rather than fitted towards infinity. Nobody is
 * dropped in silence: each of these says so in a remark.
 */

import type { Covariate, LabColumn, LabTable } from "./analysis";
import type { LogisticData, ModelCodes, ModelNumber } from "./logistic-pass";

/** A column of the model: how it is called, and how its estimate is turned back. */
export interface ModelColumn {
  term: string;
  covariate: string;
  /** What a number was taken as: (value - centre) x scale. */
  centre: number;
  scale: number;
}

export interface PropensityModel {
  data: LogisticData;
  /** By column of the model: the constant, the numbers, the levels. */
  columns: readonly ModelColumn[];
  /** The order in which columns are taken in: that of the plan. */
  order: readonly number[];
  /** -1 for rows that are set aside because none of their kind took part, 1 because all did, else 0. */
  side: Int8Array | null;
  remarks: readonly string[];
}

/** What a level of a category, or the lack of a number, is called. */
export const NOT_KNOWN = "not known";

/** Where somebody's value stands among the values of a covariate that has few. */
interface Grouping {
  covariate: string;
  /** Group of each row. */
  codes: Int32Array;
  /** Name of each group. */
  groups: readonly string[];
}

/** The columns of a model of who took part. Throws where a covariate is not in the table. */
export function modelOfCovariates(table: LabTable, covariates: readonly Covariate[]): PropensityModel {
  const remarks: string[] = [];
  const columns = covariates.map(({ name }) => {
    const column = columnOf(table, name);
    return { name, column, moments: column.type === "number" ? momentsOf(column.values, null) : null };
  });
  const groupings = columns.flatMap(({ name, column, moments }) => groupingOf(name, column, moments));
  const side = setAside(table, groupings, remarks);
  const aside = side ? Uint8Array.from(side, (each) => (each === 0 ? 0 : 1)) : null;

  const numbers: (ModelNumber & { column: ModelColumn; place: number })[] = [];
  const categories: (ModelCodes & { columns: ModelColumn[]; place: number })[] = [];
  columns.forEach(({ name, column, moments }, at) => {
    const place = 2 * at;
    if (column.type === "number") {
      const { known, missing, mean, sd } = (!aside && moments) || momentsOf(column.values, aside);
      if (known > 0 && sd > 0) {
        const taken = { centre: mean, scale: 1 / sd };
        numbers.push({
          values: column.values,
          ...taken,
          column: { term: name, covariate: name, ...taken },
          place,
        });
      } else remarks.push(`“${name}” is the same for everybody, and is left out.`);
      if (missing > 0 && known > 0) {
        remarks.push(
          `“${name}” is not known for everybody: where it is not, the mean stands for it, and the model asks whether it is known.`,
        );
        const codes = new Int32Array(table.rows);
        for (let row = 0; row < codes.length; row += 1)
          codes[row] = Number.isNaN(column.values[row] ?? Number.NaN) ? 1 : 0;
        categories.push({ codes, levels: 1, columns: [level(name, NOT_KNOWN)], place: place + 1 });
      }
    } else {
      const coded = codesOf(column, aside);
      if (coded.levels.length > 0)
        categories.push({
          codes: coded.codes,
          levels: coded.levels.length,
          columns: coded.levels.map((each) => level(name, each)),
          place,
        });
      else remarks.push(`“${name}” is the same for everybody, and is left out.`);
    }
  });

  const all = [
    { column: { term: "(Intercept)", covariate: "", centre: 0, scale: 1 }, place: -1 },
    ...numbers.map(({ column, place }) => ({ column, place })),
    ...categories.flatMap((each) => each.columns.map((column) => ({ column, place: each.place }))),
  ];
  return {
    data: {
      rows: table.rows,
      outcome: table.treated,
      aside,
      numbers: numbers.map(({ values, centre, scale }) => ({ values, centre, scale })),
      categories: categories.map(({ codes, levels }) => ({ codes, levels })),
    },
    columns: all.map(({ column }) => column),
    order: all.map((_, at) => at).sort((a, b) => (all[a]?.place ?? 0) - (all[b]?.place ?? 0) || a - b),
    side,
    remarks,
  };
}

/** The column of a covariate. Throws for one that the table has not got: a plan is checked before. */
export function columnOf(table: Pick<LabTable, "covariates">, name: string): LabColumn {
  const column = table.covariates.get(name);
  if (!column) throw new Error(`There is no covariate ${name}`);
  return column;
}

const level = (covariate: string, name: string): ModelColumn => ({
  term: `${covariate}: ${name}`,
  covariate,
  centre: 0,
  scale: 1,
});

/** Groups by level, by whether a number is known, and by value where a number has two values. */
function groupingOf(covariate: string, column: LabColumn, moments: Moments | null): Grouping[] {
  if (column.type === "category") {
    const unknown = column.levels.length;
    const codes = column.codes.some((code) => code < 0)
      ? column.codes.map((code) => (code < 0 ? unknown : code))
      : column.codes;
    return [{ covariate, codes, groups: [...column.levels, NOT_KNOWN] }];
  }
  const { values } = column;
  const { distinct, missing } = moments ?? momentsOf(values, null);
  if (distinct.length !== 2 && missing === 0) return [];
  const [first, second] = distinct;
  const isPair = distinct.length === 2;
  const codes = new Int32Array(values.length);
  for (let row = 0; row < codes.length; row += 1) {
    const value = values[row] ?? Number.NaN;
    codes[row] = Number.isNaN(value) ? 2 : isPair && value === second ? 1 : 0;
  }
  const groups = isPair ? [String(first), String(second), NOT_KNOWN] : ["known", "", NOT_KNOWN];
  return [{ covariate, codes, groups }];
}

/** Sets aside whoever is in a group with nobody of the other side, until every group has both. */
function setAside(table: LabTable, groupings: readonly Grouping[], remarks: string[]): Int8Array | null {
  let side: Int8Array | null = null;
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false;
    for (const { covariate, codes, groups } of groupings) {
      // Others and those who took part, by group.
      const counts = new Int32Array(2 * groups.length);
      for (let row = 0; row < table.rows; row += 1) {
        if (side !== null && side[row] !== 0) continue;
        const at = 2 * (codes[row] ?? 0) + (table.treated[row] ?? 0);
        counts[at] = (counts[at] ?? 0) + 1;
      }
      groups.forEach((name, group) => {
        const [others = 0, took = 0] = counts.subarray(2 * group);
        if ((others === 0) === (took === 0)) return;
        hasChanged = true;
        side ??= new Int8Array(table.rows);
        for (let row = 0; row < table.rows; row += 1)
          if (codes[row] === group && side[row] === 0) side[row] = took > 0 ? 1 : -1;
        const value = `“${covariate}: ${name}”`;
        remarks.push(
          took > 0
            ? `Only people who took part have ${value}: nobody can be compared with them, and they are left out.`
            : `Nobody who took part has ${value}: others who do are left out.`,
        );
      });
    }
  }
  return side;
}

interface Moments {
  known: number;
  missing: number;
  mean: number;
  sd: number;
  /** Two values, or one more than two. */
  distinct: readonly number[];
}

/** More values than these are not told apart. */
const FEW_VALUES = 2;

/** Mean and deviation of what is known. */
function momentsOf(values: Float64Array, aside: Uint8Array | null): Moments {
  const distinct: number[] = [];
  let missing = 0;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? Number.NaN;
    if (aside !== null && aside[row] === 1) continue;
    if (Number.isNaN(value)) missing += 1;
    else if (distinct.length <= FEW_VALUES && value !== distinct[0] && value !== distinct[1])
      distinct.push(value);
  }
  // What stands for a value that is not known is the mean to the last digit; a scale need not be.
  const step = missing > 0 ? 1 : Math.max(1, Math.floor(values.length / ENOUGH_FOR_SCALE));
  const some = spreadOf(values, aside, distinct[0] ?? 0, step);
  const { known, mean, sd } = some.sd > 0 || step === 1 ? some : spreadOf(values, aside, distinct[0] ?? 0, 1);
  return { known, missing, mean, sd: distinct.length > 1 ? sd : 0, distinct };
}

/** Rows that give a number its centre and scale among very many. */
const ENOUGH_FOR_SCALE = 50_000;

/** Of every so many rows. Sums are of differences from one of the values, so that nothing is lost. */
function spreadOf(values: Float64Array, aside: Uint8Array | null, origin: number, step: number) {
  let known = 0;
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < values.length; row += step) {
    const from = (values[row] ?? 0) - origin;
    if ((aside !== null && aside[row] === 1) || Number.isNaN(from)) continue;
    known += 1;
    sum += from;
    squares += from * from;
  }
  const sd = Math.sqrt(Math.max(0, squares - (sum * sum) / known) / (known - 1));
  return { known, mean: origin + sum / known, sd };
}

/** Codes with 0 for the first level that anybody has; without levels that nobody has. */
function codesOf(column: Extract<LabColumn, { type: "category" }>, aside: Uint8Array | null) {
  const names = [...column.levels, NOT_KNOWN];
  const unknown = column.levels.length;
  const counts = new Float64Array(names.length);
  for (let row = 0; row < column.codes.length; row += 1) {
    if (aside !== null && aside[row] === 1) continue;
    const code = column.codes[row] ?? -1;
    const at = code < 0 ? unknown : code;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const present = names.map((_, at) => at).filter((at) => (counts[at] ?? 0) > 0);
  const codeOf = new Int32Array(names.length);
  present.forEach((at, code) => {
    codeOf[at] = code;
  });
  return {
    codes: column.codes.map((code) => codeOf[code < 0 ? unknown : code] ?? 0),
    levels: present.slice(1).map((at) => names[at] ?? ""),
  };
}
