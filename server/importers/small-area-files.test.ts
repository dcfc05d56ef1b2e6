import { describe, expect, test } from "vitest";
import { testDatabase } from "../testing";
import { madeDirectory, table, writeMade } from "../testing-places";
import { type ImportOptions, type ImportReport, loadFile } from "./load";
import { IMPORT_KINDS } from "./register";

const db = await testDatabase();
const directory = await madeDirectory();

async function load(
  kind: string,
  name: string,
  content: string,
  options?: ImportOptions,
): Promise<ImportReport> {
  const importer = IMPORT_KINDS[kind];
  if (!importer) throw new Error(`There is no importer of ${kind}`);
  return loadFile(db.owner, kind, importer.start(), await writeMade(directory, name, content), options);
}

const AREA_2011 =
  "LSOA code (2011),LSOA name (2011),Local Authority District code (2019),Local Authority District name (2019)";
const AREA_2021 =
  "LSOA code (2021),LSOA name (2021),Local Authority District code (2024),Local Authority District name (2024)";
const WORST = "(where 1 is most deprived)";
const TENTH = "(where 1 is most deprived 10% of LSOAs)";
const place = (code: string) => `${code},Made place 001A,E06999901,Madeborough`;

async function deprivation(edition: string, code: string) {
  const [row] = await db.reader`
    select d.rank, d.decile, d.nation, d.domains, e.geography, e.month
    from reference.deprivation as d join reference.edition as e on e.number = d.edition
    where e.name = ${edition} and d.small_area = ${code}`;
  return row;
}

async function smallArea(geography: string, code: string) {
  const [row] = await db.reader`
    select name, households, residents from reference.small_area
    where geography = ${geography} and code = ${code}`;
  return row;
}

