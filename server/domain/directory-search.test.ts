import { describe, expect, test } from "vitest";
import { bareFacts, type ServiceFacts } from "./directory";
import { listingOf, type StoredEntry } from "./directory-listing";
import { DirectoryIndex, type Question, type Spot } from "./directory-search";

const TODAY = "2026-06-01";
const spot = (over: Partial<Spot> = {}): Spot => ({
  sector: "WY1 3",
  district: "WY1",
  ward: "E05000001",
  authority: "E06000991",
  region: "E12000991",
  nation: "E92000001",
  easting: 600_000,
  northing: 400_000,
  ...over,
});
const HERE = spot();
const NAMES = new Map([
  ["E06000991", "Wytherhaven"],
  ["E06000992", "Thornbeck Vale"],
  ["E12000991", "Wythershire"],
]);
const CITY = { words: "Wytherhaven", code: "E06000991" };
const VALE = { words: "Thornbeck Vale", code: "E06000992" };

interface Made extends Partial<ServiceFacts> {
  spots?: Spot[];
  entry?: Partial<StoredEntry>;
}

let made = 0;
function place(name: string, { spots = [], entry = {}, ...over }: Made = {}) {
  made += 1;
  const id = `0190a000-0000-7000-8000-${String(made).padStart(12, "0")}`;
  const stated = { ...bareFacts(name, "Made helpers"), assuredOn: "2026-05-01", ...over };
  const stored: StoredEntry = {
    id,
    sourceName: "made",
    organisationId: null,
    serviceId: null,
    stated,
    missingSince: null,
    withdrawnOn: null,
    changes: [],
    ...entry,
  };
  return { listing: listingOf(stored), spots };
}
const need = (code: string) => ({ code, by: "code" as const, from: code });

function find(placed: ReturnType<typeof place>[], asked: Partial<Question>) {
  return new DirectoryIndex(placed, NAMES).search({
    needs: [],
    text: "",
    spot: null,
    age: null,
    today: TODAY,
    limit: 50,
    ...asked,
  });
}
const names = (placed: ReturnType<typeof place>[], asked: Partial<Question>) =>
  find(placed, asked).services.map(({ name }) => name);

describe("the order", () => {
  test("serves the place, then the needs, then the age, then the distance, then fresh before stale", () => {
    const debt = { needs: [need("MON-01")], areas: [CITY] };
    const near = [spot({ easting: 600_500 })];
    const placed = [
      place("Elsewhere", { ...debt, areas: [VALE], spots: near }),
      place("Stale", { ...debt, spots: near, assuredOn: "2025-01-01" }),
      place("Far", { ...debt, spots: [spot({ easting: 630_000 })] }),
      place("Wrong age", { ...debt, spots: near, minimumAge: 60 }),
      place("Other needs of the kind", { ...debt, needs: [need("MON-05")], spots: near }),
      place("Says nothing of where", { needs: [need("MON-01")] }),
      place("Based here", { needs: [need("MON-01")], spots: near }),
      place("Best", { ...debt, spots: near }),
    ];
    expect(names(placed, { needs: ["MON-01"], spot: HERE, age: 30 })).toEqual([
      "Best",
      "Stale",
      "Far",
      "Wrong age",
      "Other needs of the kind",
      "Based here",
      "Says nothing of where",
      "Elsewhere",
    ]);
  });

  test("more of the needs come before fewer", () => {
    const placed = [
      place("One", { needs: [need("MON-01")] }),
      place("Both", { needs: [need("MON-01"), need("HOU-04")] }),
    ];
    expect(names(placed, { needs: ["MON-01", "HOU-04"] })).toEqual(["Both", "One"]);
  });

  test("a short way further makes no difference to what is fresh, a long way does", () => {
    const stale = { assuredOn: null };
    const at = (metres: number) => ({ spots: [spot({ easting: 600_000 + metres })] });
    const placed = [
      place("Stale near", { ...stale, ...at(300) }),
      place("Fresh", at(1_800)),
      place("Fresh far", at(9_000)),
    ];
    expect(names(placed, { spot: HERE })).toEqual(["Fresh", "Stale near", "Fresh far"]);
  });

  test("one on this installation comes first among equals", () => {
    const own = { entry: { organisationId: 1, serviceId: "0190a000-0000-7000-8000-00000000ffff" } };
    expect(names([place("A plain"), place("B ours", own)], {})).toEqual(["B ours", "A plain"]);
  });

  test("the same question has the same answer, whatever the order of the rows", () => {
    const placed = Array.from({ length: 30 }, (_, i) =>
      place(`Service ${i % 7}`, { needs: [need("MON-01")] }),
    );
    const turned = [...placed].reverse();
    const ids = (some: typeof placed) => find(some, { needs: ["MON-01"] }).services.map(({ id }) => id);
    expect(ids(turned)).toEqual(ids(placed));
  });
});

