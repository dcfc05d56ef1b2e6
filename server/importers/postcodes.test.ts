import { describe, expect, test } from "vitest";
import { testDatabase } from "../testing";
import {
  HEADERS,
  type MadePostcode,
  madeDirectory,
  rowsUnder,
  table,
  writeMade,
  zipOf,
} from "../testing-places";
import { type ImportOptions, type ImportReport, loadFile } from "./load";
import { postcodes } from "./postcodes";

const db = await testDatabase();
const directory = await madeDirectory();

async function load(
  name: string,
  content: string | Uint8Array,
  options?: ImportOptions,
): Promise<ImportReport> {
  return loadFile(db.owner, "postcodes", postcodes(), await writeMade(directory, name, content), options);
}

const file = (header: string, made: readonly MadePostcode[], style?: Parameters<typeof table>[2]) =>
  table(header, rowsUnder(header, made), style);

async function find(postcode: string) {
  const [row] = await db.reader`select * from reference.postcode where postcode = ${postcode}`;
  return row;
}

describe("every layout brings the same postcode", () => {
  test.each([
    ["NSPL_NOV_2021_UK_UA.csv.gz", HEADERS.nspl2021, "NSPL November 2021", "UA1 1AA"],
    ["NSPL_MAY_2025_UK_UA.csv", HEADERS.nspl2025, "NSPL May 2025", "UA2 1AA"],
    ["NSPL_AUG_2026_UK_UA.csv", HEADERS.nspl2026, "NSPL August 2026", "UA3 1AA"],
    ["ONSPD_FEB_2023_UK_UA.csv", HEADERS.onspd2023, "ONSPD February 2023", "UA4 1AA"],
    ["ONSPD_AUG_2026_UK_UA.csv", HEADERS.onspd2026, "ONSPD August 2026", "UA5 1AA"],
  ])("%s", async (name, header, edition, postcode) => {
    const made = { postcode, area11: "E01999911", area21: "E01999921" };
    const report = await load(name, file(header, [made], { crlf: true, bom: true }));
    expect(report).toMatchObject({ edition, read: 1, loaded: 1, unchanged: 0, rejected: 0, refused: false });
    const [sector, district] = [postcode.slice(0, 5), postcode.slice(0, 3)];
    expect(await find(postcode)).toMatchObject({
      sector,
      district,
      live: true,
      smallUser: true,
      easting: 400_100,
      northing: 300_100,
      authority: "E06999901",
      ward: "E05999901",
      region: "E12999901",
      nation: "E92000001",
      smallArea2011: /lsoa11/.test(header) ? "E01999911" : null,
      smallArea2021: /lsoa21/.test(header) ? "E01999921" : null,
    });
  });

  test("the lookup with names is Windows Latin, and its names are kept", async () => {
    const text = file(HEADERS.pcdLookup, [{ postcode: "UA6 1AA", authority: "W06999901" }]);
    const report = await load("PCD_OA_LSOA_MSOA_LAD_AUG20_UK_LU.csv", Buffer.from(text, "latin1"));
    expect(report).toMatchObject({ edition: "Postcode lookup August 2020", loaded: 1 });
    expect(await find("UA6 1AA")).toMatchObject({
      nation: "W92000004",
      easting: null,
      smallArea2011: "E01999901",
    });
    const [name] = await db.reader`select * from reference.place_name where code = 'W06999901'`;
    expect(name).toMatchObject({ level: "lad", name: "Ynys Wên" });
  });

  test("Code-Point Open has no header, padded postcodes and no degrees; quality 90 means no position", async () => {
    const rows = [
      '"UA7 1AA",10,440075,556874,"E92000001","E19000001","E18000001","","E06999901","E05999901"',
      '"UA7 1AB",90,0,0,"E92000001","E19000001","E18000001","","E06999901","E05999901"',
      '"UA101AA",10,440075,556874,"E92000001","E19000001","E18000001","","E06999901","E05999901"',
    ];
    const report = await load("ua.csv", `${rows.join("\n")}\n`, { edition: "Code-Point Open August 2014" });
    expect(report).toMatchObject({ edition: "Code-Point Open August 2014", read: 3, loaded: 3 });
    const found = await find("UA7 1AA");
    expect(found).toMatchObject({ live: true, smallUser: true, easting: 440_075, smallArea2011: null });
    expect(found?.latitude).toBeCloseTo(54.905, 2);
    expect(found?.longitude).toBeCloseTo(-1.3765, 2);
    expect(await find("UA7 1AB")).toMatchObject({
      easting: null,
      northing: null,
      latitude: null,
      longitude: null,
    });
    expect(await find("UA10 1AA")).toMatchObject({ sector: "UA10 1" });
  });

  test("an assembled layout without status counts as live; degrees become metres, blanks stay blank", async () => {
    const rows = ["UA8 1AA,54.908542,-1.379728,E06999901,E05999901,E01999921", "UA8 1AB,,0.00000,,,"];
    const report = await load("postcodes_2025.csv", table(HEADERS.assembled, rows));
    expect(report).toMatchObject({ edition: "Postcodes 2025", loaded: 2 });
    const found = await find("UA8 1AA");
    expect(found).toMatchObject({
      live: true,
      nation: "E92000001",
      smallArea2011: null,
      smallArea2021: "E01999921",
    });
    expect(Math.hypot(found?.easting - 439_867, found?.northing - 557_268)).toBeLessThan(5);
    expect(await find("UA8 1AB")).toMatchObject({
      live: true,
      easting: null,
      latitude: null,
      authority: null,
    });
  });

  test("a zip holds many tables, read as one file; its lists of names are read too, its UK file alone when there", async () => {
    const header = HEADERS.onspd2026;
    const zip = zipOf({
      "Data/multi_csv/ONSPD_AUG_2026_UK_UA.csv": file(header, [{ postcode: "UA11 1AA" }]),
      "Data/multi_csv/ONSPD_AUG_2026_UK_YC.csv": file(header, [{ postcode: "YC11 1AA" }]),
      "Documents/LA_UA names and codes UK as at 04_26.csv": "LAD26CD,LAD26NM\nE06999901,Madeborough\n",
      "Documents/Read me.txt": "words",
    });
    expect(await load("ONSPD_AUG_2026.zip", zip)).toMatchObject({
      edition: "ONSPD August 2026",
      read: 2,
      loaded: 2,
    });
    const [name] = await db.reader`select name from reference.place_name where code = 'E06999901'`;
    expect(name?.name).toBe("Madeborough");
    const both = zipOf({
      "Data/ONSPD_AUG_2026_UK.csv": file(header, [{ postcode: "UA11 1AA" }, { postcode: "YC11 1AA" }]),
      "Data/multi_csv/ONSPD_AUG_2026_UK_UA.csv": file(header, [{ postcode: "UA11 1AA" }]),
    });
    expect(await load("ONSPD_AUG_2026_UK.zip", both)).toMatchObject({ read: 2, loaded: 0, unchanged: 2 });
  });
});

