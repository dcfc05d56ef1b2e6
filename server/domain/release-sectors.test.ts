import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  aliasesOf,
  type Border,
  FEWEST_HOUSEHOLDS,
  FEWEST_POSTCODES,
  FEWEST_RESIDENTS,
  type FormingSector,
  formReleaseSectors,
  isLargeEnough,
} from "./release-sectors";

function sector(code: string, residents: number | null, rest: Partial<FormingSector> = {}): FormingSector {
  return {
    code,
    district: code.split(" ")[0] ?? code,
    authority: "E06999901",
    nation: "E92000001",
    residents,
    households: null,
    liveSmallUserPostcodes: 0,
    centre: { easting: 0, northing: 0 },
    ...rest,
  };
}

const codes = (sectors: readonly FormingSector[], borders: readonly Border[]) =>
  formReleaseSectors(sectors, borders).map((formed) => formed.code);

describe("forming release sectors", () => {
  test("exactly 1,000 residents stand alone, 999 join", () => {
    const borders = [{ a: "UA1 1", b: "UA1 2", metres: 10 }];
    expect(codes([sector("UA1 1", 1_000), sector("UA1 2", 5_000)], borders)).toEqual(["UA1 1", "UA1 2"]);
    expect(codes([sector("UA1 1", 999), sector("UA1 2", 5_000)], borders)).toEqual(["UA1 1+UA1 2"]);
  });

  test("households stand for unknown residents, postcodes for unknown households", () => {
    const large = sector("UA1 2", 5_000);
    const borders = [{ a: "UA1 1", b: "UA1 2", metres: 10 }];
    const count = (rest: Partial<FormingSector>) =>
      codes([sector("UA1 1", null, rest), large], borders).length;
    expect(count({ households: FEWEST_HOUSEHOLDS })).toBe(2);
    expect(count({ households: FEWEST_HOUSEHOLDS - 1 })).toBe(1);
    expect(count({ liveSmallUserPostcodes: FEWEST_POSTCODES })).toBe(2);
    expect(count({ liveSmallUserPostcodes: FEWEST_POSTCODES - 1 })).toBe(1);
    // Known residents decide, however many households there are.
    expect(codes([sector("UA1 1", 10, { households: 5_000 }), large], borders)).toHaveLength(1);
  });

  test("the longest border in the district wins over a longer one outside it", () => {
    const borders = [
      { a: "UA1 1", b: "UA1 2", metres: 100 },
      { a: "UA1 1", b: "UA1 3", metres: 200 },
      { a: "UA1 1", b: "UA2 1", metres: 900 },
    ];
    const all = [sector("UA1 1", 10), sector("UA1 2", 2_000), sector("UA1 3", 2_000), sector("UA2 1", 2_000)];
    expect(codes(all, borders)).toEqual(["UA1 1+UA1 3", "UA1 2", "UA2 1"]);
  });

  test("else the authority, else the nation; never another nation", () => {
    const small = sector("UA1 1", 10);
    const elsewhere = { authority: "E06999902" };
    const borders = [
      { a: "UA1 1", b: "UA2 1", metres: 1 },
      { a: "UA1 1", b: "UA3 1", metres: 900 },
    ];
    expect(codes([small, sector("UA2 1", 2_000), sector("UA3 1", 2_000, elsewhere)], borders)).toEqual([
      "UA1 1+UA2 1",
      "UA3 1",
    ]);
    expect(
      codes([small, sector("UA2 1", 2_000, elsewhere), sector("UA3 1", 2_000, elsewhere)], borders),
    ).toEqual(["UA1 1+UA3 1", "UA2 1"]);
    const abroad = { authority: "W06999901", nation: "W92000004" };
    expect(
      codes([small, sector("UA2 1", 2_000, abroad), sector("UA3 1", 2_000, abroad)], borders),
    ).toHaveLength(3);
  });

  test("equal borders go to the lower code", () => {
    const borders = [
      { a: "UA1 2", b: "UA1 3", metres: 50 },
      { a: "UA1 1", b: "UA1 2", metres: 50 },
    ];
    expect(codes([sector("UA1 1", 2_000), sector("UA1 2", 10), sector("UA1 3", 2_000)], borders)).toEqual([
      "UA1 1+UA1 2",
      "UA1 3",
    ]);
  });

  test("a union that is still too small goes on joining", () => {
    const borders = [
      { a: "UA1 1", b: "UA1 2", metres: 50 },
      { a: "UA1 2", b: "UA1 3", metres: 10 },
    ];
    expect(codes([sector("UA1 1", 300), sector("UA1 2", 300), sector("UA1 3", 600)], borders)).toEqual([
      "UA1 1+UA1 2+UA1 3",
    ]);
  });

  test("an island joins the nearest of its district", () => {
    const at = (easting: number) => ({ centre: { easting, northing: 0 } });
    const all = [
      sector("UA1 1", 10, at(0)),
      sector("UA1 2", 2_000, at(90_000)),
      sector("UA1 3", 2_000, at(70_000)),
      sector("UA2 1", 2_000, at(5_000)),
    ];
    expect(codes(all, [])).toEqual(["UA1 1+UA1 3", "UA1 2", "UA2 1"]);
  });

  test("the only sector of a nation stays, however small", () => {
    expect(codes([sector("UA1 1", 10)], [])).toEqual(["UA1 1"]);
  });

  const made = fc
    .array(
      fc.record({
        residents: fc.option(fc.integer({ min: 0, max: 3_000 }), { nil: null }),
        households: fc.option(fc.integer({ min: 0, max: 1_500 }), { nil: null }),
        postcodes: fc.integer({ min: 0, max: 200 }),
        district: fc.integer({ min: 1, max: 4 }),
        authority: fc.integer({ min: 1, max: 3 }),
        easting: fc.integer({ min: 0, max: 50 }),
      }),
      { minLength: 1, maxLength: 25 },
    )
    .map((rows) =>
      rows.map((row, i) =>
        sector(`UA${row.district} ${i}`, row.residents, {
          households: row.households,
          liveSmallUserPostcodes: row.postcodes,
          authority: `E0699990${row.authority}`,
          centre: { easting: row.easting, northing: i },
        }),
      ),
    );
  const withBorders = made.chain((sectors) =>
    fc.tuple(
      fc.constant(sectors),
      fc.array(
        fc.tuple(fc.nat(sectors.length - 1), fc.nat(sectors.length - 1), fc.integer({ min: 1, max: 5 })),
        { maxLength: 60 },
      ),
      fc.infiniteStream(fc.nat()),
    ),
  );

  test("every sector is in exactly one, residents are conserved, all are large enough, order does not matter", () => {
    fc.assert(
      fc.property(withBorders, ([sectors, pairs, random]) => {
        const borders = pairs.flatMap(([a, b, metres]) => {
          const [from, to] = [sectors[a], sectors[b]];
          return from && to && a !== b ? [{ a: from.code, b: to.code, metres }] : [];
        });
        const formed = formReleaseSectors(sectors, borders);
        const placed = formed.flatMap((unit) => unit.sectors);
        expect([...placed].sort()).toEqual(sectors.map(({ code }) => code).sort());
        for (const unit of formed) expect(unit.code).toBe([...unit.sectors].sort().join("+"));

        const byCode = new Map(sectors.map((each) => [each.code, each]));
        const members = formed.map((unit) => unit.sectors.flatMap((code) => byCode.get(code) ?? []));
        const sum = (list: readonly FormingSector[]) =>
          list.reduce((n, each) => n + (each.residents ?? 0), 0);
        expect(members.reduce((n, list) => n + sum(list), 0)).toBe(sum(sectors));
        // One nation: whoever is too small finds somebody, so at most one is left, alone.
        const small = members.filter((list) => !isLargeEnough(list));
        expect(small.length === 0 || formed.length === 1).toBe(true);

        const shuffle = <T>(list: readonly T[]) =>
          list
            .map((item) => ({ item, key: random.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item);
        const turned = borders.map(({ a, b, metres }) => ({ a: b, b: a, metres }));
        expect(formReleaseSectors(shuffle(sectors), shuffle(turned))).toEqual(formed);
      }),
      { numRuns: 200 },
    );
  });
});

test("an area that is the same set as a finer one takes the finest", () => {
  expect(
    aliasesOf([
      [
        { area: 10, releaseSectors: [10] },
        { area: 11, releaseSectors: [11] },
        { area: 12, releaseSectors: [12] },
      ],
      [
        { area: 100_000, releaseSectors: [12] },
        { area: 100_001, releaseSectors: [11, 10] },
      ],
      [
        { area: 200_000, releaseSectors: [10, 11] },
        { area: 200_001, releaseSectors: [12] },
      ],
      [{ area: 300_000, releaseSectors: [10, 11, 12] }],
      [{ area: 400_000, releaseSectors: [12, 11, 10] }],
    ]),
  ).toEqual([
    { area: 100_000, sameAs: 12 },
    { area: 200_000, sameAs: 100_001 },
    { area: 200_001, sameAs: 12 },
    { area: 400_000, sameAs: 300_000 },
  ]);
  expect(FEWEST_RESIDENTS).toBe(1_000);
});