describe("words", () => {
  const placed = [
    place("Harbour debt advice", { needs: [need("MON-01")], description: "Talk to somebody." }),
    place("Quay food bank", { needs: [need("BAS-01")], organisationName: "Harbour Table" }),
    place("Elmer drop-in", { description: "Tea, and help with any debt." }),
    place("Kite", { needs: [need("MEN-08")] }),
  ];

  test.each([
    ["harbour debt", ["Harbour debt advice"]],
    ["harbor dbet", ["Harbour debt advice"]],
    ["harbor debt", ["Harbour debt advice"]],
    ["HARBOUR", ["Quay food bank", "Harbour debt advice"]],
    ["debt", ["Harbour debt advice", "Elmer drop-in"]],
    ["help with debt", ["Harbour debt advice", "Elmer drop-in"]],
    ["bailiff", ["Harbour debt advice"]],
    ["hungry", ["Quay food bank"]],
    ["foo", ["Quay food bank"]],
    ["camhs", ["Kite"]],
    ["elmer dropin", []],
    ["zzz", []],
  ])("“%s” finds %j", (text, expected) => {
    expect(names(placed, { text }).sort()).toEqual([...expected].sort());
  });

  test("a word that is near another is taken for that one only where it is itself nowhere", () => {
    const some = [
      place("Pantry", { needs: [need("BAS-01")] }),
      place("Talking", { needs: [need("MEN-01")] }),
      place("Swap shop", { needs: [need("BAS-04")], description: "Good coats." }),
    ];
    expect(find(some, { text: "food" })).toMatchObject({
      understood: ["BAS-01"],
      services: [{ name: "Pantry" }],
    });
    expect(names(some, { text: "foods" })).toEqual(["Pantry"]);
    expect(names(some, { text: "moood" })).toEqual(["Talking"]);
  });

  test("a name typed in full comes first, even where it does not serve the place", () => {
    const away = place("Debt line", { areas: [VALE], needs: [need("MON-01")] });
    expect(names([...placed, away], { text: "debt line", spot: HERE })[0]).toBe("Debt line");
  });

  test("a word that says what is needed puts who serves the place first, whatever their names are", () => {
    const some = [
      place("Debt centre of the vale", { areas: [VALE], needs: [need("MON-01")] }),
      place("Harbour Trust", { areas: [CITY], needs: [need("MON-01")] }),
    ];
    expect(names(some, { text: "debt", spot: HERE })).toEqual(["Harbour Trust", "Debt centre of the vale"]);
  });

  test("words and needs together narrow each other", () => {
    expect(names(placed, { text: "harbour", needs: ["BAS-01"] })).toEqual(["Quay food bank"]);
  });
});

describe("a closed service", () => {
  const closed = [
    place("Northmoor shop", { needs: [need("MON-01")], status: "defunct" }),
    place("Pool", { needs: [need("MON-01")], status: "temporarily closed" }),
    place("Gone from its source", { needs: [need("MON-01")], entry: { missingSince: "2026-05-01" } }),
  ];

  test("is never offered for a need, a place or nothing at all", () => {
    expect(names(closed, { needs: ["MON-01"], spot: HERE })).toEqual([]);
    expect(names(closed, {})).toEqual([]);
    expect(names(closed, { text: "bailiff" })).toEqual([]);
  });

  test("is found by its name, after those that are open, and says that it is not offered", () => {
    const open = place("Northmoor advice");
    const found = find([...closed, open], { text: "northmoor" }).services;
    expect(found.map(({ name, offered }) => [name, offered])).toEqual([
      ["Northmoor advice", true],
      ["Northmoor shop", false],
    ]);
  });
});

describe("why it is shown", () => {
  const why = (over: Made, asked: Partial<Question>) => find([place("One", over)], asked).services[0]?.why;

  test("serves the place, for the need, and when it is open", () => {
    const openings = [{ days: ["MO" as const], which: null, from: "09:00", to: "17:00" }];
    expect(
      why({ needs: [need("MON-01")], areas: [CITY], openings }, { needs: ["MON-01"], spot: HERE }),
    ).toEqual(["Serves Wytherhaven", "for “Priority debt”", "open Monday 9am to 5pm"]);
  });

  test.each<[string, Made, string]>([
    ["a whole region", { areas: [{ words: "Wythershire", code: "E12000991" }] }, "Serves Wythershire"],
    ["a district", { areas: [{ words: "WY1", code: "WY1" }] }, "Serves WY1"],
    ["a postcode area", { areas: [{ words: "WY postcodes", code: "WY" }] }, "Serves WY postcodes"],
    ["everywhere", { areas: [{ words: "UK wide", code: "everywhere" }] }, "Serves people everywhere"],
    ["other places", { areas: [VALE] }, "Serves Thornbeck Vale: ask whether they help people from here"],
    ["nowhere in particular, but it is based here", { spots: [HERE] }, "Based in Wytherhaven"],
    ["nothing", {}, "Does not say where it helps"],
  ])("it serves %s", (_words, over, first) => {
    expect(why(over, { spot: HERE })?.[0]).toBe(first);
  });

  test("it is for another age, which is said and not hidden", () => {
    const young = { minimumAge: 11, maximumAge: 25 };
    expect(why(young, { age: 40 })).toEqual(["is for ages 11 to 25"]);
    expect(why(young, { age: 20 })).toEqual(["for ages 11 to 25"]);
    expect(why({}, { age: 20 })).toEqual([]);
  });

  test("what the words were taken for", () => {
    expect(find([place("One", { needs: [need("BAS-01")] })], { text: "hungry" })).toMatchObject({
      understood: ["BAS-01"],
      services: [{ why: ["for “No food”"] }],
    });
  });

  test("the distance, when both ends are known", () => {
    const [found] = find([place("One", { spots: [spot({ easting: 603_000, northing: 404_000 })] })], {
      spot: HERE,
    }).services;
    expect(found?.kilometres).toBe(5);
    expect(find([place("One")], { spot: HERE }).services[0]?.kilometres).toBeNull();
  });
});
