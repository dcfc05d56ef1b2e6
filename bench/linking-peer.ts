/**
 * The peer of linking: a straightforward Fellegi-Sunter in SQL, the way Splink does it on Postgres. A table of
 * lower-case values, a join for each blocking rule, a CASE of levels for each field, m by EM over the patterns, and
 * weights by a join. No nicknames, exchanged names, vetoes, frequencies or clusters, which Splink's tutorial has not.
 */

import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Sql } from "../db/client";
import { MADE_COLUMNS } from "./made-people";

/** Each rule is a join on what is equal, as in Splink's tutorial for people. */
const RULES = [
  "a.first = b.first and a.last = b.last",
  "a.born = b.born and a.last = b.last",
  "a.born = b.born and a.first = b.first",
  "a.postcode = b.postcode and a.last = b.last",
  "a.postcode = b.postcode and a.first = b.first",
  "a.born = b.born and a.postcode = b.postcode",
  "a.nino = b.nino",
  "a.nhs = b.nhs",
  "a.phone = b.phone",
];

const same = (name: string) =>
  `case when a.${name} is null or b.${name} is null then -1 when a.${name} = b.${name}`;
const FIELDS: Readonly<Record<string, { sql: string; levels: number }>> = {
  first: {
    sql: `${same("first")} then 0 when levenshtein(a.first, b.first) <= 1 then 1 when levenshtein(a.first, b.first) <= 2 then 2 else 3 end`,
    levels: 4,
  },
  last: {
    sql: `${same("last")} then 0 when levenshtein(a.last, b.last) <= 1 then 1 when levenshtein(a.last, b.last) <= 2 then 2 else 3 end`,
    levels: 4,
  },
  born: {
    sql: `${same("born")} then 0 when levenshtein(a.born, b.born) <= 1 then 1 when left(a.born, 4) = left(b.born, 4) then 2 else 3 end`,
    levels: 4,
  },
  postcode: {
    sql: `${same("postcode")} then 0 when split_part(a.postcode, ' ', 1) = split_part(b.postcode, ' ', 1) then 1 else 2 end`,
    levels: 3,
  },
  sex: { sql: `${same("sex")} then 0 else 1 end`, levels: 2 },
  nino: { sql: `${same("nino")} then 0 else 1 end`, levels: 2 },
  nhs: { sql: `${same("nhs")} then 0 else 1 end`, levels: 2 },
  phone: { sql: `${same("phone")} then 0 else 1 end`, levels: 2 },
};
const NAMES = Object.keys(FIELDS);
const LEVELS = NAMES.map((name) => `(${FIELDS[name]?.sql})::smallint as ${name}`).join(", ");
const RANDOM_PAIRS = 1_000_000;
const ROUNDS = 25;

interface PeerPair {
  a: number;
  b: number;
  probability: number;
}