describe("what the official files mean", () => {
  test("terminated, large user, no grid reference, crown dependencies, pseudo codes, letter-ended districts", async () => {
    const crown = { authority: "L99999999", ward: "L99999999", region: "L99999999", nation: "L93000001" };
    const scottish = { authority: "S12000999", nation: "S92000003", region: "S99999999" };
    const made: MadePostcode[] = [
      { postcode: "UA20 1AA", terminated: "199912" },
      { postcode: "UA20 1AB", largeUser: true },
      { postcode: "UA20 1AD", easting: null },
      { postcode: "GY99 1AA", easting: null, ...crown, area11: "L99999999" },
      { postcode: "UA20 1AE", ...scottish, area11: "S01006599" },
      { postcode: "U1D 3QU", ward: "E99999999" },
      { postcode: "UA1A 1BB" },
    ];
    expect(await load("NSPL_FEB_2022_UK_UA.csv", file(HEADERS.nspl2021, made))).toMatchObject({ loaded: 7 });
    expect(await find("UA20 1AA")).toMatchObject({ live: false, smallUser: true });
    expect(await find("UA20 1AB")).toMatchObject({ live: true, smallUser: false });
    expect(await find("UA20 1AD")).toMatchObject({
      easting: null,
      northing: null,
      latitude: null,
      longitude: null,
    });
    expect(await find("GY99 1AA")).toMatchObject({
      nation: "L93000001",
      authority: null,
      ward: null,
      region: null,
      smallArea2011: null,
      latitude: null,
    });
    expect(await find("UA20 1AE")).toMatchObject({ region: null, smallArea2011: "S01006599" });
    expect(await find("U1D 3QU")).toMatchObject({ sector: "U1D 3", district: "U1D", ward: null });
    expect(await find("UA1A 1BB")).toMatchObject({ sector: "UA1A 1", district: "UA1A" });
  });

  test("Scotland's data zones of 2011 keep their place in files of the 2021 census; Newport's old codes are not live", async () => {
    const made = [
      { postcode: "UA21 1AA", nation: "S92000003", area21: "S01006599" },
      { postcode: "NPT 1AB" },
    ];
    await load("NSPL_NOV_2025_UK_UA.csv", file(HEADERS.nspl2025, made));
    expect(await find("UA21 1AA")).toMatchObject({ smallArea2011: "S01006599", smallArea2021: null });
    const rows = ["NPT 1AD,51.6,-3.0,W06999901,,"];
    await load("postcodes_2025_npt.csv", table(HEADERS.assembled, rows));
    expect(await find("NPT 1AD")).toMatchObject({ live: false, nation: "W92000004" });
  });

  test("a position in Northern Ireland is on the Irish grid", async () => {
    await load("postcodes_2025_ni.csv", table(HEADERS.assembled, ["BT99 9AA,54.597,-5.93,N09999901,,"]));
    const found = await find("BT99 9AA");
    expect(found).toMatchObject({ nation: "N92000002" });
    expect(Math.abs(found?.easting - 333_800)).toBeLessThan(500);
    expect(Math.abs(found?.northing - 374_000)).toBeLessThan(500);
  });
});

