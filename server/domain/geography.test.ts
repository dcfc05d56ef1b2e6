import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decileOf,
  FIRST_NUMBER,
  formedYearFor,
  inMostDeprivedFifth,
  isBucket,
  LEVELS,
  levelOf,
  nationOf,
  parsePostcode,
  placeCode,
  publishedPostcode,
  smallAreaEra,
  smallAreaGeography,
  widerLevel,
} from "./geography";

describe("a postcode as people write it", () => {
  test.each([
    ["sr1 3dw", "SR1 3DW", "SR1 3", "SR1"],
    ["  M1 1AA ", "M1 1AA", "M1 1", "M1"],
    ["M601NW", "M60 1NW", "M60 1", "M60"],
    ["cr2 6xh", "CR2 6XH", "CR2 6", "CR2"],
    ["DN551PT", "DN55 1PT", "DN55 1", "DN55"],
    ["w1d 3qu", "W1D 3QU", "W1D 3", "W1D"],
    ["EC1A1BB", "EC1A 1BB", "EC1A 1", "EC1A"],
    ["n1c 4ag", "N1C 4AG", "N1C 4", "N1C"],
    ["SW1A-2AA", "SW1A 2AA", "SW1A 2", "SW1A"],
    ["gir 0aa", "GIR 0AA", "GIR 0", "GIR"],
    ["npt 1ab", "NPT 1AB", "NPT 1", "NPT"],
  ])("%s is %s in sector %s of district %s", (text, postcode, sector, district) => {
    expect(parsePostcode(text)).toEqual({ ok: true, kind: "postcode", postcode, sector, district });
  });

  test.each([
    ["ZZ99 3VZ", "no-fixed-address"],
    ["zz993vz", "no-fixed-address"],
    ["ZZ99 3WZ", "unknown"],
    ["ZZ99 3CZ", "unknown"],
    ["ZZ99 1WZ", "unknown"],
    ["ZZ99 6CZ", "outside"],
    ["BF1 2AA", "outside"],
    ["BFPO 57", "outside"],
    ["FIQQ 1ZZ", "outside"],
    ["GX11 1AA", "outside"],
  ])("%s counts as %s", (text, kind) => {
    expect(parsePostcode(text)).toMatchObject({ ok: true, kind });
  });

  test.each([
    ["", /empty/],
    ["   ", /empty/],
    ["SR1", /second part is missing/],
    ["SRI 3DW", /Did you mean SR1 3DW\?/],
    ["SR1 3DWW", /not a postcode/],
    ["EC1Z 1AA", /not a postcode/],
    ["SR1 3CM", /not a postcode/],
    ["hello", /not a postcode/],
    ["SR1 3D!", /letters and numbers only/],
  ])("%j is refused with a reason", (text, reason) => {
    const reading = parsePostcode(text);
    expect(reading.ok ? "" : reason.test(reading.reason) || reading.reason).toBe(true);
  });

  const letters = (allowed: string) => fc.constantFrom(...allowed);
  const inward = fc
    .tuple(fc.nat(9), letters("ABDEFGHJLNPQRSTUWXYZ"), letters("ABDEFGHJLNPQRSTUWXYZ"))
    .map(([digit, a, b]) => `${digit}${a}${b}`);
  const areaLetters = fc.constantFrom("B", "M", "UA", "YC", "SR", "EC");
  const outward = fc.tuple(areaLetters, fc.integer({ min: 1, max: 99 })).map(([area, n]) => `${area}${n}`);

  test("case, spaces and hyphens never matter, and the parts rebuild the whole", () => {
    const spacing = fc.constantFrom("", " ", "  ", "-", "\u00a0");
    fc.assert(
      fc.property(outward, inward, spacing, fc.boolean(), (out, inn, gap, lower) => {
        const text = `${out}${gap}${inn}`;
        const reading = parsePostcode(lower ? text.toLowerCase() : text);
        expect(reading).toEqual({
          ok: true,
          kind: "postcode",
          postcode: `${out} ${inn}`,
          sector: `${out} ${inn.charAt(0)}`,
          district: out,
        });
      }),
    );
  });

  test("any text gets an answer, and what is accepted is read the same again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 12 }), (text) => {
        const reading = parsePostcode(text);
        if (reading.ok) expect(parsePostcode(reading.postcode)).toEqual(reading);
        else expect(reading.reason).not.toBe("");
      }),
    );
  });

  test("an official file may hold letters that are no longer given", () => {
    expect(publishedPostcode("NPT 0VA")).toEqual({ postcode: "NPT 0VA", sector: "NPT 0", district: "NPT" });
    expect(publishedPostcode("UA101AA")?.postcode).toBe("UA10 1AA");
    expect(publishedPostcode("UA1  1AA")?.sector).toBe("UA1 1");
    expect(publishedPostcode("nonsense")).toBeNull();
  });
});

