/**
 * Households and residents by small area: census tables and mid-year estimates of England and Wales, Scotland and
 * Northern Ireland, one count to a row.
 */

import { Invalid } from "../domain/errors";
import { type EditionName, findMonth, statedEdition } from "./edition";
import { findColumns, headerOf, type Patterns, requireColumn, wholeNumber } from "./layout";
import { csvEntries, type Load } from "./load";
import { findSmallArea, mergeCounts, smallAreaOf } from "./small-areas";

type CountKind = "households" | "residents";

const COUNT: Readonly<Record<CountKind, Patterns<"count">>> = {
  households: {
    count: [
      /^total_households$/,
      /^households(?:_\d{4})?$/,
      /^(?:number of |total[ :]*)?.*households/,
      /^observation$/,
    ],
  },
  residents: {
    count: [
      /^total_population$/,
      /^population(?:_\d{4})?$/,
      /^total population: mid/,
      /^(?:all ages|all persons|residents|total)$/,
      /^observation$/,
    ],
  },
};

export const households = () => counts("households");
export const residents = () => counts("residents");

function counts(kind: CountKind): Load {
  let countColumn = "";
  return {
    staging: "geography text, code text, name text, value integer",
    accepts: csvEntries,
    begin(first) {
      const header = headerOf(first.cells);
      const area = findSmallArea(header, "2021");
      requireColumn(area?.code ?? -1, "small areas", "lsoa21_code, LSOA code (2021) or dz11_code", header);
      const { count } = findColumns(header, COUNT[kind]);
      requireColumn(count, kind, kind === "households" ? "total_households" : "total_population", header);
      countColumn = header[count] ?? "";
      return {
        table: {
          width: first.cells.length,
          stage({ cells, line }) {
            const found = area && smallAreaOf(cells[area.code], area.column);
            if (!found) {
              const remedy = `"${cells[area?.code ?? 0]}" is not an LSOA, data zone or SOA. Take the row out or mend the code.`;
              return { line, column: header[area?.code ?? 0] ?? "", reason: "not a small area", remedy };
            }
            const value = wholeNumber(cells[count]);
            if (value === null || Number.isNaN(value) || value < 0) {
              const remedy = `"${cells[count]}" is not a whole number of 0 or more.`;
              return { line, column: countColumn, reason: "count is not a number", remedy };
            }
            return [found.geography, found.code, area.name < 0 ? null : (cells[area.name] ?? null), value];
          },
        },
      };
    },
    async merge(tx, source, options) {
      const edition = options.edition
        ? statedEdition(options.edition)
        : editionOfCounts(kind, source.name, countColumn);
      return { loaded: await mergeCounts(tx, kind, edition), edition: edition.name };
    },
  };
}

/** The heading says the year best ("mid 2022", "households_2022"), else the file's name. */
export function editionOfCounts(kind: CountKind, file: string, heading: string): EditionName {
  const found =
    findMonth(heading.replaceAll("_", " ")) ?? findMonth(file.replace(/([a-z])((?:19|20)\d\d)/gi, "$1 $2"));
  if (!found) {
    throw new Invalid(`${file} does not say which year it is of. Say it with --edition "Census 2021".`);
  }
  const what = kind === "households" ? "Households" : "Residents";
  return { name: `${what} ${found.inWords}`, month: found.month };
}