describe("editions", () => {
  const [older, newer] = ["NSPL_NOV_2021_UK_UA.csv", "NSPL_AUG_2026_UK_UA.csv"];

  test.each([
    ["in order", ["older", "newer"], "UA30"],
    ["newest first", ["newer", "older"], "UA31"],
  ])(
    "the newest wins, an older one fills gaps and serves what it alone has: loaded %s",
    async (_, order, district) => {
      const contents: Record<string, [string, string]> = {
        older: [
          older,
          file(HEADERS.nspl2021, [
            { postcode: `${district} 1AA`, area11: "E01999911", authority: "E06999908" },
            { postcode: `${district} 1AB`, terminated: "199801" },
          ]),
        ],
        newer: [
          newer,
          file(HEADERS.nspl2026, [
            { postcode: `${district} 1AA`, area21: "E01999921", authority: "E06999909" },
          ]),
        ],
      };
      for (const which of order) await load(...(contents[which] ?? ["", ""]));
      expect(await find(`${district} 1AA`)).toMatchObject({
        authority: "E06999909",
        smallArea2011: "E01999911",
        smallArea2021: "E01999921",
      });
      expect(await find(`${district} 1AB`)).toMatchObject({ live: false });
      const [edition] = await db.reader`
      select e.name from reference.postcode join reference.edition as e on e.number = edition
      where postcode = ${`${district} 1AA`}`;
      expect(edition?.name).toBe("NSPL August 2026");
      for (const which of order) {
        expect(await load(...(contents[which] ?? ["", ""]))).toMatchObject({ loaded: 0 });
      }
    },
  );

  test.each([
    ["older first", true, "UA32"],
    ["newer first", false, "UA33"],
  ])(
    "a newer file without status leaves the status an older one states: %s",
    async (_, olderFirst, district) => {
      const stated = () =>
        load(
          older,
          file(HEADERS.nspl2021, [{ postcode: `${district} 1AA`, terminated: "199801", largeUser: true }]),
        );
      const unstated = () =>
        load(
          "postcodes_2025.csv",
          table(HEADERS.assembled, [`${district} 1AA,52.6,-2.0,E06999907,E05999901,E01999921`]),
        );
      if (olderFirst) await stated();
      await unstated();
      if (!olderFirst) await stated();
      expect(await find(`${district} 1AA`)).toMatchObject({
        live: false,
        smallUser: false,
        authority: "E06999907",
        smallArea2021: "E01999921",
      });
    },
  );

  test("an edition that is not stated loses to every other and can be stated by the operator", async () => {
    const text = file(HEADERS.nspl2021, [{ postcode: "UA34 1AA", authority: "E06999906" }]);
    expect((await load("postcodes.csv", text)).edition).toBe("NSPL, month not stated");
    expect((await load("postcodes.csv", text, { edition: "NSPL May 2022" })).edition).toBe("NSPL May 2022");
    await expect(load("postcodes.csv", text, { edition: "the newest" })).rejects.toThrow(
      /NSPL November 2021/,
    );
  });
});

