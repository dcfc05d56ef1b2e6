import { beforeAll, describe, expect, test } from "vitest";
import { buildGeography } from "./boundaries";
import { loadFile } from "./importers/load";
import { IMPORT_KINDS } from "./importers/register";
import { type PlaceRequest, placesOf } from "./places";
import { testDatabase } from "./testing";
import { HEADERS, madeBlock, madeDirectory, rowsUnder, table, writeMade } from "./testing-places";

const db = await testDatabase();
const directory = await madeDirectory();

async function load(kind: string, name: string, content: string): Promise<void> {
  const report = await loadFile(
    db.owner,
    kind,
    IMPORT_KINDS[kind]?.start() ?? fail(kind),
    await writeMade(directory, name, content),
  );
  expect(report).toMatchObject({ refused: false, rejected: 0 });
}

function fail(kind: string): never {
  throw new Error(`There is no importer of ${kind}`);
}

const SCOTTISH = { nation: "S92000003", authority: "S12000999", region: "S99999999", area11: "S01006599" };

beforeAll(async () => {
  const corner = { easting: 400_000, northing: 300_000 };
  await load(
    "postcodes",
    "NSPL_NOV_2021_UK_UA.csv",
    table(
      HEADERS.nspl2021,
      rowsUnder(HEADERS.nspl2021, [
        ...madeBlock("UA1 1", 30, corner, { area11: "E01999901" }),
        { postcode: "UA1 9AA", terminated: "199801", area11: "E01999902", ...corner },
        { postcode: "UA2 1AA", area11: "E01999903", ...corner },
        { postcode: "UA3 1AA", area11: "E01999905", ...corner },
        { postcode: "YC1 1AA", ...SCOTTISH, easting: 300_000, northing: 700_000 },
        {
          postcode: "GY99 1AA",
          easting: null,
          nation: "L93000001",
          authority: "L99999999",
          area11: "L99999999",
        },
      ]),
    ),
  );
  await buildGeography(db.owner, 2024);
  await load(
    "postcodes",
    "NSPL_AUG_2026_UK_UA.csv",
    table(
      HEADERS.nspl2026,
      rowsUnder(HEADERS.nspl2026, [
        { postcode: "UA1 1AA", area21: "E01999901", ward: "E05999902", ...corner },
        { postcode: "UA4 1AA", area21: "E01999904", ...corner },
      ]),
    ),
  );
  const lookup = '"lsoa11_name","lsoa11_code","change_code","lsoa21_name","lsoa21_code"';
  await load(
    "lookups",
    "lookup.csv",
    table(lookup, [
      "a,E01999902,M,a,E01999912",
      "a,E01999903,S,a,E01999913",
      "a,E01999903,S,a,E01999914",
      "a,E01999906,S,a,E01999904",
      "a,E01999905,X,a,E01999915",
    ]),
  );
  const ranks = "lsoa11_code,IMD_rank,IMD_decile";
  await load(
    "deprivation",
    "IMD2019.csv",
    table(ranks, ["E01999901,1,1", "E01999902,2,2", "E01999903,3,3", "E01999906,6,6", "E01999905,5,5"]),
  );
});

const ask = async (request: Partial<PlaceRequest>) => {
  const [place] = await placesOf(db.app, [{ postcode: null, occurredOn: "2026-05-01", ...request }]);
  if (!place) throw new Error("No place came back");
  return place;
};

async function editionName(number: number | null): Promise<string | undefined> {
  const [row] = await db.reader`select name from reference.edition where number = ${number}`;
  return row?.name;
}

