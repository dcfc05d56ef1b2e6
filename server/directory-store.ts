/**
 * Reads the directory. It is some thousands of entries, read far more often than written, so each process holds it
 * as an index and asks the database only whether it has changed. Whoever writes an entry or a change calls
 * `noteDirectoryChange` in the same transaction.
 */

import { ZodError } from "zod";
import type { Db, Sql } from "../db/client";
import { type Listing, listingOf, type StoredChange, type StoredEntry } from "./domain/directory-listing";
import { type NamedPlace, PlaceFinder } from "./domain/directory-places";
import { DirectoryIndex, type PlacedListing, type Spot } from "./domain/directory-search";
import { parsePostcode } from "./domain/geography";
import { log } from "./log";

interface Held {
  version: bigint;
  index: Promise<DirectoryIndex>;
}

const held = new WeakMap<Sql, Held>();

/** The whole directory, as it is now. */
export async function directoryIndex(reader: Sql): Promise<DirectoryIndex> {
  const [state] = await reader<{ version: bigint }[]>`select version from reference.directory_state`;
  const version = state?.version ?? 0n;
  const known = held.get(reader);
  if (known?.version === version) return known.index;
  const index = buildIndex(reader);
  held.set(reader, { version, index });
  index.catch(() => {
    if (held.get(reader)?.index === index) held.delete(reader);
  });
  return index;
}

/** Says that the directory has changed, and lets one change at a time through: call it before reading what is there. */
export async function noteDirectoryChange(db: Db): Promise<void> {
  await db`update reference.directory_state set version = version + 1`;
}

async function buildIndex(reader: Sql): Promise<DirectoryIndex> {
  const listings = (await readListings(reader)).filter(({ withdrawnOn }) => withdrawnOn === null);
  const spots = await spotsOf(
    reader,
    listings.flatMap(({ facts }) => facts.premises.flatMap(({ postcode }) => postcode ?? [])),
  );
  const names = await reader<{ code: string; name: string }[]>`
    select code, name from reference.place_name where level in ('lad', 'ward', 'region', 'nation')`;
  const placed = listings.map(
    (listing): PlacedListing => ({
      listing,
      spots: listing.facts.premises.flatMap(({ postcode }) => spots.get(postcode ?? "") ?? []),
    }),
  );
  return new DirectoryIndex(placed, new Map(names.map(({ code, name }) => [code, name])));
}

/** Entries with their changes laid over; all of them, or those asked for. */
export async function readListings(db: Db, ids: readonly string[] | null = null): Promise<Listing[]> {
  const asked = [...(ids ?? [])];
  const entries = await db<Omit<StoredEntry, "changes">[]>`
    select e.id, s.name as source_name, e.organisation_id, e.service_id, e.stated, e.missing_since, e.withdrawn_on
    from reference.directory_entry as e
    left join reference.directory_source as s on s.number = e.source
    where ${ids === null} or e.id = any (${asked}::uuid[])
    order by e.id`;
  const changes = await db<(StoredChange & { entryId: string })[]>`
    select entry_id, id, field, value, organisation_id, organisation_name, changed_on
    from reference.directory_change
    where undone_at is null and (${ids === null} or entry_id = any (${asked}::uuid[]))
    order by changed_at, id`;
  const byEntry = new Map<string, StoredChange[]>();
  for (const { entryId, ...change } of changes) {
    byEntry.set(entryId, [...(byEntry.get(entryId) ?? []), change]);
  }
  return entries.flatMap((entry) => readable({ ...entry, changes: byEntry.get(entry.id) ?? [] }));
}

/**
 * An entry that cannot be read is left out, so that it takes nobody else's with it, and is named in the log: whoever
 * runs the installation loads its source again, or withdraws it.
 */
function readable(entry: StoredEntry): Listing[] {
  try {
    return [listingOf(entry)];
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const faults = error.issues.map(({ path, code }) => `${path.join(".")}: ${code}`);
    log().error({ entry: entry.id, faults }, "an entry of the directory cannot be read and is left out");
    return [];
  }
}

/** The names that words of areas are compared with. */
export async function placeFinder(db: Db): Promise<PlaceFinder> {
  const places = await db<NamedPlace[]>`
    select code, level, name from reference.place_name where level in ('nation', 'region', 'lad', 'ward')
    order by code`;
  return new PlaceFinder(places);
}

/** Where postcodes lie, by postcode; those that are not in the list are left out. */
async function spotsOf(db: Db, postcodes: readonly string[]): Promise<Map<string, Spot>> {
  const rows = await db<(Spot & { postcode: string })[]>`
    select postcode, sector, district, ward, authority, region, nation, easting, northing
    from reference.postcode where postcode = any (${[...new Set(postcodes)]}::text[])`;
  return new Map(rows.map(({ postcode, ...spot }) => [postcode, spot]));
}

/**
 * Where a postcode, sector ("SR1 3") or district ("SR1") lies, as people write it. `note` says in plain words what
 * is the matter when it cannot be placed. A sector or district lies in the middle of its postcodes and in the
 * authority that holds most of them.
 */
export async function findSpot(db: Db, text: string): Promise<{ spot: Spot | null; note: string | null }> {
  const part = partOf(text);
  if (part) {
    const [middle] = await db<Spot[]>`
      select ${part.sector} as sector, ${part.district} as district, null as ward,
        mode() within group (order by authority) as authority, mode() within group (order by region) as region,
        mode() within group (order by nation) as nation,
        avg(easting)::int as easting, avg(northing)::int as northing
      from reference.postcode
      where live and (case when ${part.sector}::text is null then district = ${part.district} else sector = ${part.sector} end)
      having count(*) > 0`;
    if (middle) return { spot: middle, note: null };
    return { spot: null, note: `${part.sector ?? part.district} is not in the postcode list. Check it.` };
  }
  const reading = parsePostcode(text);
  if (!reading.ok || reading.kind !== "postcode") return { spot: null, note: reading.reason };
  const spot = (await spotsOf(db, [reading.postcode])).get(reading.postcode);
  if (spot) return { spot, note: null };
  const near = await findSpot(db, reading.sector);
  const words = `${reading.postcode} is not in the postcode list.`;
  return near.spot
    ? { spot: near.spot, note: `${words} Shown for ${reading.sector}.` }
    : { spot: null, note: `${words} Check it; if it is right, it may be new.` };
}

function partOf(text: string): { district: string; sector: string | null } | null {
  const read = /^([A-Z]{1,2}\d[A-Z\d]?)(?:\s+(\d))?$/.exec(text.trim().toUpperCase());
  if (!read?.[1]) return null;
  return { district: read[1], sector: read[2] ? `${read[1]} ${read[2]}` : null };
}
