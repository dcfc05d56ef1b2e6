/**
 * Files of match-keys. An organisation makes one at its own side: its own records are linked in the clear first, each
 * person gets a random id, and only keys that no other person of the file has are written, so that no key in it is
 * more common than another. Whoever links reads several such files and learns which random ids are one person.
 */

import { randomBytes } from "node:crypto";
import { linkFile } from "./bulk-linking";
import { writeCsvFile } from "./csv-file";
import { Invalid } from "./domain/errors";
import type { ExtractMap } from "./domain/linking/extract";
import { connectedIds } from "./domain/linking/joined-sets";
import {
  KEY_COLUMNS,
  type KeyedPair,
  type KeyedPerson,
  linkByMatchKeys,
  type MatchKeys,
  matchKeys,
} from "./domain/linking/match-keys";
import type { LinkRecord } from "./domain/linking/record";
import { inDigits } from "./domain/number-text";
import { extractRecords, rowsOfFile } from "./extract-file";
import type { ProjectKey } from "./project-key";

const COLUMNS = ["made_with", "organisation", "person", ...KEY_COLUMNS];

export interface KeysToMake {
  extract: string;
  map: ExtractMap | null;
  /** Name of the organisation, as the others know it. */
  organisation: string;
  key: ProjectKey;
  /** Where the keys go: to whoever links. */
  out: string;
  /** Where the organisation keeps which record has which random id. */
  ids: string;
  currentYear: number;
  threads?: number;
  onProgress?(words: string): void;
}

export interface KeysMade {
  records: number;
  people: number;
  keys: number;
  /** Keys left out because two people or more of the file have them. */
  shared: number;
}

/** Makes the keys of an organisation's extract. Takes some 500 bytes of memory for each record. */
export async function makeMatchKeys(given: KeysToMake): Promise<KeysMade> {
  const { extract, map, currentYear, threads, onProgress = () => {} } = given;
  const own = await linkFile(extract, {
    map,
    currentYear,
    onProgress,
    ...(threads !== undefined && { threads }),
  });
  const personOf = new Map(own.clusters.flatMap((ids, person) => ids.map((id) => [id, person] as const)));
  const waiting = new Map<number, LinkRecord[]>();
  const people: { id: string; keys: MatchKeys }[] = [];
  const ids: [string, string][] = [];
  const add = (records: readonly LinkRecord[]) => {
    const id = randomBytes(12).toString("base64url");
    people.push({ id, keys: matchKeys(records, given.key.hash) });
    return id;
  };
  const clusterIds = new Map<number, string>();
  for await (const { id, record } of extractRecords(extract, map, currentYear)) {
    const cluster = personOf.get(id);
    if (cluster === undefined) {
      ids.push([id, add([record])]);
      continue;
    }
    const together = waiting.get(cluster) ?? [];
    together.push(record);
    waiting.set(cluster, together);
    if (together.length < (own.clusters[cluster]?.length ?? 0)) continue;
    clusterIds.set(cluster, add(together));
    waiting.delete(cluster);
  }
  for (const [id, cluster] of personOf) ids.push([id, clusterIds.get(cluster) ?? ""]);
  onProgress(`${inDigits(people.length)} people hashed`);

  const { keys, shared } = leaveOutShared(people);
  // The order of the file says nothing: ids are random.
  people.sort((one, other) => (one.id < other.id ? -1 : 1));
  await writeCsvFile(given.out, COLUMNS, keyRows(people, given));
  ids.sort(([x], [y]) => (x < y ? -1 : 1));
  await writeCsvFile(given.ids, ["record_id", "person"], ids);
  return { records: own.records, people: people.length, keys, shared };
}

/** 48 bits of a key: enough to find equal ones among many millions. */
const headOf = (key: string) => Buffer.from(key.slice(0, 8), "base64url").readUIntBE(0, 6);

