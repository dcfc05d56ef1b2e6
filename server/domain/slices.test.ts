/** Slices: numbers that never move, ages that are exact on the first day, one rule for people whose clients disagree. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SEXES } from "./client-terms";
import { cellId } from "./disclosure";
import { FIRST_NUMBER } from "./geography";
import { ANY_NODE, DOMAINS, getNodeByNumber, NEEDS } from "./needs";
import { addDays } from "./period";
import {
  ageMonthOf,
  ageSlice,
  combineTraits,
  decileSlice,
  deprivationSlices,
  getSlice,
  monthNumberOf,
  notSliced,
  packTraits,
  type RankedSector,
  SLICES,
  sexSlice,
  slicesOf,
  UNKNOWN_TRAITS,
  unpackTraits,
} from "./slices";

const DISTRICT = FIRST_NUMBER.district + 1;
const LAD = FIRST_NUMBER.lad + 1;
const REGION = FIRST_NUMBER.region + 1;

/** Whole years lived on a day, by the calendar. */
function ageOn(day: string, born: string): number {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return day.slice(5) < born.slice(5) ? years - 1 : years;
}

describe("slices are named once", () => {
  test("with numbers for storage that never move", () => {
    expect(SLICES.map(({ number, name }) => `${number} ${name}`)).toEqual([
      "10 age=0-15",
      "11 age=16-24",
      "12 age=25-34",
      "13 age=35-49",
      "14 age=50-64",
      "15 age=65-79",
      "16 age=80+",
      "17 age=unknown",
      "20 sex=female",
      "21 sex=male",
      "22 sex=other",
      "23 sex=unknown",
      ...Array.from({ length: 10 }, (_, at) => `${30 + at} deprivation=${at + 1}`),
    ]);
  });

  test("and no cell names two of them", () => {
    for (const { name } of SLICES) {
      for (const node of [ANY_NODE, ...[...DOMAINS, ...NEEDS].map(({ number }) => number)].map(
        getNodeByNumber,
      )) {
        const id = cellId({ area: "lad:E08000024", node, slice: name });
        expect(id.split("|slice:")).toHaveLength(2);
        expect(id.split("|slice:")[1]?.split("=")).toHaveLength(2);
      }
    }
  });
});

describe("age", () => {
  const day = fc.integer({ min: 0, max: 45_000 }).map((days) => addDays("1905-01-01", days));

  test("on the first day of a month is exact from the month alone", () => {
    const holds = (born: string, months: number) => {
      const first = `${1990 + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, "0")}-01`;
      const age = ageOn(first, born);
      const { name } = getSlice(ageSlice(ageMonthOf(born), monthNumberOf(first)));
      const band = name.replace("age=", "").replace("80+", "80-122").replace("unknown", "123-200");
      const [from = 0, to = 15] = band.split("-").map(Number);
      expect(Math.max(age, 0)).toBeGreaterThanOrEqual(from);
      expect(age).toBeLessThanOrEqual(to);
    };
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 40 * 12 }), holds), { numRuns: 2000 });
  });

  test("is not known without a month, or when nobody has been so old", () => {
    const month = monthNumberOf("2026-04-01");
    expect(getSlice(ageSlice(null, month)).name).toBe("age=unknown");
    expect(getSlice(ageSlice(ageMonthOf("1900-01-01"), month)).name).toBe("age=unknown");
    expect(getSlice(ageSlice(ageMonthOf("2026-05-20"), month)).name).toBe("age=0-15");
  });

  test("turns on a birthday that is a first day, and the month after on any other", () => {
    const band = (born: string, on: string) => getSlice(ageSlice(ageMonthOf(born), monthNumberOf(on))).name;
    expect(band("2010-04-01", "2026-04-01")).toBe("age=16-24");
    expect(band("2010-04-02", "2026-04-01")).toBe("age=0-15");
    expect(band("2010-04-02", "2026-05-01")).toBe("age=16-24");
  });
});

