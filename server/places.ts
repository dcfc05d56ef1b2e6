/**
 * Where a contact counts: its postcode resolved to release sector, small area, ward, authority, nation and
 * deprivation, with the editions used. Resolved once, when the contact is accepted, and stored with it.
 */

import type { Db } from "../db/client";
import { type ActorCtx, inTransaction, now } from "./context";
import {
  BUCKETS,
  type Bucket,
  formedYearFor,
  inMostDeprivedFifth,
  isCrownDependency,
  nationOfPostcodeArea,
  type PostcodeReading,
  parsePostcode,
} from "./domain/geography";
import { type Day, dayOf } from "./domain/period";

/** The columns of place of a contact, and what may be said of it. */
export interface Place {
  placeKind: "postcode" | Bucket;
  /** Number of the release sector, or of the bucket. */
  releaseSector: number;
  /** LSOA, data zone or SOA: the one that gave the decile, else the newest known. */
  smallArea: string | null;
  ward: string | null;
  /** Best fit of the whole release sector. */
  authority: string | null;
  nation: string | null;
  deprivationDecile: number | null;
  /** Numbers of `reference.edition`. */
  deprivationEdition: number | null;
  postcodeEdition: number | null;
  /** Lives in one of the 20% most deprived areas of the nation; null when that is not known. */
  mostDeprivedFifth: boolean | null;
  /** In plain words, why there is no place on the map; null when there is one. */
  note: string | null;
}

export interface PlaceRequest {
  /** As written; null when not given. */
  postcode: string | null;
  noFixedAddress?: boolean;
  occurredOn: Day;
}

/** What the reference tables know of a postcode. */
interface Found {
  postcode: string;
  formedYear: number | null;
  postcodeEdition: number;
  nation: string | null;
  ward: string | null;
  newestSmallArea: string | null;
  releaseSector: number | null;
  authority: string | null;
  smallArea: string | null;
  decile: number | null;
  deprivationEdition: number | null;
}

const NOT_GIVEN = "No postcode was given.";

/** Places of many contacts, in the order asked, with one query for all of them. */
export async function placesOf(db: Db, requests: readonly PlaceRequest[]): Promise<Place[]> {
  const readings = requests.map(readingOf);
  if (!readings.some((reading) => reading?.ok && reading.kind === "postcode")) {
    return readings.map((reading) => placeOf(reading, undefined));
  }
  const years = await listFormedYears(db);
  const formedYears = requests.map((request) => formedYearFor(request.occurredOn, years));
  const asked = new Map<string, { postcode: string; formedYear: number | null }>();
  readings.forEach((reading, i) => {
    if (reading?.ok && reading.kind === "postcode") {
      const formedYear = formedYears[i] ?? null;
      asked.set(keyOf(reading.postcode, formedYear), { postcode: reading.postcode, formedYear });
    }
  });
  const found = new Map<string, Found>();
  for (const row of await findPostcodes(db, [...asked.values()])) {
    found.set(keyOf(row.postcode, row.formedYear), row);
  }
  return readings.map((reading, i) =>
    placeOf(reading, reading?.ok ? found.get(keyOf(reading.postcode, formedYears[i] ?? null)) : undefined),
  );
}

/**
 * What would be said of a postcode if it were somebody's today; null when it has its place on the map. Asked while it
 * is typed, because a slip of the finger mostly makes another well-formed postcode that nobody has.
 */
export async function notePostcode(ctx: ActorCtx, postcode: string): Promise<string | null> {
  const occurredOn = dayOf(await now(ctx));
  return inTransaction(ctx, async ({ db }) => {
    const [place] = await placesOf(db, [{ postcode, occurredOn }]);
    return place?.note ?? null;
  });
}

const keyOf = (postcode: string, formedYear: number | null) => `${postcode}|${formedYear}`;

/** Financial years for which release sectors have been formed, earliest first. */
export async function listFormedYears(db: Db): Promise<number[]> {
  const rows = await db<{ year: number }[]>`
    select financial_year as year from reference.geography order by 1`;
  return rows.map((row) => row.year);
}

