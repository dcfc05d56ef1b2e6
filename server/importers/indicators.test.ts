import { describe, expect, test } from "vitest";
import { testDatabase } from "../testing";
import { madeDirectory, table, writeMade } from "../testing-places";
import { indicators } from "./indicators";
import { type ImportOptions, loadFile } from "./load";

const db = await testDatabase();
const directory = await madeDirectory();

async function load(name: string, content: string, options?: ImportOptions) {
  return loadFile(db.owner, "indicators", indicators(), await writeMade(directory, name, content), options);
}

const LIST =
  "indicatorID,indicatorName,indicatorDefinition,dataSource,earliestDataPeriod,latestDataPeriod,unitLabel";
const VALUES =
  "Indicator ID,Indicator Name,Area Code,Area Name,Sex,Age,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit";
const loneliness =
  '"901","Often lonely","Adults who say that they feel lonely often.&nbsp; Asked of <b>adults</b>","Made survey","01/04/2020","01/04/2024","%"';
const value = (area: string, time: string, rest: string, sex = "Persons", category = "") =>
  `901,Often lonely,${area},Testshire,${sex},16+ yrs,${category},${time},${rest}`;

describe("published indicators", () => {
  test("are defined by a list first: values of an unknown one are refused", async () => {
    const file = table(VALUES, [value("E06999901", "2023/24", "7.1,5.9,8.4")]);
    await expect(load("values_nov_2024.csv", file)).rejects.toThrow(/Nothing is known of indicator 901/);
    expect(await load("list_nov_2024.csv", table(LIST, [loneliness]))).toMatchObject({
      loaded: 1,
      rejected: 0,
    });
    const [row] = await db.reader`select definition, source, unit from reference.indicator`;
    expect(row).toEqual({
      definition: "Adults who say that they feel lonely often. Asked of adults",
      source: "Made survey",
      unit: "%",
    });
    expect(await load("list_nov_2024.csv", table(LIST, [loneliness]))).toMatchObject({
      loaded: 0,
      unchanged: 1,
    });
  });

  test("keep value, interval and time of all persons, in one dated edition, and add nothing a second time", async () => {
    const file = table(VALUES, [
      value("E06999901", "2022/23", "6.8,5.5,8.1"),
      value("E06999901", "2023/24", "7.1,5.9,8.4"),
      value("E06999901", "2023/24", "9.1,5.9,12.4", "Female"),
      value("E06999901", "2023/24", "11.0,8.0,14.0", "Persons", "Most deprived tenth"),
      value("E92000001", "2023/24", "6.9,,"),
      value("E06999902", "2023/24", ",,"),
    ]);
    const options = { edition: "Fingertips November 2024" };
    expect(await load("values.csv", file, options)).toMatchObject({
      read: 6,
      loaded: 3,
      edition: "Fingertips November 2024",
    });
    expect(await load("values.csv", file, options)).toMatchObject({ loaded: 0 });
    const rows = await db.reader`
      select area_code, time_period, value, low, high from reference.indicator_value order by area_code, time_period`;
    expect(rows.map(Object.values)).toEqual([
      ["E06999901", "2022/23", 6.8, 5.5, 8.1],
      ["E06999901", "2023/24", 7.1, 5.9, 8.4],
      ["E92000001", "2023/24", 6.9, null, null],
    ]);
  });

  test("with a bad row are not loaded at all, and the row is told with its reason", async () => {
    const file = table(VALUES, [
      value("E06999901", "2024/25", "7.3,6.1,8.6"),
      value("Testshire", "2024/25", "7.3,6.1,8.6"),
      value("E06999902", "2024/25", "about 7,6.1,8.6"),
      value("E06999902", "2024/25", "9.9,6.1,8.6"),
    ]);
    const report = await load("values_nov_2025.csv", file);
    expect(report).toMatchObject({ refused: true, rejected: 3, loaded: 0 });
    expect(Object.keys(report.byReason).sort()).toEqual([
      "not an area",
      "value is not a number",
      "value outside its interval",
    ]);
    expect(report.faults[0]).toMatchObject({ line: 3, column: "Area Code" });
    const [left] = await db.reader`
      select count(*)::int as rows from reference.indicator_value where time_period = '2024/25'`;
    expect(left?.["rows"]).toBe(0);
  });

  test("without a date in the file's name or the command are refused", async () => {
    await expect(load("list.csv", table(LIST, [loneliness]))).rejects.toThrow(/--edition/);
  });
});
