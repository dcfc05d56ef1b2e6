/**
 * What is estimated for postcode sectors: each small area's households and residents spread evenly over its live
 * small-user postcodes, then added up by sector. Temporary tables of one transaction; nothing here is kept but
 * `reference.sector`.
 */

import type { Tx } from "../db/client";

/**
 * Makes the temporary tables `estimate` (postcode, sector, places, households, residents) and `unit` (postcode,
 * era, code, weight), and renews `reference.sector` from them.
 *
 * A postcode's small area is its own code of that census, else what the official lookup gives: an area of 2011 that
 * was split counts in equal parts in those it became. Of the two censuses, each nation takes the one that covers
 * its postcodes best, and of two that do equally well the newer count.
 */
export async function estimateSectors(tx: Tx): Promise<{ sectors: number }> {
  await tx.unsafe(`
    create temporary table live_postcode on commit drop as
    select postcode, sector, district, small_user, easting, northing, small_area_2011, small_area_2021, authority,
      region, nation
    from reference.postcode
    where live and nation is distinct from 'L93000001' and nation is distinct from 'M83000003';
    analyze live_postcode;

    create temporary table unit on commit drop as
    with lookup as (
      select code_2011, code_2021,
        1.0::float8 / count(*) over (partition by code_2011) as share_2021,
        1.0::float8 / count(*) over (partition by code_2021) as share_2011
      from reference.small_area_lookup
    ), small_user as (select * from live_postcode where small_user)
    select postcode, nation, 'earlier' as era, small_area_2011 as code, 1.0::float8 as weight
    from small_user where small_area_2011 is not null
    union all
    select p.postcode, p.nation, 'earlier', l.code_2011, l.share_2011
    from small_user as p join lookup as l on l.code_2021 = p.small_area_2021 where p.small_area_2011 is null
    union all
    select postcode, nation, 'later', small_area_2021, 1.0
    from small_user where small_area_2021 is not null
    union all
    select p.postcode, p.nation, 'later', l.code_2021, l.share_2021
    from small_user as p join lookup as l on l.code_2011 = p.small_area_2011 where p.small_area_2021 is null;
    analyze unit;`);
  for (const count of ["households", "residents"] as const) {
    await tx.unsafe(`
      create temporary table spread_${count} on commit drop as
      with counted as (
        select case when a.geography in ('lsoa11', 'dz11', 'soa01') then 'earlier' else 'later' end as era, a.code,
          ${count} as value, e.month
        from reference.small_area as a join reference.edition as e on e.number = a.${count}_edition
        where ${count} is not null
      ), covered as (
        select u.nation, u.era, sum(u.weight) as weight, max(c.month) as month
        from unit as u join counted as c using (era, code) group by u.nation, u.era
      ), chosen as (
        select distinct on (c.nation) c.nation, c.era
        from covered as c join (select nation, max(weight) as most from covered group by nation) as m
          on m.nation is not distinct from c.nation
        where c.weight >= 0.99 * m.most
        order by c.nation, c.month desc, c.era desc
      ), shared as (
        select u.postcode, c.value * u.weight / sum(u.weight) over (partition by u.era, u.code) as value
        from unit as u
        join chosen as h on h.nation is not distinct from u.nation and h.era = u.era
        join counted as c on c.era = u.era and c.code = u.code
      )
      select postcode, sum(value) as value from shared group by postcode;
      analyze spread_${count};`);
  }
  await tx.unsafe(`
    create temporary table estimate on commit drop as
    select p.postcode, p.sector, p.district, p.small_user, p.authority, p.region, p.nation,
      h.value as households, r.value as residents
    from live_postcode as p
    left join spread_households as h using (postcode)
    left join spread_residents as r using (postcode);
    analyze estimate;`);
  await tx`delete from reference.sector`;
  const renewed = await tx`
    insert into reference.sector (code, district, live_postcodes, live_small_user_postcodes, households, residents)
    select p.sector, min(p.district), count(*) filter (where p.live),
      count(*) filter (where p.live and p.small_user), round(sum(e.households))::int, round(sum(e.residents))::int
    from reference.postcode as p
    left join estimate as e on e.postcode = p.postcode
    where p.nation is distinct from 'L93000001' and p.nation is distinct from 'M83000003'
    group by p.sector`;
  return { sectors: renewed.count };
}