describe("codes of places", () => {
  test.each(["", "  ", "E99999999", "L99999999", "M99999999", "S99999999", "W99999999", undefined, null])(
    "%j is no place",
    (code) => expect(placeCode(code)).toBeNull(),
  );

  test("nations by code", () => {
    expect(
      ["E08000024", "W06000001", "S12000033", "N09000003", "95AA01S1", "L99999999", "M99999999", "x"].map(
        nationOf,
      ),
    ).toEqual([
      "E92000001",
      "W92000004",
      "S92000003",
      "N92000002",
      "N92000002",
      "L93000001",
      "M83000003",
      null,
    ]);
  });

  test("England reuses codes between censuses, so the column decides; Scotland and Northern Ireland do not", () => {
    expect([smallAreaEra("E01000001", "2011"), smallAreaEra("E01000001", "2021")]).toEqual(["2011", "2021"]);
    expect([smallAreaEra("S01006506", "2021"), smallAreaEra("S01013482", "2011")]).toEqual(["2011", "2021"]);
    expect([smallAreaGeography("95AA01S1", "2021"), smallAreaGeography("N21000001", "2011")]).toEqual([
      "soa01",
      "sdz21",
    ]);
    expect([smallAreaGeography("W01000001", "2011"), smallAreaGeography("S01006506", "2021")]).toEqual([
      "lsoa11",
      "dz11",
    ]);
  });

  test("the level of an area is in its number", () => {
    for (const level of LEVELS) expect(levelOf(FIRST_NUMBER[level])).toBe(level);
    expect([levelOf(1), levelOf(99_999)]).toEqual(["sector", "sector"]);
    expect([isBucket(1), isBucket(3), isBucket(FIRST_NUMBER.sector)]).toEqual([true, true, false]);
    expect(() => levelOf(0)).toThrow();
    expect(() => levelOf(500_000)).toThrow();
  });

  test("the next larger level is offered up to authorities", () => {
    expect(LEVELS.map(widerLevel)).toEqual(["district", "lad", null, null, null]);
  });
});

describe("deciles", () => {
  test.each([
    [1, 32_844, 1],
    [3_284, 32_844, 1],
    [3_285, 32_844, 2],
    [32_844, 32_844, 10],
    [29_199, 32_844, 9],
    [89, 890, 1],
    [90, 890, 2],
  ])("rank %i of %i is in decile %i", (rank, count, decile) => expect(decileOf(rank, count)).toBe(decile));

  test("the most deprived fifth is the first two deciles, and unknown stays unknown", () => {
    expect([1, 2, 3, 10, null].map(inMostDeprivedFifth)).toEqual([true, true, false, false, null]);
  });
});

describe("the year whose release sectors serve a day", () => {
  test.each([
    ["2026-03-31", [2026], 2026],
    ["2026-04-01", [2026], 2026],
    ["2027-03-31", [2026, 2027], 2026],
    ["2027-04-01", [2026, 2027], 2027],
    ["2031-01-01", [2027, 2026], 2027],
    ["2020-01-01", [2024, 2022], 2022],
    ["2020-01-01", [], null],
  ] as const)("%s with %j formed is served by %s", (day, formed, year) => {
    expect(formedYearFor(day, formed)).toBe(year);
  });
});