/** Links a made file. Gives the pairs with a probability of a half or more, by row of the file from 0. */
export async function linkInSql(sql: Sql, file: string): Promise<{ pairs: PeerPair[]; compared: number }> {
  await sql`create extension if not exists fuzzystrmatch`;
  await sql.unsafe(`create unlogged table given (${MADE_COLUMNS.map((name) => `${name} text`).join(", ")})`);
  await pipeline(
    createReadStream(file, { highWaterMark: 1 << 20 }),
    await sql`copy given from stdin with (format csv, header true)`.writable(),
  );
  await sql.unsafe(`
    create unlogged table person as
    select (substr(record_id, 2)::int - 1) as id, nullif(lower(trim(first_name)), '') as first,
           nullif(lower(trim(last_name)), '') as last, nullif(sex, '') as sex,
           case when date_of_birth like '%/%' then to_char(to_date(date_of_birth, 'DD/MM/YYYY'), 'YYYY-MM-DD')
                else nullif(date_of_birth, '') end as born,
           regexp_replace(nullif(upper(replace(postcode, ' ', '')), ''), '(...)$', ' \\1') as postcode,
           nullif(nino, '') as nino, nullif(nhs_number, '') as nhs, nullif(replace(phone, ' ', ''), '') as phone
    from given`);
  await sql`analyze person`;
  const union = RULES.map(
    (rule) => `select a.id as a, b.id as b from person as a join person as b on ${rule} and a.id < b.id`,
  );
  await sql.unsafe(`create unlogged table pair as ${union.join(" union ")}`);
  await sql.unsafe(`
    create unlogged table compared as select pair.a as a_id, pair.b as b_id, ${LEVELS}
    from pair join person as a on a.id = pair.a join person as b on b.id = pair.b`);
  const group = NAMES.join(", ");
  const patterns = await sql.unsafe<Record<string, number>[]>(
    `select ${group}, count(*)::int as pairs from compared group by ${group}`,
  );
  const random = await sql.unsafe<Record<string, number>[]>(`
    select ${group}, count(*)::int as pairs from (
      select ${LEVELS} from (
        select (random() * (select max(id) from person))::int as a, (random() * (select max(id) from person))::int as b
        from generate_series(1, ${RANDOM_PAIRS})) as pair
      join person as a on a.id = pair.a join person as b on b.id = pair.b where a.id <> b.id) as x group by ${group}`);
  const [people] = await sql<{ count: number }[]>`select count(*)::int as count from person`;
  const weights = estimate(patterns, random, people?.count ?? 0);
  await sql.unsafe(
    `create unlogged table weight (${NAMES.map((name) => `${name} smallint`).join(", ")}, probability float8)`,
  );
  const rows = patterns.map((pattern) => [...NAMES.map((name) => pattern[name] ?? -1), weights(pattern)]);
  for (let at = 0; at < rows.length; at += 1_000) {
    const values = rows.slice(at, at + 1_000).map((row) => `(${row.join(",")})`);
    await sql.unsafe(`insert into weight values ${values.join(",")}`);
  }
  const pairs = await sql.unsafe<PeerPair[]>(`
    select a_id as a, b_id as b, probability from compared join weight using (${group}) where probability >= 0.5`);
  const compared = patterns.reduce((sum, { pairs: count = 0 }) => sum + count, 0);
  return { pairs, compared };
}

/** m and the prior by EM over the patterns, u from random pairs; pairs that share no rule count as two people's. */
function estimate(
  patterns: readonly Record<string, number>[],
  random: readonly Record<string, number>[],
  people: number,
): (pattern: Record<string, number>) => number {
  const shares = (
    name: string,
    rows: readonly Record<string, number>[],
    weigh: (row: Record<string, number>) => number,
  ) => {
    const sums = Array.from({ length: FIELDS[name]?.levels ?? 0 }, () => 0.5);
    for (const row of rows) {
      const level = row[name] ?? -1;
      if (level >= 0) sums[level] = (sums[level] ?? 0) + (row["pairs"] ?? 0) * weigh(row);
    }
    const total = sums.reduce((sum, value) => sum + value, 0);
    return sums.map((value) => value / total);
  };
  const u = new Map(NAMES.map((name) => [name, shares(name, random, () => 1)]));
  let m: ReadonlyMap<string, readonly number[]> = new Map(
    NAMES.map((name) => [name, (u.get(name) ?? []).map((_, level) => (level === 0 ? 0.9 : 0.1))]),
  );
  const everyPair = (people * (people - 1)) / 2;
  let share = 1 / Math.max(2, people);
  const probability = (pattern: Record<string, number>) => {
    let odds = share / (1 - share);
    for (const name of NAMES) {
      const level = pattern[name] ?? -1;
      if (level >= 0) odds *= (m.get(name)?.[level] ?? 1) / (u.get(name)?.[level] ?? 1);
    }
    return odds / (1 + odds);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const posterior = new Map(patterns.map((pattern) => [pattern, probability(pattern)]));
    const of = (pattern: Record<string, number>) => posterior.get(pattern) ?? 0;
    m = new Map(NAMES.map((name) => [name, shares(name, patterns, of)]));
    share = patterns.reduce((sum, pattern) => sum + (pattern["pairs"] ?? 0) * of(pattern), 0) / everyPair;
  }
  return probability;
}
