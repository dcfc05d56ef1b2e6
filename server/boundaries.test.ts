import { beforeAll, describe, expect, test } from "vitest";
import type { Sql } from "../db/client";
import { buildGeography, checkOutlines } from "./boundaries";
import { Conflict, Invalid } from "./domain/errors";
import { loadFile } from "./importers/load";
import { IMPORT_KINDS } from "./importers/register";
import { etagOf, findGeographyVersion, type OutlinesRequest, outlinesFile } from "./outlines";
import { testDatabase } from "./testing";
import {
  HEADERS,
  type MadePostcode,
  madeBlock,
  madeDirectory,
  rowsUnder,
  table,
  writeMade,
} from "./testing-places";

const db = await testDatabase();
const directory = await madeDirectory();

async function load(owner: Sql, kind: string, name: string, content: string): Promise<void> {
  const importer = IMPORT_KINDS[kind];
  if (!importer) throw new Error(`There is no importer of ${kind}`);
  const report = await loadFile(owner, kind, importer.start(), await writeMade(directory, name, content));
  expect(report).toMatchObject({ refused: false, rejected: 0 });
}

const at = (east: number, north: number) => ({
  easting: 400_000 + east * 1_000,
  northing: 300_000 + north * 1_000,
});
const city = (area: string) => ({ authority: "E06999901", area11: area });
const coast = (area: string) => ({ authority: "E06999902", area11: area });

/** Three sectors of UA1 in a row, the middle one small; UA2 beyond, across an authority's border; one dead sector. */
const COUNTY: MadePostcode[] = [
  ...madeBlock("UA1 1", 100, at(0, 0), city("E01999901")),
  ...madeBlock("UA1 2", 20, at(1, 0), city("E01999902")),
  ...madeBlock("UA1 3", 100, at(2, 0), city("E01999903")),
  ...madeBlock("UA2 1", 60, at(3, 0), city("E01999904")),
  ...madeBlock("UA2 2", 100, at(4, 0), coast("E01999905")),
  { postcode: "UA1 9AA", terminated: "199801", ...at(2.4, 0.4), ...city("E01999903") },
  { postcode: "UA7 7AA", largeUser: true, easting: null, ...city("E01999903") },
];

const postcodeFile = (made: readonly MadePostcode[]) =>
  table(HEADERS.nspl2021, rowsUnder(HEADERS.nspl2021, made));

beforeAll(async () => {
  await expect(buildGeography(db.owner, 2025)).rejects.toThrow(Invalid);
  await load(db.owner, "postcodes", "NSPL_NOV_2021_UK_UA.csv", postcodeFile(COUNTY));
  await load(
    db.owner,
    "residents",
    "population_mid2020.csv",
    table("lsoa11_code,total_population", [
      "E01999901,2000",
      "E01999902,600",
      "E01999903,1800",
      "E01999904,1500",
      "E01999905,2500",
    ]),
  );
  // Households are of the 2021 census: E01999901 was split in two, the others kept their codes.
  const unchanged = ["2", "3", "4", "5"].map((n) => `a,E0199990${n},U,a,E0199990${n}`);
  const lookup = "lsoa11_name,lsoa11_code,change_code,lsoa21_name,lsoa21_code";
  await load(
    db.owner,
    "lookups",
    "lookup.csv",
    table(lookup, ["a,E01999901,S,a,E01999911", "a,E01999901,S,a,E01999912", ...unchanged]),
  );
  await load(
    db.owner,
    "households",
    "households_census2021.csv",
    table("lsoa21_code,total_households", [
      "E01999911,500",
      "E01999912,400",
      "E01999902,250",
      "E01999903,800",
      "E01999904,700",
      "E01999905,1000",
    ]),
  );
  await load(
    db.owner,
    "deprivation",
    "IMD2019.csv",
    table("lsoa11_code,IMD_rank,IMD_decile", [
      "E01999901,3000,1",
      "E01999902,6000,2",
      "E01999903,20000,7",
      "E01999904,15000,5",
      "E01999905,32000,10",
    ]),
  );
  await load(
    db.owner,
    "areas",
    "lad.csv",
    table("LAD24CD,LAD24NM", ["E06999901,Made City", "E06999902,Made Coast"]),
  );
});

const releaseSectors = (year: number) => db.reader`
  select r.*, a.code, a.name, d.code as district_code, l.name as authority_name
  from reference.release_sector as r
  join reference.area as a on a.number = r.number
  join reference.area as d on d.number = r.district
  left join reference.area as l on l.number = r.authority
  where r.financial_year = ${year} order by a.code`;

