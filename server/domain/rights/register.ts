/**
 * What is held about a person, and where: a line for every table and every column of every schema. A line says how its
 * rows belong to somebody, or why they are about nobody who could ask for them here. The subject access pack, erasing
 * and their proofs walk these lines; a test reads the database itself and fails when a table or a column has none.
 */

import { CASEWORK_LINES } from "./register-casework";
import { FIGURES_LINES } from "./register-figures";
import { GOVERNANCE_LINES } from "./register-governance";
import { IDENTITY_LINES } from "./register-identity";
import type { Line, OtherLine, PersonLine } from "./register-line";

export const REGISTER: Readonly<Record<string, Line>> = {
  ...IDENTITY_LINES,
  ...CASEWORK_LINES,
  ...GOVERNANCE_LINES,
  ...FIGURES_LINES,
};

/** The lines with rows about people, by table. */
export const PERSON_LINES: readonly (PersonLine & { place: string })[] = Object.entries(REGISTER).flatMap(
  ([place, line]) => (line.about === "person" ? [{ place, ...line }] : []),
);

/** Why tables are not in a pack row by row, each reason once. */
export const EXPLAINED: readonly { about: OtherLine["about"]; why: string }[] = [
  ...new Map(
    Object.values(REGISTER).flatMap((line) =>
      line.about === "joint" || line.about === "pseudonym" || line.about === "sealed"
        ? [[line.why, { about: line.about, why: line.why }] as const]
        : [],
    ),
  ).values(),
];

/**
 * Lines that the database's own tables lack, and columns: what the test of the register must find empty. `tables` maps a
 * table with its schema to its columns.
 */
export function missingLines(tables: ReadonlyMap<string, readonly string[]>): {
  tables: string[];
  columns: string[];
  gone: string[];
} {
  const known = Object.entries(REGISTER);
  return {
    tables: [...tables.keys()].filter((table) => !(table in REGISTER)),
    columns: [...tables].flatMap(([table, names]) =>
      names
        .filter((name) => table in REGISTER && !(name in (REGISTER[table]?.columns ?? {})))
        .map((name) => `${table}.${name}`),
    ),
    gone: known.flatMap(([table, { columns }]) => {
      const names = tables.get(table);
      if (!names) return [table];
      return Object.keys(columns)
        .filter((name) => !names.includes(name))
        .map((name) => `${table}.${name}`);
    }),
  };
}
