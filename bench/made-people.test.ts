import { describe, expect, test } from "vitest";
import { readIdentifier } from "../server/domain/identifiers";
import { MADE_COLUMNS, type MadeRecord, makePeople, type Relation } from "./made-people";

const SIZE = 6_000;
const made = makePeople({ seed: "made", records: SIZE, duplicates: 0.4 });
const rows = [...made.records()];
const rules = { currentYear: 2026, testRanges: true };

const share = (holds: (row: MadeRecord) => boolean) => rows.filter(holds).length / rows.length;

describe("made people", () => {
  test("are the same for a seed and others for another", () => {
    const again = makePeople({ seed: "made", records: SIZE, duplicates: 0.4 });
    expect([...again.records()]).toEqual(rows);
    expect([...makePeople({ seed: "other", records: 100 }).records()]).not.toEqual(rows.slice(0, 100));
  });

  test("have the share of further records that was asked for, and as many true pairs as are said", () => {
    expect(rows).toHaveLength(SIZE);
    expect(new Set(made.personOf).size).toBe(made.people);
    expect(1 - made.people / SIZE).toBeCloseTo(0.4, 3);
    let pairs = 0;
    const seen = new Map<number, number>();
    for (const person of made.personOf) {
      const before = seen.get(person) ?? 0;
      pairs += before;
      seen.set(person, before + 1);
    }
    expect(made.truePairs).toBe(pairs);
  });

  test("carry identifiers that are valid by rule, but for slips, and that nobody else carries", () => {
    const kinds = {
      nino: "nino",
      nhs_number: "nhs-number",
      prison_number: "prison-number",
      pnc_id: "pnc-id",
    } as const;
    const carriers = new Map<string, Map<number, number>>();
    let [valid, all] = [0, 0];
    for (const [at, row] of rows.entries()) {
      for (const column of ["nino", "nhs_number", "prison_number", "pnc_id"] as const) {
        if (row[column] === "") continue;
        all += 1;
        const reading = readIdentifier(kinds[column], row[column], rules);
        if ("problem" in reading) continue;
        valid += 1;
        const name = `${column} ${reading.value}`;
        const of = carriers.get(name) ?? new Map<number, number>();
        const person = made.personOf[at] ?? -1;
        of.set(person, (of.get(person) ?? 0) + 1);
        carriers.set(name, of);
      }
    }
    expect(valid / all).toBeGreaterThan(0.98);
    const shared = [...carriers.values()].filter((of) => of.size > 1).length;
    expect(shared / carriers.size).toBeLessThan(0.002);
  });

  test("err as files of caseworkers do", () => {
    expect(Object.keys(rows[0] ?? {})).toEqual([...MADE_COLUMNS]);
    expect(share((row) => row.postcode === "")).toBeCloseTo(0.1, 1);
    expect(share((row) => row.date_of_birth.includes("/"))).toBeCloseTo(0.12, 1);
    expect(share((row) => /-01-01$|^01\/01\//.test(row.date_of_birth))).toBeGreaterThan(0.012);
    expect(share((row) => row.nino !== "")).toBeCloseTo(0.24, 1);
  });

  test("hold every trap", () => {
    const byPerson = new Map<number, MadeRecord>();
    for (const [at, row] of rows.entries()) byPerson.set(made.personOf[at] ?? -1, row);
    const counts = new Map<Relation, number>();
    for (let one = 0; one < made.people; one++) {
      for (let other = Math.max(0, one - 4); other < one; other++) {
        const relation = made.relationOf(one, other);
        counts.set(relation, (counts.get(relation) ?? 0) + 1);
      }
    }
    expect(counts.get("twins")).toBeGreaterThan(20);
    expect(counts.get("parent and child of one name")).toBeGreaterThan(10);
    expect(counts.get("household")).toBeGreaterThan(500);
    expect(byPerson.size).toBe(made.people);
  });

  test("have names as common as names are: a few everywhere, most rare", () => {
    const families = new Map<string, number>();
    for (const row of rows) {
      const name = row.last_name.trim().toLowerCase();
      families.set(name, (families.get(name) ?? 0) + 1);
    }
    const [commonest = 0] = [...families.values()].sort((a, b) => b - a);
    expect(commonest / SIZE).toBeGreaterThan(0.01);
    expect(commonest / SIZE).toBeLessThan(0.05);
    expect(families.size).toBeGreaterThan(1_000);
  });
});