/** Takes out every key that two people have, so that nothing can be learnt by counting. */
function leaveOutShared(people: { keys: MatchKeys }[]): { keys: number; shared: number } {
  const every = () =>
    people.flatMap(({ keys }) => [...keys.values()].flat().length).reduce((x, y) => x + y, 0);
  const heads = new Float64Array(every());
  let at = 0;
  for (const { keys } of people) {
    for (const own of keys.values()) for (const key of own) heads[at++] = headOf(key);
  }
  heads.sort();
  const twice = new Set<number>();
  for (let place = 1; place < heads.length; place += 1) {
    const head = heads[place];
    if (head !== undefined && head === heads[place - 1]) twice.add(head);
  }
  for (const person of people) {
    const kept = [...person.keys].map(
      ([rung, own]) => [rung, own.filter((key) => !twice.has(headOf(key)))] as const,
    );
    person.keys = new Map(kept.filter(([, own]) => own.length > 0));
  }
  const keys = every();
  return { keys, shared: heads.length - keys };
}

function* keyRows(
  people: Iterable<{ id: string; keys: MatchKeys }>,
  { key, organisation }: KeysToMake,
): Generator<string[]> {
  for (const { id, keys } of people) {
    const cells = KEY_COLUMNS.map((rung) => (keys.get(rung) ?? []).join(" "));
    yield [key.madeWith, organisation, id, ...cells];
  }
}

/** What a group of files says: pairs, and for everybody in a pair the new id that all of them share. */
export interface LinkedKeys {
  organisations: readonly string[];
  people: number;
  pairs: readonly KeyedPair[];
  organisationOf: ReadonlyMap<string, string>;
}

/**
 * Links the people of several files of keys. Throws Invalid when a file is none, when two were made with different
 * keys or hold one organisation, or when there is only one.
 */
export async function linkMatchKeys(paths: readonly string[]): Promise<LinkedKeys> {
  const people: KeyedPerson[] = [];
  const fileOf = new Map<string, string>();
  const organisationOf = new Map<string, string>();
  let madeWith: string | undefined;
  for (const path of paths) {
    for await (const { line, cells } of rowsOfFile(path, (header) => checkColumns(path, header))) {
      const [made = "", organisation = "", id = "", ...keys] = cells;
      madeWith ??= made;
      if (made !== madeWith) {
        throw new Invalid(
          `${path} was made with another key, or by another version. Make all files with one key.`,
        );
      }
      const other = fileOf.get(organisation) ?? path;
      if (other !== path)
        throw new Invalid(`${other} and ${path} are of one organisation. Give one file for each.`);
      fileOf.set(organisation, path);
      if (id === "" || organisationOf.has(id))
        throw new Invalid(`Line ${line} of ${path} has no id of its own.`);
      organisationOf.set(id, organisation);
      people.push({ id, organisation, keys: keysOf(keys) });
    }
  }
  if (fileOf.size < 2) throw new Invalid("Give the files of two organisations or more.");
  return {
    organisations: [...fileOf.keys()],
    people: people.length,
    pairs: linkByMatchKeys(people),
    organisationOf,
  };
}

function checkColumns(path: string, header: readonly string[]): true {
  if (header.join() === COLUMNS.join()) return true;
  throw new Invalid(
    `${path} is not a file of match-keys of this version. Make it anew with people match-keys.`,
  );
}

function keysOf(cells: readonly string[]): MatchKeys {
  const found = KEY_COLUMNS.map((rung, at) => [rung, (cells[at] ?? "").split(" ").filter(Boolean)] as const);
  return new Map(found.filter(([, keys]) => keys.length > 0));
}

/** Writes pairs, and for each person in one the random id that is theirs in all files. */
export async function writeLinkedKeys(
  { pairs, organisationOf }: LinkedKeys,
  out: string,
  shared: string | undefined,
): Promise<void> {
  const of = (id: string) => organisationOf.get(id) ?? "";
  const columns = ["organisation_a", "person_a", "organisation_b", "person_b", "rung", "band"];
  await writeCsvFile(
    out,
    columns,
    pairs.map(({ a, b, rung, band }) => [of(a), a, of(b), b, rung, band]),
  );
  if (shared === undefined) return;
  const rows = connectedIds(pairs.filter(({ band }) => band === "link")).flatMap((ids) => {
    const group = randomBytes(12).toString("base64url");
    return ids.map((id) => [of(id), id, group]);
  });
  await writeCsvFile(shared, ["organisation", "person", "shared_person"], rows);
}