const parts = async (year: number) =>
  new Map(
    (
      await db.reader<{ sector: string; code: string }[]>`
        select p.sector, a.code from reference.release_sector_part as p
        join reference.area as a on a.number = p.release_sector where p.financial_year = ${year}`
    ).map(({ sector, code }) => [sector, code]),
  );

const snapshot = async (year: number) => ({
  areas: await db.reader`select number, level, code, name from reference.area order by 1`,
  sectors: await releaseSectors(year),
  parts: [...(await parts(year))].sort(),
  version: await findGeographyVersion(db.reader, year),
});

describe("building a financial year", () => {
  beforeAll(async () => {
    expect(await buildGeography(db.owner, 2025)).toMatchObject({
      releaseSectors: 4,
      unions: 1,
      kept: false,
      small: 0,
    });
  });

  test("a small sector joins its longest neighbour; small areas are spread over their live small users", async () => {
    const rows = await releaseSectors(2025);
    expect(
      rows.map((row) => [row.code, row.residents, row.households, row.districtCode, row.authorityName]),
    ).toEqual([
      ["UA1 1+UA1 2", 2_600, 1_150, "UA1", "Made City"],
      ["UA1 3", 1_800, 800, "UA1", "Made City"],
      ["UA2 1", 1_500, 700, "UA2", "Made City"],
      ["UA2 2", 2_500, 1_000, "UA2", "Made Coast"],
    ]);
    expect(rows.map((row) => row.name)).toContain("UA1 1 + UA1 2");
  });

  test("deprivation is the mix of deciles by households, and the decile of the mean rank", async () => {
    const rows = await releaseSectors(2025);
    expect(rows.map((row) => row.deprivationMix)).toEqual([
      [900, 250, 0, 0, 0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0, 800, 0, 0, 0],
      [0, 0, 0, 0, 700, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 1_000],
    ]);
    // (900 x 3000 + 250 x 6000) / 1150 = 3652; 3652 of 32844 is in decile 2.
    expect(rows.map((row) => row.averageDecile)).toEqual([2, 7, 5, 10]);
  });

  test("every sector there ever was counts somewhere, unless nothing tells where", async () => {
    expect([...(await parts(2025))].sort()).toEqual([
      ["UA1 1", "UA1 1+UA1 2"],
      ["UA1 2", "UA1 1+UA1 2"],
      ["UA1 3", "UA1 3"],
      ["UA1 9", "UA1 3"],
      ["UA2 1", "UA2 1"],
      ["UA2 2", "UA2 2"],
    ]);
    const [dead] = await db.reader`select * from reference.sector where code = 'UA1 9'`;
    expect(dead).toMatchObject({ livePostcodes: 0, households: null, residents: null });
  });

  test("levels nest, and areas that are the same set share a menu", async () => {
    const levels =
      await db.reader`select level, count(*)::int as areas from reference.area where number > 3 group by 1`;
    expect(Object.fromEntries(levels.map((row) => [row.level, row.areas]))).toEqual({
      sector: 4,
      district: 2,
      lad: 2,
      region: 1,
      nation: 1,
    });
    const aliases = await db.reader`
      select a.code, s.code as same_as from reference.area_alias as x
      join reference.area as a on a.number = x.area join reference.area as s on s.number = x.same_as
      where financial_year = 2025 order by 1`;
    expect(aliases.map((row) => [row.code, row.sameAs])).toEqual([
      ["E06999902", "UA2 2"],
      ["E92000001", "E12999901"],
    ]);
  });

  test("building again changes nothing, not even the version", async () => {
    const before = await snapshot(2025);
    await buildGeography(db.owner, 2025);
    expect(await snapshot(2025)).toEqual(before);
  });

  test("postcodes lie in the outline of their own sector", async () => {
    const report = await checkOutlines(db.owner);
    expect(report).toMatchObject({ postcodes: 380, share: 1 });
    expect(Object.keys(report.areas)).toEqual(["UA"]);
  });

  test("outlines of each level are served with a tag that changes only with the geography", async () => {
    const version = (await findGeographyVersion(db.reader, 2025)) ?? "";
    const read = async (request: Partial<OutlinesRequest>) => {
      const whole = {
        level: "sector" as const,
        financialYear: 2025,
        within: null,
        detail: null,
        ...request,
      };
      const file = await outlinesFile(db.reader, version, whole);
      expect(file.etag).toBe(etagOf(version, whole));
      return JSON.parse(file.text);
    };
    const sectors = await read({});
    expect(sectors.type).toBe("Topology");
    const names = (file: { objects: { areas: { geometries: { properties: { code: string } }[] } } }) =>
      file.objects.areas.geometries.map(({ properties }) => properties.code);
    expect(names(sectors)).toEqual(["UA1 1+UA1 2", "UA1 3", "UA2 1", "UA2 2"]);
    const [west, south, east, north] = sectors.bbox;
    for (const longitude of [west, east]) expect(Math.abs(longitude - -2)).toBeLessThan(0.2);
    for (const latitude of [south, north]) expect(Math.abs(latitude - 52.6)).toBeLessThan(0.2);
    expect(names(await read({ level: "lad" }))).toEqual(["E06999901", "E06999902"]);
    const [district] = await db.reader`select number from reference.area where code = 'UA2'`;
    expect(names(await read({ within: district?.number }))).toEqual(["UA2 1", "UA2 2"]);
    // Few areas are sent whole, whatever detail is asked for.
    expect(await read({ detail: "overview" })).toEqual(sectors);
    const tagOf = (detail: OutlinesRequest["detail"]) =>
      etagOf(version, { level: "sector", financialYear: 2025, within: null, detail });
    expect(tagOf("overview")).not.toBe(tagOf("close"));
    expect(await findGeographyVersion(db.reader, 2030)).toBeNull();
  });
});