describe("what is known of a person", () => {
  const client = (clientId: string, born: string | null, sex: "female" | "male" | "not-known") => ({
    clientId,
    ageMonth: born === null ? null : ageMonthOf(born),
    sex,
  });

  test("is what most clients say of those that say anything, and of equally many the eldest", () => {
    const known = combineTraits([
      client("c", "1980-02-02", "male"),
      client("b", "1981-02-02", "not-known"),
      client("a", null, "female"),
      client("d", "1980-02-20", "not-known"),
    ]);
    expect(known).toEqual({ ageMonth: ageMonthOf("1980-02-02"), sex: "female" });
    expect(combineTraits([])).toEqual(UNKNOWN_TRAITS);
  });

  const sexes = fc.constantFrom(...SEXES);

  test("does not depend on the order in which clients are read", () => {
    const clients = fc.uniqueArray(
      fc.record({
        clientId: fc.uuid(),
        ageMonth: fc.option(fc.integer({ min: 23_000, max: 23_003 })),
        sex: sexes,
      }),
      { maxLength: 6, selector: ({ clientId }) => clientId },
    );
    const orders = clients.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(orders, ([one, other]) => {
        expect(combineTraits(other)).toEqual(combineTraits(one));
      }),
    );
  });

  test("comes back as it was stored", () => {
    fc.assert(
      fc.property(fc.option(fc.integer({ min: 20_000, max: 30_000 })), sexes, (ageMonth, sex) => {
        expect(unpackTraits(packTraits({ ageMonth, sex }))).toEqual({ ageMonth, sex });
        expect(slicesOf("sex").map(({ number }) => number)).toContain(sexSlice(sex));
      }),
    );
  });
});

test("slices are for authorities and above, and for figures of 100 or more", () => {
  expect(notSliced(10, 500)).toBe("below-authority");
  expect(notSliced(DISTRICT, 500)).toBe("below-authority");
  expect(notSliced(LAD, 95)).toBe("under-100");
  expect(notSliced(LAD, null)).toBe("under-100");
  expect(notSliced(LAD, 100)).toBeNull();
  expect(notSliced(REGION, 100)).toBeNull();
});

describe("deprivation", () => {
  const sector = (number: number, areas: number[], decile: number | null, edition: number | null = 1) =>
    ({ number, areas: [number, ...areas], decile, edition }) satisfies RankedSector;

  test("parts an area by the deciles of its sectors", () => {
    const { of, sliceIn } = deprivationSlices([
      sector(10, [DISTRICT, LAD], 1),
      sector(11, [DISTRICT, LAD], 2),
      sector(12, [DISTRICT + 1, LAD], 1),
      sector(13, [DISTRICT + 1, LAD], 2),
    ]);
    expect(of(LAD)).toEqual([
      { slice: decileSlice(1), cell: { area: LAD, slice: decileSlice(1) } },
      { slice: decileSlice(2), cell: { area: LAD, slice: decileSlice(2) } },
    ]);
    expect(sliceIn(LAD, 12)).toBe(decileSlice(1));
    expect(of(DISTRICT)).toEqual([]);
  });

  test("is the cell of the finest area that is the same set of sectors", () => {
    const { of } = deprivationSlices([
      sector(10, [DISTRICT, LAD, REGION], 1),
      sector(11, [DISTRICT, LAD, REGION], 1),
      sector(12, [DISTRICT + 1, LAD, REGION], 7),
      sector(13, [DISTRICT + 1, LAD + 1, REGION], 4),
      sector(14, [DISTRICT + 1, LAD + 1, REGION], 5),
      sector(15, [DISTRICT + 1, LAD + 1, REGION], 4),
    ]);
    expect(of(LAD)).toEqual([
      { slice: decileSlice(1), cell: { area: DISTRICT, slice: 0 } },
      { slice: decileSlice(7), cell: { area: 12, slice: 0 } },
    ]);
    expect(of(REGION)).toContainEqual({
      slice: decileSlice(4),
      cell: { area: LAD + 1, slice: decileSlice(4) },
    });
  });

  test("never pools editions: only sectors of the area's commonest one have a decile", () => {
    const { of, sliceIn } = deprivationSlices([
      sector(10, [LAD, REGION], 1, 1),
      sector(11, [LAD, REGION], 1, 1),
      sector(12, [LAD, REGION], 1, 2),
      sector(13, [LAD, REGION], null, null),
    ]);
    expect(of(LAD)).toHaveLength(1);
    expect(sliceIn(LAD, 12)).toBeNull();
    expect(sliceIn(LAD, 13)).toBeNull();
    expect(sliceIn(LAD, 10)).toBe(decileSlice(1));
  });
});
