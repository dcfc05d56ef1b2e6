/**
 * Maps of settled periods, kept as they were answered: what is published moves at a release and not between, and one map
 * is asked for many times. An answer is given again only while the mark of everything settled and published is the one
 * that was read before the answer was. The database itself changes the mark, in the transaction that moves a figure
 * (`mark_figures` in guards.sql), so nobody who writes can forget to, and nothing kept is ever out of date.
 */

import type { Sql } from "../../db/client";
import type { MapFigures } from "../domain/figures";
import { type Period, periodNumber } from "../domain/period";
import type { FormedYear } from "./published-areas";

/** What a map of a period rests on, as it is at one instant. */
export interface Standing {
  /** Another one whenever anything settled and published is another. Null: there is none, and nothing is kept. */
  mark: string | null;
  /** Years of which the areas are formed, each with its version. */
  formed: readonly FormedYear[];
  /** Null: the period has not settled. */
  settled: { settledOn: string; revisedOn: string | null; releaseNo: number; hasFigures: boolean } | null;
}

/** Reads it, in one query: what is kept of a map costs no other. */
export async function readStanding(reader: Sql, period: Period): Promise<Standing> {
  const number = periodNumber(period);
  const [row] = await reader<
    {
      mark: string | null;
      years: number[];
      versions: string[];
      settledOn: string | null;
      revisedOn: string | null;
      releaseNo: number | null;
      hasFigures: boolean;
    }[]
  >`
    select (select mark from published.figures_mark) as mark, g.years, g.versions,
      s.settled_on, s.revised_on, s.release_no,
      exists (select from published.coverage as c where c.period = s.period) as has_figures
    from (
      select coalesce(array_agg(financial_year::int), '{}') as years, coalesce(array_agg(version), '{}') as versions
      from reference.geography
    ) as g
    left join published.settled_period as s on s.period = ${number}`;
  const { mark = null, years = [], versions = [], settledOn = null, releaseNo = null } = row ?? {};
  return {
    mark,
    formed: years.map((financialYear, at) => ({ financialYear, version: versions[at] ?? "" })),
    settled:
      row && settledOn !== null && releaseNo !== null
        ? { settledOn, revisedOn: row.revisedOn, releaseNo, hasFigures: row.hasFigures }
        : null,
  };
}

/** Areas of all answers that are kept at once: some 16 megabytes, or the whole country by sector 45 times. */
const MOST_AREAS = 500_000;

/** Answers of one mark, those asked for longest ago first. */
export class KeptMaps {
  private mark: string | null = null;
  private readonly maps = new Map<string, MapFigures>();
  private areas = 0;

  constructor(private readonly most = MOST_AREAS) {}

  /** The answer to a question, as long as the mark is the one under which it was kept. */
  find(mark: string | null, question: string): MapFigures | null {
    const map = mark === null || mark !== this.mark ? undefined : this.maps.get(question);
    if (!map) return null;
    this.maps.delete(question);
    this.maps.set(question, map);
    return map;
  }

  /** Keeps an answer that was read after its mark was. Readers share it: it is frozen. */
  keep(mark: string | null, question: string, map: MapFigures): MapFigures {
    for (const list of [map.figures, map.rates, map.notPublished, map.buckets, map.coverageChanged]) {
      Object.freeze(list);
    }
    Object.freeze(map);
    if (mark === null) return map;
    if (mark !== this.mark) {
      this.mark = mark;
      this.maps.clear();
      this.areas = 0;
    }
    this.forget(question);
    this.maps.set(question, map);
    this.areas += map.areas.length;
    for (const [oldest] of this.maps) {
      if (this.areas <= this.most) break;
      this.forget(oldest);
    }
    return map;
  }

  private forget(question: string): void {
    this.areas -= this.maps.get(question)?.areas.length ?? 0;
    this.maps.delete(question);
  }
}

const kept = new WeakMap<Sql, KeptMaps>();

/** What is kept of the maps that a connection answers. */
export function keptMaps(reader: Sql): KeptMaps {
  const known = kept.get(reader) ?? new KeptMaps();
  kept.set(reader, known);
  return known;
}