describe("where a contact counts", () => {
  test("a postcode brings its release sector, small area, ward, authority, nation, decile and editions", async () => {
    const place = await ask({ postcode: "ua11aa" });
    expect(place).toMatchObject({
      placeKind: "postcode",
      smallArea: "E01999901",
      ward: "E05999902",
      authority: "E06999901",
      nation: "E92000001",
      deprivationDecile: 1,
      mostDeprivedFifth: true,
      note: null,
    });
    const [area] =
      await db.reader`select level, code from reference.area where number = ${place.releaseSector}`;
    expect(area).toMatchObject({ level: "sector" });
    expect(area?.code).toContain("UA1 1");
    expect(await editionName(place.postcodeEdition)).toBe("NSPL August 2026");
    expect(await editionName(place.deprivationEdition)).toBe("IMD 2019");
  });

  test("a terminated postcode of a sector that is no longer delivered to counts where it lay", async () => {
    const [dead, live] = [await ask({ postcode: "UA1 9AA" }), await ask({ postcode: "UA1 1AA" })];
    expect(dead.placeKind).toBe("postcode");
    expect(dead.releaseSector).toBe(live.releaseSector);
    expect(await editionName(dead.postcodeEdition)).toBe("NSPL November 2021");
  });

  test("no fixed address, not known, forces, crown dependencies: each in its own bucket, each with a note", async () => {
    const places = await placesOf(
      db.app,
      [
        { postcode: null, noFixedAddress: true },
        { postcode: "ZZ99 3VZ" },
        { postcode: null },
        { postcode: "  " },
        { postcode: "ZZ99 3WZ" },
        { postcode: "nonsense" },
        { postcode: "UA9 9ZZ" },
        { postcode: "BF1 2AA" },
        { postcode: "GY99 1AA" },
        { postcode: "JE99 9ZZ" },
      ].map((request) => ({ ...request, occurredOn: "2026-05-01" })),
    );
    expect(places.map((place) => [place.placeKind, place.releaseSector])).toEqual([
      ["no-fixed-address", 1],
      ["no-fixed-address", 1],
      ["unknown", 2],
      ["unknown", 2],
      ["unknown", 2],
      ["unknown", 2],
      ["unknown", 2],
      ["outside", 3],
      ["outside", 3],
      ["outside", 3],
    ]);
    for (const place of places) expect(place.note).toMatch(/\.$/);
    expect(places[6]?.note).toContain("UA9 9ZZ is not in the postcode list");
    expect(places.every((place) => place.deprivationDecile === null && place.authority === null)).toBe(true);
  });

  test("a postcode off the map keeps its area and decile, and says so", async () => {
    expect(await ask({ postcode: "UA4 1AA" })).toMatchObject({
      placeKind: "postcode",
      releaseSector: 3,
      smallArea: "E01999906",
      deprivationDecile: 6,
      note: "UA4 1 is in the postcode list but not on this map.",
    });
  });

  test("answers come in the order asked, one for each, thousands at once", async () => {
    const requests = Array.from({ length: 3_000 }, (_, i) => ({
      postcode: ["UA1 1AA", "UA2 1AA", "nonsense", null][i % 4] ?? null,
      occurredOn: i % 2 === 0 ? "2020-01-01" : "2026-05-01",
    }));
    const places = await placesOf(db.app, requests);
    expect(places).toHaveLength(3_000);
    const one = await Promise.all(requests.slice(0, 4).map((request) => ask(request)));
    expect(places.slice(0, 4)).toEqual(one);
    expect(places.slice(2_996)).toEqual(one);
    expect(await placesOf(db.app, [])).toEqual([]);
  });
});

describe("deprivation", () => {
  test("the newest edition that knows the small area, with certainty", async () => {
    // A code of 2021 that IMD 2019 knows as another area of 2011 is never joined by code.
    expect(await ask({ postcode: "UA1 1AB" })).toMatchObject({
      smallArea: "E01999901",
      deprivationDecile: 1,
    });
    await load(
      "deprivation",
      "File_7_-_IoD2025.csv",
      table(
        "LSOA code (2021),Index of Multiple Deprivation (IMD) Rank,Index of Multiple Deprivation (IMD) Decile",
        ["E01999901,9,9", "E01999912,8,8", "E01999913,7,7", "E01999914,7,7", "E01999915,7,7"],
      ),
    );
    const own = await ask({ postcode: "UA1 1AA" });
    expect(own).toMatchObject({ deprivationDecile: 9, mostDeprivedFifth: false, smallArea: "E01999901" });
    expect(await editionName(own.deprivationEdition)).toBe("IMD 2025");
    // Merged into one: certain. Split, or irregular: not, so the older edition answers.
    const merged = await ask({ postcode: "UA1 9AA" });
    expect(merged).toMatchObject({ deprivationDecile: 8, smallArea: "E01999912" });
    const split = await ask({ postcode: "UA2 1AA" });
    expect(split).toMatchObject({ deprivationDecile: 3, smallArea: "E01999903" });
    expect(await editionName(split.deprivationEdition)).toBe("IMD 2019");
    expect(await ask({ postcode: "UA3 1AA" })).toMatchObject({
      deprivationDecile: 5,
      smallArea: "E01999905",
    });
  });

  test("a nation without an edition has no decile, and no flag", async () => {
    expect(await ask({ postcode: "YC1 1AA" })).toMatchObject({
      nation: "S92000003",
      smallArea: "S01006599",
      deprivationDecile: null,
      deprivationEdition: null,
      mostDeprivedFifth: null,
    });
    await load("deprivation", "SIMD2020v2.csv", table("dz11_code,IMD_rank,IMD_decile", ["S01006599,10,4"]));
    const place = await ask({ postcode: "YC1 1AA" });
    expect(place).toMatchObject({ deprivationDecile: 4, nation: "S92000003" });
    expect(await editionName(place.deprivationEdition)).toBe("SIMD 2020v2");
  });
});

test("without any geography a postcode is known but has no place on the map", async () => {
  const undone = new Error("undone");
  let place: unknown;
  const attempt = db.owner.begin(async (tx) => {
    await tx`truncate reference.geography`;
    [place] = await placesOf(tx, [{ postcode: "UA1 1AA", occurredOn: "2026-05-01" }]);
    throw undone;
  });
  await expect(attempt).rejects.toBe(undone);
  expect(place).toMatchObject({ placeKind: "postcode", releaseSector: 3, nation: "E92000001" });
});
