import { createHash, randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import Papa from "papaparse";
import { afterAll, describe, expect, test } from "vitest";
import { MADE_COLUMNS, makePeople } from "../bench/made-people";
import { csvLine } from "./domain/csv";
import { KEY_COLUMNS, linkByMatchKeys, matchKeys, RUNGS } from "./domain/linking/match-keys";
import { linkRecord, type RawRecord } from "./domain/linking/record";
import { linkMatchKeys, makeMatchKeys, writeLinkedKeys } from "./match-keys";
import { makeProjectKey, projectKey, readProjectKey } from "./project-key";

const folder = mkdtempSync(join(tmpdir(), "match-keys-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

const rules = { currentYear: 2026, testRanges: true, ukFormats: true };
const { hash } = projectKey("trial", Buffer.from([...Array(32).keys()]));
const keysOf = (raw: RawRecord) => matchKeys([linkRecord(raw, rules)], hash);
const shared = (one: RawRecord, other: RawRecord) =>
  [...keysOf(one)]
    .filter(([rung, keys]) =>
      keysOf(other)
        .get(rung)
        ?.some((key) => keys.includes(key)),
    )
    .map(([rung]) => rung);

const ann: RawRecord = {
  firstName: "Elizabeth",
  middleName: "Rose",
  lastName: "O'Brien-Lee",
  sex: "F",
  dateOfBirth: "1984-03-07",
  postcode: "SR1 3AB",
  phones: ["07700 900123"],
  emails: ["liz@example.org"],
  identifiers: [{ kind: "nino", value: "AB123456C" }],
};

describe("match-keys", () => {
  test("are the same for the same person, however it is typed, and on every rung", () => {
    const typed = {
      ...ann,
      firstName: " ELIZABETH ",
      lastName: "o’brien lee",
      dateOfBirth: "07/03/1984",
      postcode: "sr13ab",
      phones: ["+44 7700 900 123"],
      emails: ["LIZ@example.org"],
      identifiers: [{ kind: "nino" as const, value: "ab 12 34 56 c" }],
    };
    expect(shared(ann, typed)).toEqual([...RUNGS.map(({ name }) => name), "identifier:nino"]);
  });

  test("meet on a looser rung when something is wrong: each kind of error has its rung", () => {
    const bare = { ...ann, phones: [], emails: [], identifiers: [], middleName: "" };
    expect(shared(bare, { ...bare, firstName: "Liz" })[0]).toBe("variant-date-district");
    expect(shared(bare, { ...bare, postcode: "M1 1AA" })[0]).toBe("name-date");
    const plain = { ...bare, lastName: "Walsh" };
    expect(shared(plain, { ...plain, firstName: "Walsh", lastName: "Elizabeth" })[0]).toBe(
      "variant-date-district",
    );
    expect(shared(bare, { ...bare, dateOfBirth: "1984-07-03" })[0]).toBe("exchanged-date");
    expect(shared(bare, { ...bare, lastName: "Nowak" })[0]).toBe("given-date-postcode");
    expect(shared({ ...bare, middleName: "Rose" }, { ...bare, firstName: "Rose" })).toContain("middle-date");
    expect(shared(bare, { ...bare, dateOfBirth: "1984-01-01" })[0]).toBe("name-year-postcode");
    expect(shared(bare, { ...bare, dateOfBirth: "1985-03-07" })[0]).toBe("name-day-postcode");
    expect(shared(bare, { ...bare, lastName: "O'Brian-Lee" })).toContain("sound-date-district");
  });

  test("a twin, a parent of the same name and a stranger share none", () => {
    const bare = { ...ann, phones: [], emails: [], identifiers: [], middleName: "" };
    expect(shared(bare, { ...bare, firstName: "Grace" })).toEqual([]);
    expect(shared(bare, { ...bare, dateOfBirth: "1958-11-19" })).toEqual([]);
    expect(
      shared(bare, { firstName: "Bo", lastName: "Li", dateOfBirth: "1984-03-07", postcode: "SR1 3AB" }),
    ).toEqual([]);
  });

  test("property: without the key of the project nothing can be recomputed; another project has none in common", () => {
    const other = projectKey("trial", Buffer.from([...Array(32).keys()].reverse()));
    const sameKeyOtherProject = projectKey("other", Buffer.from([...Array(32).keys()]));
    const word = fc.stringMatching(/^[a-z]{2,9}$/);
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 20_000 }), (firstName, lastName, day) => {
        const dateOfBirth = new Date(Date.UTC(1940, 0, 1 + day)).toISOString().slice(0, 10);
        const record = linkRecord({ firstName, lastName, dateOfBirth, sex: "F", postcode: "SR1 3AB" }, rules);
        const texts: string[] = [];
        const mine = [
          ...matchKeys([record], (text) => {
            texts.push(text);
            return hash(text);
          }).values(),
        ].flat();
        for (const { hash: theirs } of [other, sameKeyOtherProject]) {
          expect(
            mine.filter((key) => [...matchKeys([record], theirs).values()].flat().includes(key)),
          ).toEqual([]);
        }
        // Whoever knows the very texts, but not the key.
        const guesses = texts.flatMap((text) =>
          ["sha256", "sha512", "md5"].map((name) =>
            createHash(name).update(text).digest("base64url").slice(0, 22),
          ),
        );
        expect(mine.filter((key) => guesses.includes(key))).toEqual([]);
        expect(mine.every((key) => /^[\w-]{22}$/.test(key))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test("link nobody where two people of one organisation have a key, nor where identifiers differ", () => {
    const person = (id: string, organisation: string, raw: RawRecord) => ({
      id,
      organisation,
      keys: keysOf(raw),
    });
    const bare = { ...ann, identifiers: [] };
    expect(linkByMatchKeys([person("1", "A", bare), person("2", "B", bare)])).toEqual([
      { a: "1", b: "2", rung: "full", band: "link" },
    ]);
    expect(linkByMatchKeys([person("1", "A", bare), person("2", "B", bare), person("3", "B", bare)])).toEqual(
      [],
    );
    const differs = { ...ann, identifiers: [{ kind: "nino" as const, value: "AB654321C" }] };
    expect(linkByMatchKeys([person("1", "A", ann), person("2", "B", differs)])).toEqual([]);
  });
});

describe("the key of a project", () => {
  test("is made once, for its owner's eyes, and read again", async () => {
    await makeProjectKey(at("key.json"), "Needs 2026", "2026-11-22");
    expect(statSync(at("key.json")).mode & 0o777).toBe(0o600);
    const [one, again] = [await readProjectKey(at("key.json")), await readProjectKey(at("key.json"))];
    expect(one.hash("x")).toBe(again.hash("x"));
    await expect(makeProjectKey(at("key.json"), "Needs 2026", "2026-11-22")).rejects.toMatchObject({
      name: "Conflict",
    });
  });

  test("is refused when it is weak, or when others may read it", async () => {
    const write = (key: Buffer) => {
      const content = {
        kind: "common-need project key",
        project: "trial",
        madeOn: "2026-11-22",
        key: key.toString("base64"),
      };
      writeFileSync(at("weak.json"), JSON.stringify(content), { mode: 0o600 });
    };
    for (const weak of [
      Buffer.alloc(32),
      Buffer.alloc(32, "ab"),
      randomBytes(16),
      Buffer.from("correct horse battery staple 123"),
    ]) {
      write(weak);
      await expect(readProjectKey(at("weak.json"))).rejects.toThrow(/weak/);
    }
    write(randomBytes(32));
    await readProjectKey(at("weak.json"));
    chmodSync(at("weak.json"), 0o644);
    await expect(readProjectKey(at("weak.json"))).rejects.toThrow(/chmod 600/);
  });
});

describe("files of match-keys", () => {
  test("are made at each side and linked by somebody who sees no name", async () => {
    const made = makePeople({ seed: "keys", records: 1_200, duplicates: 0.4, organisations: 3 });
    const key = projectKey("trial", Buffer.from([...Array(32).keys()]));
    const rows = [...made.records()];
    const organisations = [...new Set(rows.map((row) => row.organisation))].sort();
    const personOf = new Map(rows.map((row, place) => [row.record_id, made.personOf[place]]));
    const recordsOf = new Map<string, string[]>();
    for (const organisation of organisations) {
      const own = rows.filter((row) => row.organisation === organisation);
      const extract = at(`${organisation}.csv`);
      writeFileSync(extract, csvLine(MADE_COLUMNS) + own.map((row) => csvLine(Object.values(row))).join(""));
      const [out, ids] = [at(`${organisation}.keys.csv`), at(`${organisation}.ids.csv`)];
      const done = await makeMatchKeys({
        extract,
        map: null,
        organisation,
        key,
        out,
        ids,
        currentYear: 2026,
        threads: 1,
      });
      expect(done.records).toBe(own.length);
      const text = readFileSync(out, "utf8");
      for (const row of own.slice(0, 50)) {
        for (const value of [row.last_name.trim(), row.nino, row.record_id]) {
          if (value.length > 5) expect(text.includes(value)).toBe(false);
        }
      }
      // No key occurs twice, so none is common.
      const keys = Papa.parse<string[]>(text.trim())
        .data.slice(1)
        .flatMap((cells) => cells.slice(3).flatMap((cell) => cell.split(" ").filter(Boolean)));
      expect(new Set(keys).size).toBe(keys.length);
      for (const file of [out, ids]) expect(statSync(file).mode & 0o777).toBe(0o600);
      for (const [record = "", person = ""] of Papa.parse<string[]>(
        readFileSync(ids, "utf8").trim(),
      ).data.slice(1)) {
        recordsOf.set(person, [...(recordsOf.get(person) ?? []), record]);
      }
    }
    const linked = await linkMatchKeys(organisations.map((organisation) => at(`${organisation}.keys.csv`)));
    let [right, all] = [0, 0];
    for (const { a, b } of linked.pairs) {
      const [one, other] = [recordsOf.get(a)?.[0] ?? "", recordsOf.get(b)?.[0] ?? ""];
      all += 1;
      if (personOf.get(one) === personOf.get(other)) right += 1;
    }
    expect(all).toBeGreaterThan(150);
    expect(right / all).toBeGreaterThan(0.98);
    await writeLinkedKeys(linked, at("pairs.csv"), at("shared.csv"));
    const sharedIds = Papa.parse<string[]>(readFileSync(at("shared.csv"), "utf8").trim()).data.slice(1);
    expect(sharedIds.length).toBeGreaterThan(200);
  });

  test("of different keys, of one organisation or of another shape are refused", async () => {
    const columns = ["made_with", "organisation", "person", ...KEY_COLUMNS];
    const file = (name: string, madeWith: string, organisation: string, id: string) => {
      writeFileSync(
        at(name),
        csvLine(columns) + csvLine([madeWith, organisation, id, ...KEY_COLUMNS.map(() => "")]),
      );
      return at(name);
    };
    const [a, b] = [file("a.csv", "k1", "A", "1"), file("b.csv", "k2", "B", "2")];
    await expect(linkMatchKeys([a, b])).rejects.toThrow(/another key/);
    await expect(linkMatchKeys([a, file("c.csv", "k1", "A", "3")])).rejects.toThrow(/one organisation/);
    await expect(linkMatchKeys([a, file("d.csv", "k1", "B", "1")])).rejects.toThrow(/no id of its own/);
    writeFileSync(at("e.csv"), "name,date\nx,y\n");
    await expect(linkMatchKeys([a, at("e.csv")])).rejects.toThrow(/not a file of match-keys/);
  });
});
