/**
 * Indices of deprivation: England 2019 (files 1, 2, 6 and 7) and 2025 (file 7), Wales, Scotland and Northern
 * Ireland. Files of one edition add up: file 2 brings domains to the ranks of file 1. File 6, and file 7 at its
 * end, bring populations, which are loaded as residents.
 */

import type { Tx } from "../../db/client";
import { Invalid } from "../domain/errors";
import { areasRanked, decileOf, nationOf } from "../domain/geography";
import { editionOfCounts } from "./counts";
import { type EditionName, editionNumber, findMonth, statedEdition } from "./edition";
import { decimal, findColumns, headerOf, requireColumn, wholeNumber } from "./layout";
import { csvEntries, type Fault, type Load, type Staged } from "./load";
import { findSmallArea, mergeCounts, smallAreaOf } from "./small-areas";

type Measure = "rank" | "decile" | "score";

interface Heading {
  at: number;
  /** "imd" for the whole index, else the domain: "income", "education-skills-and-training". */
  of: string;
  measure: Measure;
}

const WHOLE_INDEX =
  /^(?:index of multiple deprivation.*|imd|[swn]imdm?[ _]?\d{4}.*|multiple deprivation measure.*)$/;

/** Headings such as "Income Score (rate)", "Crime_decile", "SIMD2020v2_Rank"; a cut-off end does no harm. */
function headingsOf(header: readonly string[]): Heading[] {
  return header.flatMap((name, at): Heading[] => {
    const match = /^(.+?)[ _](score|rank|decile)\b/i.exec(name);
    if (!match?.[1] || !match[2]) return [];
    const subject = match[1].toLowerCase().trim();
    const of = WHOLE_INDEX.test(subject)
      ? "imd"
      : subject
          .replace(/ sub-domain$/, "")
          .replace(/[^a-z]+/g, "-")
          .replace(/-$/, "");
    return [{ at, of, measure: match[2].toLowerCase() as Measure }];
  });
}

/** Starts the load of one file of deprivation. */
export function deprivation(): Load {
  let header: readonly string[] = [];
  let ranked = false;
  let populationColumn = "";
  return {
    staging: `geography text, code text, name text, nation text, rank integer, decile smallint, domains jsonb,
      value integer`,
    accepts: csvEntries,
    begin(first, entry) {
      header = headerOf(first.cells);
      const later = (findMonth(spaced(entry.name))?.month ?? "") >= "2023";
      const area = findSmallArea(header, later ? "2021" : "2011");
      requireColumn(
        area?.code ?? -1,
        "small areas",
        "LSOA code (2011), LSOA code (2021) or dz11_code",
        header,
      );
      const headings = headingsOf(header);
      const rank = headings.find((heading) => heading.of === "imd" && heading.measure === "rank")?.at ?? -1;
      const decile =
        headings.find((heading) => heading.of === "imd" && heading.measure === "decile")?.at ?? -1;
      const { population } = findColumns(header, { population: [/^total population: mid/] });
      if (rank < 0 && population < 0) {
        requireColumn(-1, "ranks", "Index of Multiple Deprivation (IMD) Rank", header);
      }
      ranked = rank >= 0;
      populationColumn = population >= 0 ? (header[population] ?? "") : "";
      const others = headings.filter((heading) => heading.of !== "imd" || heading.measure === "score");
      return {
        table: {
          width: first.cells.length,
          stage({ cells, line }): Staged | Fault {
            const found = area && smallAreaOf(cells[area.code], area.column);
            if (!found) {
              const remedy = `"${cells[area?.code ?? 0]}" is not an LSOA, data zone or SOA. Take the row out or mend the code.`;
              return { line, column: header[area?.code ?? 0] ?? "", reason: "not a small area", remedy };
            }
            const nation = nationOf(found.code) ?? "";
            const numbers = ranked
              ? rankAndDecile(cells[rank], cells[decile], nation, found.geography)
              : null;
            if (ranked && !numbers) {
              const remedy = `"${cells[rank]}" is not a rank of 1 or more, or its decile is not 1 to 10.`;
              return { line, column: header[rank] ?? "", reason: "rank or decile is not one", remedy };
            }
            const value = population < 0 ? null : wholeNumber(cells[population]);
            if (Number.isNaN(value)) {
              const remedy = `"${cells[population]}" is not a whole number.`;
              return { line, column: populationColumn, reason: "count is not a number", remedy };
            }
            const name = area.name < 0 ? null : (cells[area.name] ?? null);
            const domains = JSON.stringify(domainsOf(cells, others));
            return [
              found.geography,
              found.code,
              name,
              nation,
              numbers?.rank ?? null,
              numbers?.decile ?? null,
              domains,
              value,
            ];
          },
        },
      };
    },
    async merge(tx, source, options) {
      const residents = populationColumn
        ? await mergeCounts(tx, "residents", editionOfCounts("residents", source.name, populationColumn))
        : 0;
      if (!ranked) return { loaded: residents, edition: `Residents in ${source.name}` };
      const edition = options.edition
        ? statedEdition(options.edition)
        : editionOfIndex(source.name, await nationsStaged(tx), header);
      return { loaded: await mergeDeprivation(tx, edition), edition: edition.name };
    },
  };
}