function readingOf(request: PlaceRequest): PostcodeReading | null {
  if (request.noFixedAddress) {
    return { ok: true, kind: "no-fixed-address", postcode: "", reason: "No fixed address." };
  }
  return request.postcode?.trim() ? parsePostcode(request.postcode) : null;
}

function placeOf(reading: PostcodeReading | null, found: Found | undefined): Place {
  if (!reading) return bucket("unknown", NOT_GIVEN);
  if (!reading.ok) return bucket("unknown", reading.reason);
  if (reading.kind !== "postcode") return bucket(reading.kind, reading.reason);
  const nation = found?.nation ?? nationOfPostcodeArea(reading.district);
  if (nation && isCrownDependency(nation)) {
    return {
      ...bucket("outside", "The Channel Islands and the Isle of Man are outside the map."),
      nation,
      postcodeEdition: found?.postcodeEdition ?? null,
    };
  }
  if (!found) {
    const note = `${reading.postcode} is not in the postcode list. Check it; if it is right, it may be new.`;
    return bucket("unknown", note);
  }
  return {
    placeKind: "postcode",
    releaseSector: found.releaseSector ?? BUCKETS.outside,
    smallArea: found.smallArea ?? found.newestSmallArea,
    ward: found.ward,
    authority: found.authority,
    nation: found.nation,
    deprivationDecile: found.decile,
    deprivationEdition: found.deprivationEdition,
    postcodeEdition: found.postcodeEdition,
    mostDeprivedFifth: inMostDeprivedFifth(found.decile),
    note:
      found.releaseSector === null ? `${reading.sector} is in the postcode list but not on this map.` : null,
  };
}

function bucket(kind: Bucket, note: string): Place {
  return {
    placeKind: kind,
    releaseSector: BUCKETS[kind],
    smallArea: null,
    ward: null,
    authority: null,
    nation: null,
    deprivationDecile: null,
    deprivationEdition: null,
    postcodeEdition: null,
    mostDeprivedFifth: null,
    note,
  };
}

/**
 * Deprivation comes from the newest edition that ranks the postcode's small area. IMD 2019 knows areas of 2011 and
 * IMD 2025 those of 2021, many with the same code and other bounds, so the edition's geography chooses the code:
 * the postcode's own, else the one the official lookup gives with certainty (unchanged, merged into one, or the
 * one it was split from).
 */
function findPostcodes(db: Db, asked: readonly { postcode: string; formedYear: number | null }[]) {
  return db<Found[]>`
    select a.postcode, a.formed_year, p.edition as postcode_edition, p.nation, p.ward,
      coalesce(p.small_area_2021, p.small_area_2011) as newest_small_area,
      part.release_sector, authority.code as authority,
      d.small_area, d.decile, d.edition as deprivation_edition
    from unnest(${asked.map((a) => a.postcode)}::text[], ${asked.map((a) => a.formedYear)}::smallint[])
      as a (postcode, formed_year)
    join reference.postcode as p on p.postcode = a.postcode
    left join reference.release_sector_part as part
      on part.financial_year = a.formed_year and part.sector = p.sector
    left join reference.release_sector as r
      on r.financial_year = part.financial_year and r.number = part.release_sector
    left join reference.area as authority on authority.number = r.authority
    left join lateral (
      select d.small_area, d.decile, d.edition
      from (
        select 'earlier' as era, coalesce(p.small_area_2011, (
          select l.code_2011 from reference.small_area_lookup as l
          where l.code_2021 = p.small_area_2021 and l.change in ('U', 'S') limit 1)) as code
        union all
        select 'later', coalesce(p.small_area_2021, (
          select l.code_2021 from reference.small_area_lookup as l
          where l.code_2011 = p.small_area_2011 and l.change in ('U', 'M') limit 1))
      ) as known
      join reference.edition as e on e.kind = 'deprivation'
        and (known.era = 'earlier') = (e.geography in ('lsoa11', 'dz11', 'soa01'))
      join reference.deprivation as d on d.edition = e.number and d.small_area = known.code
      order by e.month desc, e.number desc
      limit 1
    ) as d on true`;
}
