/**
 * The areas of published figures as a reader sees them: names, households, which are the same set of sectors, and
 * what lies in what. Reference data alone, read once for each version of a year's geography.
 */

import type { Db } from "../../db/client";
import type { BestFit, NamedArea } from "../domain/figures";
import { formedYearFor, isBucket, LEVELS, type Level, levelOf } from "../domain/geography";
import { firstDayOf } from "../domain/period";

interface PlacedSector {
  number: number;
  /** Areas that hold it, finest first: itself, district, authority, region, nation. */
  within: readonly number[];
}

/** One financial year's areas. */
export class PublishedAreas {
  private readonly byLevel = new Map<Level, readonly NamedArea[]>();
  private readonly byNumber = new Map<number, NamedArea>();
  private readonly finestByLevel = new Map<Level, readonly number[]>();
  /** Release sectors by each area that holds them. */
  private readonly holding = new Map<number, PlacedSector[]>();
  /** Areas inside a patch, by the patch. */
  private readonly inside = new Map<string, ReadonlySet<number>>();

  constructor(
    readonly financialYear: number,
    readonly version: string,
    rows: readonly SectorRow[],
    names: readonly { number: number; code: string; name: string }[],
    private readonly sameAs: ReadonlyMap<number, number>,
    private readonly moved: ReadonlyMap<number, BestFit>,
  ) {
    const nameOf = new Map(names.map((row) => [row.number, row]));
    const households = new Map<number, number | null>();
    for (const row of rows) {
      const within = [row.number, row.district, row.authority, row.region, row.nation].filter(
        (area) => area !== null,
      );
      const placed = { number: row.number, within };
      for (const area of within) {
        const held = this.holding.get(area);
        if (held) held.push(placed);
        else this.holding.set(area, [placed]);
        const known = households.get(area) ?? null;
        households.set(area, row.households === null ? known : (known ?? 0) + row.households);
      }
    }
    for (const level of LEVELS) {
      const areas = [...households.keys()].filter((area) => levelOf(area) === level).sort((a, b) => a - b);
      this.byLevel.set(
        level,
        areas.map((area) => {
          const { code, name } = nameOf.get(area) ?? { code: String(area), name: String(area) };
          return { area, code, name, households: households.get(area) ?? null };
        }),
      );
    }
    for (const areas of this.byLevel.values()) for (const area of areas) this.byNumber.set(area.area, area);
    for (const { number, code, name } of names) {
      if (isBucket(number)) this.byNumber.set(number, { area: number, code, name, households: null });
    }
  }

  /** Areas of a level in order of their numbers; buckets are not among them. */
  of(level: Level): readonly NamedArea[] {
    return this.byLevel.get(level) ?? [];
  }

  find(area: number): NamedArea | null {
    return this.byNumber.get(area) ?? null;
  }

  /** The finest area that is the same set of release sectors: its cell and its menu serve for both. */
  finest(area: number): number {
    const finer = this.sameAs.get(area);
    return finer === undefined || finer === area ? area : this.finest(finer);
  }

  /** The finest areas of a level's, in the order of `of`. */
  finestOf(level: Level): readonly number[] {
    const known = this.finestByLevel.get(level) ?? this.of(level).map(({ area }) => this.finest(area));
    this.finestByLevel.set(level, known);
    return known;
  }

  /** What best fit moves in or out of an area; null when it moves nothing. */
  bestFit(area: number): BestFit | null {
    return this.moved.get(area) ?? null;
  }

  /** Households of a level that count with a neighbour of their own area. */
  householdsInNeighbour(level: Level): number {
    let households = 0;
    for (const [area, { fromElsewhere }] of this.moved) {
      if (levelOf(area) === level) households += fromElsewhere;
    }
    return households;
  }

  /** Areas of higher levels that hold all of an area, finest first. */
  above(area: number): number[] {
    const holding = this.holding.get(area) ?? [];
    const first = holding[0]?.within ?? [];
    const level = LEVELS.indexOf(levelOf(area));
    return first.filter(
      (other) =>
        LEVELS.indexOf(levelOf(other)) > level && holding.every(({ within }) => within.includes(other)),
    );
  }

  /** Whether every sector of an area lies in one of these areas. */
  isInside(area: number, areas: ReadonlySet<number>): boolean {
    return this.insideOf(areas).has(area);
  }

  /** The areas whose every sector lies in one of these. The last patches asked for are kept. */
  insideOf(areas: ReadonlySet<number>): ReadonlySet<number> {
    const name = [...areas].sort((a, b) => a - b).join(" ");
    const known = this.inside.get(name);
    if (known) return known;
    const inside = new Set<number>();
    for (const [area, holding] of this.holding) {
      if (holding.every(({ within }) => within.some((other) => areas.has(other)))) inside.add(area);
    }
    const [oldest] = this.inside.keys();
    if (oldest !== undefined && this.inside.size >= PATCHES_KEPT) this.inside.delete(oldest);
    this.inside.set(name, inside);
    return inside;
  }
}

/** Patches of which is kept what lies inside: a few hundred kilobytes each for the whole country. */
const PATCHES_KEPT = 32;

interface SectorRow {
  number: number;
  district: number;
  authority: number | null;
  region: number | null;
  nation: number | null;
  households: number | null;
}

const read = new WeakMap<Db, Map<string, PublishedAreas>>();

/** A year of which the areas are formed; `version` is another when they are formed anew. */
export interface FormedYear {
  financialYear: number;
  version: string;
}

/**
 * The areas that serve a financial year; null when no release sectors have been formed. `known`: the years that are
 * formed, where the caller has just read them.
 */
export async function findPublishedAreas(
  reader: Db,
  financialYear: number,
  known?: readonly FormedYear[],
): Promise<PublishedAreas | null> {
  const formed =
    known ?? (await reader<FormedYear[]>`select financial_year, version from reference.geography`);
  const year = formedYearFor(
    firstDayOf({ type: "year", financialYear, index: 0 }),
    formed.map((row) => row.financialYear),
  );
  const version = formed.find((row) => row.financialYear === year)?.version;
  if (year === null || version === undefined) return null;
  const cache = read.get(reader) ?? new Map<string, PublishedAreas>();
  read.set(reader, cache);
  const before = cache.get(String(year));
  if (before?.version === version) return before;
  const fresh = await readAreas(reader, year, version);
  cache.set(String(year), fresh);
  return fresh;
}

/** Later than any year that has a geography. */
const LATER_THAN_ALL = 2999;

/** The areas of the newest geography; null when none has been formed. */
export function findNewestAreas(reader: Db, known?: readonly FormedYear[]): Promise<PublishedAreas | null> {
  return findPublishedAreas(reader, LATER_THAN_ALL, known);
}

async function readAreas(reader: Db, year: number, version: string): Promise<PublishedAreas> {
  const [rows, names, aliases, moved] = await Promise.all([
    reader<SectorRow[]>`
      select number, district, authority, region, nation, households
      from reference.release_sector
      where financial_year = ${year}
      order by number`,
    reader<{ number: number; code: string; name: string }[]>`select number, code, name from reference.area`,
    reader<{ area: number; sameAs: number }[]>`
      select area, same_as from reference.area_alias where financial_year = ${year}`,
    reader<(BestFit & { area: number })[]>`
      select area, households_elsewhere as elsewhere, households_from_elsewhere as from_elsewhere
      from reference.best_fit where financial_year = ${year}`,
  ]);
  return new PublishedAreas(
    year,
    version,
    rows,
    names,
    new Map(aliases.map((row) => [row.area, row.sameAs])),
    new Map(moved.map(({ area, ...bestFit }) => [area, bestFit])),
  );
}
