/**
 * Columns by name, not by position: offices move, rename and suffix them with a vintage from edition to edition.
 * A layout names what is wanted and the pattern of each name it has had.
 */

import { Invalid } from "../domain/errors";

/** Patterns of column names by what the column holds. The first pattern that matches any column wins. */
export type Patterns<K extends string> = Readonly<Record<K, readonly RegExp[]>>;

/** Position of each column found; -1 where the file does not have it. */
export type Columns<K extends string> = Readonly<Record<K, number>>;

/** Column names without outer blanks, as they are matched and shown. */
export function headerOf(cells: readonly string[]): string[] {
  return cells.map((cell) => cell.replace(/\s+/g, " ").trim());
}

/** Finds the columns of a header. Case does not matter. */
export function findColumns<K extends string>(header: readonly string[], patterns: Patterns<K>): Columns<K> {
  const names = header.map((name) => name.toLowerCase());
  const found = Object.entries<readonly RegExp[]>(patterns).map(([key, tried]) => {
    for (const pattern of tried) {
      const at = names.findIndex((name) => pattern.test(name));
      if (at >= 0) return [key, at];
    }
    return [key, -1];
  });
  return Object.fromEntries(found);
}

/** Throws `Invalid`, with what was found, unless the column is there. */
export function requireColumn(at: number, what: string, expected: string, header: readonly string[]): void {
  if (at >= 0) return;
  const names = header.slice(0, 12).join(", ") + (header.length > 12 ? ", …" : "");
  throw new Invalid(`There is no column of ${what}: expected ${expected}. The columns are: ${names}.`);
}

/** A whole number as published: "29,199", " 505 ", "1296.0". Null when blank; NaN when it is not one. */
export function wholeNumber(text: string | undefined): number | null {
  if (text === undefined || text === "") return null;
  const plain = text.replace(/[,\s]/g, "");
  if (plain === "") return null;
  return /^-?\d+(?:\.0*)?$/.test(plain) ? Number(plain) : Number.NaN;
}

/** A number with decimals as published. Null when blank; NaN when it is not one. */
export function decimal(text: string | undefined): number | null {
  const plain = text?.trim() ?? "";
  if (plain === "") return null;
  const number = Number(plain);
  return Number.isNaN(number) ? Number(plain.replace(/[,\s]/g, "")) : number;
}

const LEVEL_OF_PREFIX: Readonly<Record<string, string>> = {
  lad: "lad",
  ltla: "lad",
  wd: "ward",
  ward: "ward",
  rgn: "region",
  region: "region",
  ctry: "nation",
  nation: "nation",
};

/** A pair of columns that names places: code and name of one level. */
export interface NamePair {
  level: string;
  code: number;
  name: number;
}

/** Pairs such as LAD24CD and LAD24NM, ltla24_code and ltla24_name, in a header. */
export function findNamePairs(header: readonly string[]): NamePair[] {
  const names = header.map((name) => name.toLowerCase());
  return names.flatMap((column, code): NamePair[] => {
    const match = /^(lad|ltla|wd|ward|rgn|region|ctry|nation)(\d*)(?:cd|_code)$/.exec(column);
    const level = LEVEL_OF_PREFIX[match?.[1] ?? ""];
    if (!match || !level) return [];
    const wanted = [`${match[1]}${match[2]}nm`, `${match[1]}${match[2]}_name`];
    const name = names.findIndex((other) => wanted.includes(other));
    return name >= 0 ? [{ level, code, name }] : [];
  });
}