describe("a geography that contacts count on", () => {
  beforeAll(async () => {
    await db.administrator`
      insert into casework.organisation (id, name) overriding system value values (1, 'Made organisation')`;
    await db.administrator`
      insert into casework.service (organisation_id, id, name)
      values (1, '00000000-0000-7000-8000-000000000001', 'Made service')`;
    await db.administrator`
      insert into casework.client (organisation_id, id) values (1, '00000000-0000-7000-8000-000000000002')`;
    await db.administrator`
      insert into casework.contact (organisation_id, id, client_id, service_id, occurred_on, channel, place_kind,
        release_sector, content_hash)
      select 1, '00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000002',
        '00000000-0000-7000-8000-000000000001', '2026-05-01', 'phone', 'postcode', min(number), ''
      from reference.area where level = 'sector' and number >= 10`;
  });

  test("keeps its unions and numbers; a large new sector is added and a small one joins what is there", async () => {
    const before = await snapshot(2025);
    await load(
      db.owner,
      "postcodes",
      "NSPL_FEB_2022_UK_UA.csv",
      postcodeFile([
        ...madeBlock("UA3 1", 80, at(0, 2), city("E01999906")),
        ...madeBlock("UA1 4", 10, at(0, 1), city("E01999901")),
      ]),
    );
    await load(
      db.owner,
      "residents",
      "population_mid2021.csv",
      table("lsoa11_code,total_population", ["E01999906,3000"]),
    );
    // Would be large enough alone now; but contacts count on the union.
    await load(
      db.owner,
      "residents",
      "population_mid2022.csv",
      table("lsoa11_code,total_population", ["E01999902,9000"]),
    );
    expect(await buildGeography(db.owner, 2025)).toMatchObject({ kept: true, releaseSectors: 5 });
    const after = await snapshot(2025);
    expect(after.areas.filter((area) => before.areas.some((old) => old.number === area.number))).toEqual(
      before.areas,
    );
    const codes = after.sectors.map((row) => row.code);
    expect(codes).toEqual(["UA1 1+UA1 2", "UA1 3", "UA2 1", "UA2 2", "UA3 1"]);
    expect((await parts(2025)).get("UA1 4")).toBe("UA1 1+UA1 2");
    expect(after.version).not.toBe(before.version);
  });

  test("another year whose days already have contacts is refused in plain words; a later one can be built", async () => {
    await expect(buildGeography(db.owner, 2026)).rejects.toThrow(Conflict);
    await expect(buildGeography(db.owner, 2026)).rejects.toThrow(/2026-05-01 .*release sectors of 2025/);
    await expect(buildGeography(db.owner, 2024)).resolves.toMatchObject({ kept: false });
    expect(await buildGeography(db.owner, 2027)).toMatchObject({ kept: false });
    // Formed afresh: the sector that grew stands alone, and what is the same keeps its number.
    const [old, fresh] = [await releaseSectors(2025), await releaseSectors(2027)];
    expect(fresh.map((row) => row.code)).toEqual([
      "UA1 1+UA1 4",
      "UA1 2",
      "UA1 3",
      "UA2 1",
      "UA2 2",
      "UA3 1",
    ]);
    const numberOf = (rows: typeof old, code: string) => rows.find((row) => row.code === code)?.number;
    expect(numberOf(fresh, "UA2 1")).toBe(numberOf(old, "UA2 1"));
  });
});