describe("deprivation", () => {
  test("England 2019: file 1 brings ranks, file 2 domains, file 6 residents, all of one edition", async () => {
    const file1 = table(
      `${AREA_2011},Index of Multiple Deprivation (IMD) Rank,Index of Multiple Deprivation (IMD) Decile`,
      [`${place("E01999901")},"29,199",9`, `${place("E01999902")},"1,005",1`],
      { bom: true },
    );
    const name1 = "File_1_-_IMD2019_Index_of_Multiple_Deprivation.csv.gz";
    expect(await load("deprivation", name1, file1)).toMatchObject({
      edition: "IMD 2019",
      read: 2,
      loaded: 2,
    });
    expect(await deprivation("IMD 2019", "E01999901")).toEqual({
      rank: 29_199,
      decile: 9,
      nation: "E92000001",
      domains: {},
      geography: "lsoa11",
      month: "2019-09",
    });
    const file2 = table(
      `${AREA_2011},Index of Multiple Deprivation (IMD) Rank ${WORST},Index of Multiple Deprivation (IMD) Decile ${TENTH},` +
        `Income Rank ${WORST},Income Decile ${TENTH},"Education, Skills and Training Rank ${WORST}"`,
      [`${place("E01999901")},29199,9,32831,10,7`, `${place("E01999902")},1005,1,5,1,8`],
    );
    expect(await load("deprivation", "File_2_-_IoD2019_Domains_of_Deprivation.csv", file2)).toMatchObject({
      edition: "IMD 2019",
      loaded: 2,
    });
    expect((await deprivation("IMD 2019", "E01999901"))?.domains).toEqual({
      income: { rank: 32_831, decile: 10 },
      "education-skills-and-training": { rank: 7 },
    });
    for (const [name, content] of [
      [name1, file1],
      ["File_2_-_IoD2019_Domains_of_Deprivation.csv", file2],
    ] as const) {
      expect(await load("deprivation", name, content)).toMatchObject({ loaded: 0, unchanged: 2 });
    }
    const file6 = table(`${AREA_2011},Total population: mid 2015 (excluding prisoners)`, [
      `${place("E01999901")},"1,296"`,
    ]);
    expect(await load("deprivation", "File_6_-_IoD2019_Population_Denominators.csv", file6)).toMatchObject({
      read: 1,
      loaded: 1,
    });
    expect(await smallArea("lsoa11", "E01999901")).toMatchObject({
      residents: 1_296,
      name: "Made place 001A",
    });
  });

  test("England 2025, file 7: scores, a cut-off heading, residents, areas of 2021 with a code used in 2011", async () => {
    const content = table(
      `${AREA_2021},Index of Multiple Deprivation (IMD) Score,Index of Multiple Deprivation (IMD) Rank ${WORST},` +
        `Index of Multiple Deprivation (IMD) Decile ${TENTH},Income Score (rate),` +
        "Children and Young People Sub-domain Decile (where 1 is most deprived 10% of LSO," +
        "Total population: mid 2022",
      [`${place("E01999901")},8.742,26525,8,0.013,4,"1,400"`],
      { crlf: true },
    );
    expect(await load("deprivation", "File_7_-_IoD2025_All.csv", content)).toMatchObject({
      edition: "IMD 2025",
    });
    expect(await deprivation("IMD 2025", "E01999901")).toEqual({
      rank: 26_525,
      decile: 8,
      nation: "E92000001",
      domains: {
        imd: { score: 8.742 },
        income: { score: 0.013 },
        "children-and-young-people": { decile: 4 },
      },
      geography: "lsoa21",
      month: "2025-10",
    });
    expect(await deprivation("IMD 2019", "E01999901")).toMatchObject({ decile: 9, geography: "lsoa11" });
    expect(await smallArea("lsoa21", "E01999901")).toMatchObject({ residents: 1_400 });
    expect(await smallArea("lsoa11", "E01999901")).toMatchObject({ residents: 1_296 });
  });

  test.each([
    [
      "WIMD2019_ranks.csv",
      "lsoa11_code,IMD_decile,IMD_rank",
      "W01999901",
      "WIMD 2019",
      "W92000004",
      "lsoa11",
    ],
    [
      "SIMD2020v2_ranks.csv",
      "dz11_code,IMD_decile,IMD_rank",
      "S01006599",
      "SIMD 2020v2",
      "S92000003",
      "dz11",
    ],
    ["NIMDM2017_ranks.csv", "soa01_code,IMD_decile,IMD_rank", "95ZZ01S1", "NIMDM 2017", "N92000002", "soa01"],
  ])("%s", async (name, header, code, edition, nation, geography) => {
    expect(await load("deprivation", name, table(header, [`${code},3,200`]))).toMatchObject({
      edition,
      loaded: 1,
    });
    expect(await deprivation(edition, code)).toMatchObject({ rank: 200, decile: 3, nation, geography });
  });

  test("a decile that is not given follows from the rank and the nation's count", async () => {
    await load("deprivation", "NIMDM2010_ranks.csv", table("soa01_code,IMD_rank", ["95ZZ01S1,90"]));
    expect(await deprivation("NIMDM 2010", "95ZZ01S1")).toMatchObject({ rank: 90, decile: 2 });
  });

  test("no ranks, mixed nations, ranks of 0 and codes that are no small area are refused", async () => {
    await expect(
      load("deprivation", "IMD2019.csv", table("lsoa11_code,score", ["E01999901,1"])),
    ).rejects.toThrow(/no column of ranks/);
    const mixed = table("lsoa11_code,IMD_rank,IMD_decile", ["E01999901,1,1", "W01999901,1,1"]);
    await expect(load("deprivation", "IMD2019.csv", mixed)).rejects.toThrow(/mixes nations/);
    const bad = table("lsoa11_code,IMD_rank,IMD_decile", ["E01999901,0,1", "E01999901,5,11", "E09,5,1"]);
    expect(await load("deprivation", "IMD2019.csv", bad)).toMatchObject({
      refused: true,
      byReason: { "rank or decile is not one": 2, "not a small area": 1 },
    });
  });
});