function rankAndDecile(
  rankText: string | undefined,
  decileText: string | undefined,
  nation: string,
  geography: string,
): { rank: number; decile: number } | null {
  const rank = wholeNumber(rankText);
  if (rank === null || !(rank >= 1)) return null;
  const stated = wholeNumber(decileText);
  if (stated !== null) return stated >= 1 && stated <= 10 ? { rank, decile: stated } : null;
  const count = areasRanked(nation, geography);
  return count === null ? null : { rank, decile: decileOf(rank, count) };
}

function domainsOf(
  cells: readonly string[],
  headings: readonly Heading[],
): Record<string, Partial<Record<Measure, number>>> {
  const domains: Record<string, Partial<Record<Measure, number>>> = {};
  for (const { at, of, measure } of headings) {
    const value = decimal(cells[at]);
    if (value === null || Number.isNaN(value)) continue;
    domains[of] ??= {};
    domains[of][measure] = value;
  }
  return domains;
}

async function nationsStaged(tx: Tx): Promise<string[]> {
  const rows = await tx<{ nation: string }[]>`select distinct nation from staging`;
  return rows.map((row) => row.nation);
}

/** Months in which editions came out; a later one not listed counts from January of its year. */
const INDICES: Readonly<Record<string, { prefix: string; months: Readonly<Record<string, string>> }>> = {
  E92000001: { prefix: "IMD", months: { "2015": "2015-09", "2019": "2019-09", "2025": "2025-10" } },
  W92000004: { prefix: "WIMD", months: { "2014": "2014-11", "2019": "2019-11", "2025": "2025-11" } },
  S92000003: { prefix: "SIMD", months: { "2016": "2016-08", "2020": "2020-04" } },
  N92000002: { prefix: "NIMDM", months: { "2010": "2010-05", "2017": "2017-11" } },
};

const spaced = (name: string) => name.replace(/([a-z])((?:19|20)\d\d)/gi, "$1 $2");

function editionOfIndex(file: string, nations: readonly string[], header: readonly string[]): EditionName {
  const index = nations.length === 1 ? INDICES[nations[0] ?? ""] : undefined;
  if (!index)
    throw new Invalid(`${file} mixes nations, whose ranks cannot be compared. Load one nation at a time.`);
  const text = `${spaced(file)} ${header.map(spaced).join(" ")}`;
  const headed = header.some((name) => /code \(2021\)/i.test(name)) ? "2025" : "2019";
  const year =
    /(?:imd|iod|wimd|simd|nimdm)[ _-]*((?:19|20)\d\d)/i.exec(text)?.[1] ??
    (index.prefix === "IMD" ? headed : null);
  if (!year) {
    throw new Invalid(
      `${file} does not say which edition it is. Say it with --edition "${index.prefix} 2019".`,
    );
  }
  const version = new RegExp(`${year}(v\\d)`, "i").exec(file)?.[1] ?? "";
  return { name: `${index.prefix} ${year}${version}`, month: index.months[year] ?? `${year}-01` };
}

async function mergeDeprivation(tx: Tx, edition: EditionName): Promise<number> {
  const geographies = await tx<{ geography: string }[]>`select distinct geography from staging`;
  const [only] = geographies;
  if (!only || geographies.length > 1) {
    throw new Invalid("The file mixes small areas of two censuses. Load one at a time.");
  }
  const number = await editionNumber(tx, "deprivation", edition, { geography: only.geography });
  const merged = await tx`
    insert into reference.deprivation as d (edition, small_area, nation, rank, decile, domains)
    select ${number}, code, nation, rank, decile, domains from staging
    on conflict (edition, small_area) do update set
      nation = excluded.nation, rank = excluded.rank, decile = excluded.decile,
      domains = d.domains || excluded.domains
    where (d.nation, d.rank, d.decile, d.domains)
      is distinct from (excluded.nation, excluded.rank, excluded.decile, d.domains || excluded.domains)`;
  if (merged.count > 0) await tx`analyze reference.deprivation`;
  return merged.count;
}