export type MainPlace = "district" | "authority" | "region" | "nation";

/**
 * The place in which most of each group's households are, else most live postcodes; ties by code. Groups are rows
 * of the temporary table `grouping` (sector, grp). Regions that a layout leaves out follow from the authority.
 */
export async function mainPlaces(tx: Tx, place: MainPlace): Promise<Map<string, string>> {
  const column = tx.unsafe(place === "region" ? "coalesce(e.region, known.region)" : `e.${place}`);
  const rows = await tx<{ grp: string; place: string }[]>`
    with known as (
      select distinct on (authority) authority, region from live_postcode
      where authority is not null and region is not null
      group by authority, region order by authority, count(*) desc, region
    ), weighed as (
      select g.grp, ${column} as place, sum(coalesce(e.households, 0)) as households, count(*) as postcodes
      from grouping as g join estimate as e on e.sector = g.sector
      left join known on known.authority = e.authority
      group by 1, 2
    )
    select distinct on (grp) grp, place from weighed
    where place is not null
    order by grp, households desc, postcodes desc, place`;
  return new Map(rows.map((row) => [row.grp, row.place]));
}

export interface SectorDeprivation {
  edition: number;
  /** Households by decile, the first the most deprived; null where households are not known. */
  mix: number[] | null;
  /** Decile of the mean rank, weighted by households, else by postcodes. */
  meanRank: number;
}

/** The edition that serves a nation: the newest whose small areas cover nine in ten of its postcodes, else most. */
async function chosenEditions(tx: Tx): Promise<{ nation: string; edition: number; era: string }[]> {
  return tx`
    with edition as (
      select number, month,
        case when geography in ('lsoa11', 'dz11', 'soa01') then 'earlier' else 'later' end as era
      from reference.edition where kind = 'deprivation'
    ), total as (
      select nation, count(*) as postcodes from live_postcode where small_user group by nation
    ), covered as (
      select u.nation, e.number, e.month, e.era, sum(u.weight) / min(t.postcodes) as share
      from unit as u
      join edition as e on e.era = u.era
      join reference.deprivation as d on d.edition = e.number and d.small_area = u.code and d.nation = u.nation
      join total as t on t.nation = u.nation
      group by u.nation, e.number, e.month, e.era
    )
    select distinct on (nation) nation, number as edition, era from covered
    order by nation, share >= 0.9 desc, case when share >= 0.9 then month else '' end desc, share desc, number`;
}

const DECILES = Array.from({ length: 10 }, (_, i) => i + 1);

/** Deprivation of each group of `grouping` (which names the group's nation), in its nation's own edition. */
export async function deprivationOf(tx: Tx): Promise<Map<string, SectorDeprivation>> {
  const found = new Map<string, SectorDeprivation>();
  const mix = DECILES.map((n) => `coalesce(round(sum(households) filter (where decile = ${n})), 0)::int`);
  for (const { nation, edition, era } of await chosenEditions(tx)) {
    const rows = await tx<{ grp: string; mix: number[]; households: number | null; meanRank: number }[]>`
      with ranked as (
        select g.grp, d.decile, d.rank, u.weight, u.weight * e.households as households
        from unit as u
        join reference.deprivation as d on d.edition = ${edition} and d.small_area = u.code
        join estimate as e on e.postcode = u.postcode
        join grouping as g on g.sector = e.sector
        where u.nation = ${nation} and u.era = ${era} and g.nation = ${nation}
      )
      select grp, array[${tx.unsafe(mix.join(", "))}] as mix, sum(households)::float8 as households,
        (case when sum(households) > 0 then sum(households * rank) / sum(households)
              else sum(weight * rank) / sum(weight) end)::float8 as mean_rank
      from ranked group by grp`;
    for (const { grp, mix, households, meanRank } of rows) {
      found.set(grp, { edition, mix: households !== null && households > 0 ? mix : null, meanRank });
    }
  }
  return found;
}