describe("households and residents", () => {
  test("England and Wales, Scotland; a newer edition wins and an older one does not come back", async () => {
    const households = (count: string) =>
      table("lsoa21_code,lsoa21_name,ltla24_code,total_households", [
        `E01999911,Made place,E06999901,${count}`,
      ]);
    expect(await load("households", "households_census2021_lsoa21_ew.csv", households("837"))).toMatchObject({
      edition: "Households 2021",
      loaded: 1,
    });
    await load("households", "households_2024.csv", households('"1,000"'));
    expect(await load("households", "households_census2021_lsoa21_ew.csv", households("837"))).toMatchObject({
      loaded: 0,
      unchanged: 1,
    });
    expect(await smallArea("lsoa21", "E01999911")).toMatchObject({ households: 1_000, name: "Made place" });

    const scotland = table("dz11_code,dz11_name,population_2021,households_2022", [
      "S01006599,Made zone,863,491",
    ]);
    expect(await load("households", "scotland.csv", scotland)).toMatchObject({ edition: "Households 2022" });
    expect(await load("residents", "scotland.csv", scotland)).toMatchObject({ edition: "Residents 2021" });
    expect(await smallArea("dz11", "S01006599")).toMatchObject({ households: 491, residents: 863 });
  });

  test("a count that is no number and a file without a year are refused", async () => {
    const header = "lsoa11_name,lsoa11_code,total_population";
    const bad = table(header, ["x,E01999911,many", "x,E01999912,-1", "x,E01999913,"]);
    expect(await load("residents", "population_mid2020.csv", bad)).toMatchObject({
      refused: true,
      byReason: { "count is not a number": 3 },
    });
    const good = table(header, ['"x","E01999911",1944']);
    await expect(load("residents", "population.csv", good)).rejects.toThrow(/which year/);
    expect(await load("residents", "population.csv", good, { edition: "Mid-2020" })).toMatchObject({
      edition: "Mid-2020",
      loaded: 1,
    });
  });
});

describe("lookups and names", () => {
  test("areas of 2011 to those of 2021, with the names of both and of authorities", async () => {
    const header =
      '"lsoa11_name","lsoa11_code","change_code","lsoa21_name","lsoa21_code","ltla22_name","ltla22_code"';
    const rows = [
      '"Old 001A","E01999931","U","New 001A","E01999931","Madeborough","E06999931"',
      '"Old 001B","E01999932","S","New 001B","E01999933","Madeborough","E06999931"',
      '"Old 001B","E01999932","S","New 001C","E01999934","Madeborough","E06999931"',
    ];
    const content = table(header, rows);
    expect(await load("lookups", "lsoa11_lsoa21.csv", content)).toMatchObject({ read: 3, loaded: 3 });
    expect(await load("lookups", "lsoa11_lsoa21.csv", content)).toMatchObject({ loaded: 0, unchanged: 3 });
    const found = await db.reader`
      select code_2021, change from reference.small_area_lookup where code_2011 = 'E01999932' order by 1`;
    expect(found.map((row) => [row.code2021, row.change])).toEqual([
      ["E01999933", "S"],
      ["E01999934", "S"],
    ]);
    expect(await smallArea("lsoa11", "E01999932")).toMatchObject({ name: "Old 001B" });
    const official = table("LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND", ["E01999935,a,E01999935,b,Q"]);
    expect(await load("lookups", "official.csv", official)).toMatchObject({
      byReason: { "not a kind of change": 1 },
    });
  });

  test("names come from wards-and-authorities lists, official lists and the properties of a GeoJSON", async () => {
    const wards = table("lsoa21_name,lsoa21_code,ward24_name,ward24_code,ltla24_name,ltla24_code", [
      "New 001A,E01999931,Quayside,E05999931,Madeborough,E06999931",
    ]);
    await load("lookups", "lsoa21_ward24_ltla24.csv", wards);
    await load("areas", "lad.csv", table("LAD24CD,LAD24NM,LAD24NMW", ["E06999941,Newborough,Tref Newydd"]));
    const feature = {
      type: "Feature",
      properties: { ltla24_code: "E06999942", ltla24_name: 'Two, "Quoted"' },
    };
    const shapes = JSON.stringify({ type: "FeatureCollection", features: [feature] });
    expect(await load("areas", "ltla24.geojson.gz", shapes)).toMatchObject({ read: 1, loaded: 1 });
    expect(await load("areas", "ltla24.geojson.gz", shapes)).toMatchObject({ loaded: 0, unchanged: 1 });
    const named = await db.reader`
      select code, level, name from reference.place_name where code like 'E0_9999_1' or code = 'E06999942' order by 1`;
    expect(named.map((row) => [row.code, row.level, row.name])).toEqual([
      ["E05999931", "ward", "Quayside"],
      ["E06999931", "lad", "Madeborough"],
      ["E06999941", "lad", "Newborough"],
      ["E06999942", "lad", 'Two, "Quoted"'],
    ]);
    await expect(load("areas", "broken.geojson", "{")).rejects.toThrow(/not JSON/);
    await expect(load("areas", "names.csv", "a,b\n1,2\n")).rejects.toThrow(/codes with their names/);
  });
});