describe("whole or not at all", () => {
  const good = { postcode: "UA40 1AA" };

  test("bad rows are listed with line, column, reason and remedy, and nothing is loaded", async () => {
    const [first = ""] = rowsUnder(HEADERS.nspl2021, [good]);
    const text = table(HEADERS.nspl2021, [first, first.replaceAll("UA40 1AA", "nowhere"), "too,short"]);
    const report = await load("NSPL_NOV_2021_UK_UA.csv", text);
    expect(report).toMatchObject({ read: 3, loaded: 0, rejected: 2, refused: true });
    expect(report.byReason).toEqual({ "not a postcode": 1, "wrong number of columns": 1 });
    expect(report.faults).toEqual([
      expect.objectContaining({ line: 3, column: "postcode", reason: "not a postcode" }),
      expect.objectContaining({ line: 4, reason: "wrong number of columns" }),
    ]);
    for (const fault of report.faults) expect(fault.remedy).not.toBe("");
    expect(await find("UA40 1AA")).toBeUndefined();
    const rest = await load("NSPL_NOV_2021_UK_UA.csv", text, { leaveOutBadRows: true });
    expect(rest).toMatchObject({ read: 3, loaded: 1, rejected: 2, refused: false });
    expect(await find("UA40 1AA")).toBeDefined();
  });

  test("a trial says what would happen and keeps nothing", async () => {
    const text = file(HEADERS.nspl2021, [{ postcode: "UA41 1AA" }]);
    const report = await load("NSPL_NOV_2021_UK_UA.csv", text, { dryRun: true });
    expect(report).toMatchObject({ read: 1, loaded: 1, dryRun: true });
    expect(await find("UA41 1AA")).toBeUndefined();
  });

  test("two rows for one postcode, a position that is no number and a file without postcodes are refused", async () => {
    const twice = file(HEADERS.nspl2021, [{ postcode: "UA42 1AA" }, { postcode: "UA42 1AA" }]);
    await expect(load("NSPL_NOV_2021_UK_UA.csv", twice)).rejects.toThrow(/UA42 1AA.*lines 2, 3/);
    const rows = ["UA43 1AA,north,-2.0,E06999907,E05999901,E01999921"];
    expect((await load("postcodes_2025.csv", table(HEADERS.assembled, rows))).byReason).toEqual({
      "position is not a number": 1,
    });
    await expect(load("other_2025.csv", "name,age\nx,1\n")).rejects.toThrow(
      /no column of postcodes.*name, age/,
    );
    await expect(load("empty_2025.csv", "")).rejects.toThrow(/empty/);
    await expect(loadFile(db.owner, "postcodes", postcodes(), `${directory}/absent.csv`)).rejects.toThrow(
      /no file .*absent\.csv/,
    );
    await expect(load("not_2025.zip", "not a zip")).rejects.toThrow(/not a zip/);
  });
});
