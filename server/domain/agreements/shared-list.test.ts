/** What may be asked of a list, how much a row shows, in what order, and the same as a file. */

import { describe, expect, test } from "vitest";
import type { Cell } from "./agreement";
import { CLOSE_PLACES, DETAILS } from "./grid";
import {
  askListSchema,
  inListOrder,
  type ListRow,
  listColumns,
  listDetail,
  listFile,
  MOST_NEEDS,
} from "./shared-list";

const ID = "01890000-0000-7000-8000-000000000001";
const asked = {
  ...{ id: ID, agreementId: ID, level: "street", purpose: "direct-support", reason: "offer-help" },
  ...{ within: ["sr1 3dw"], street: "Whitby Street", needs: ["MON-01"] },
};
const faults = (over: object) =>
  askListSchema.safeParse({ ...asked, ...over }).error?.issues.map(({ path }) => path[0]) ?? [];

describe("what may be asked", () => {
  test("is brought to one form", () => {
    expect(
      askListSchema.parse({
        ...asked,
        level: "postcode",
        within: ["sr13dw", "sr1 3"],
        street: "  ",
        words: "",
      }),
    ).toMatchObject({
      ...{ within: ["SR1 3DW", "SR1 3"], street: null, words: null },
    });
  });
  test.each<[string, object, string[]]>([
    ["a street of a sector", { within: ["SR1 3"] }, []],
    ["nowhere", { within: [] }, ["within"]],
    ["what is no postcode", { within: ["Sunderland"] }, ["within"]],
    ["homes without a street", { level: "household", street: null }, ["street"]],
    ["people of a whole sector", { level: "person", street: null, within: ["SR1 3"] }, ["street"]],
    ["people of a postcode", { level: "person", street: null }, []],
    ["a need that there is not", { needs: ["XYZ-99"] }, ["needs"]],
    ["no need", { needs: [] }, ["needs"]],
    ["a need twice", { needs: ["MON-01", "MON-01"] }, ["needs"]],
    [
      "too many needs",
      { needs: ["HOU", "MON", "BEN", "EMP", "EDU", "PHY"].slice(0, MOST_NEEDS + 1) },
      ["needs"],
    ],
  ])("%s", (_, over, wrong) => expect(faults(over)).toEqual(wrong));
});

test("a row shows the most of the reader's own cells there, and no more than their role may have", () => {
  const cell = (place: Cell["place"], detail: Cell["detail"], group: Cell["group"]) => ({
    place,
    detail,
    group,
  });
  const cells = [
    cell("street", "known-to", "caseworker"),
    cell("street", "rag", "manager"),
    cell("street", "full", "analyst"),
    cell("household", "full", "commissioner"),
  ];
  expect(listDetail(cells, ["caseworker"], "street")).toBe("known-to");
  expect(listDetail(cells, ["caseworker", "manager"], "street")).toBe("rag");
  expect(listDetail(cells, ["analyst"], "street")).toBe("coded");
  expect(listDetail(cells, ["commissioner"], "household")).toBeNull();
  expect(listDetail(cells, ["manager"], "household")).toBeNull();
});

const row = (no: number, over: Partial<ListRow> = {}): ListRow => ({
  ...{ no, own: [], detail: "full", services: [] },
  ...over,
});

test("rows are read the worst colour first, then by the number of the house, then as they came", () => {
  const rows = [
    row(1, { place: "12 Whitby Street" }),
    row(2, { colour: "green", place: "1 Whitby Street" }),
    row(3, { colour: "red", place: "14 Whitby Street" }),
    row(4, { colour: "red", place: "2 Whitby Street" }),
    row(5, { own: [{ id: ID, name: "Amina" }] }),
    row(6, { colour: "red", place: "2 Whitby Street" }),
  ];
  expect(inListOrder(rows).map(({ no }) => no)).toEqual([4, 6, 3, 2, 1, 5]);
});

describe("a file", () => {
  const full = row(1, {
    place: "14 Whitby Street, SR1 3DW",
    own: [{ id: ID, name: "Amina Okafor" }],
    services: [
      {
        ...{ organisation: "Quayside", service: "Advice", recency: "0-3", next: "consult" },
        team: { name: null, phone: null, email: null },
      },
    ],
    colour: "red",
    needs: [{ need: "MON-01", status: "no-longer-relevant", words: { need: "", status: "" } }],
    people: [{ organisation: "Quayside", givenName: "Ben", familyName: "Stone", phone: null }],
  });
  const lines = (...of: Parameters<typeof listFile>) =>
    listFile(...of)
      .replace("\uFEFF", "")
      .trim()
      .split("\r\n");

  test("has the columns of its cell and nothing else, whatever a row holds", () => {
    expect(lines({ level: "household", detail: "rag", rows: [full] })).toEqual([
      "place,services,how recent,colour",
      '"14 Whitby Street, SR1 3DW","Quayside, Advice",In the last 3 months,red',
    ]);
    expect(lines({ level: "person", detail: "full", rows: [full] })).toEqual([
      "own record,services,how recent,colour,needs,names and telephone numbers",
      'Amina Okafor,"Quayside, Advice",In the last 3 months,red,Priority debt: no longer relevant,Ben Stone',
    ]);
  });
  test("names its columns as many as a row has, at every level and detail, also for an empty row", () => {
    for (const level of CLOSE_PLACES) {
      for (const detail of DETAILS) {
        const [header, line] = lines({
          level,
          detail,
          rows: [row(1, { place: "x", own: [{ id: ID, name: null }] })],
        });
        expect(header).toBe(listColumns(level, detail).join(","));
        expect(line?.split(",")).toHaveLength(listColumns(level, detail).length);
        expect(line?.startsWith(level === "person" ? ID : "x")).toBe(true);
      }
    }
  });
});
