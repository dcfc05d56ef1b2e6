/**
 * The proof of the subject access pack and of erasing: two people of one organisation with something in every room, and
 * besides, by walking the database itself, a row in every table about people with a canary in every column that can hold
 * words. What a pack must hold is counted by the superuser in another way: by the ids of rows, not by the register's path.
 */

import { randomUUID } from "node:crypto";
import type { Sql } from "../db/client";
import { inTransaction } from "./context";
import type { Pack } from "./domain/rights/pack";
import { PERSON_LINES, REGISTER } from "./domain/rights/register";
import type { PersonLine } from "./domain/rights/register-line";
import { type SealedColumn, seal } from "./identity-vault";
import { linkPeople } from "./people";
import { type PlaceRow, SEALED_PLACES } from "./sealed-places";
import { packFor } from "./subject-pack";
import type { TestDatabase } from "./testing";
import { canariesIn, dumpOf } from "./testing-canaries";
import type { Team } from "./testing-casework";
import { openEverything } from "./testing-sealed";
import { arrangeWholeRecord } from "./testing-whole-record";

type Placed = PersonLine & { place: string };

/**
 * Columns of words that hold a code of a fixed list or the name of an organisation, whatever is typed anywhere: they say
 * nothing of a person by themselves, and rows with them outlive an erasure. Left empty, or a code where they may not be.
 */
const CODES: Readonly<Record<string, readonly string[]>> = {
  "identity.client_identifier": ["kind"],
  "casework.referral": ["way", "to_name", "to_organisation_name"],
  "governance.erasure": ["purpose"],
  "governance.erasure_decision": ["purpose", "decision", "because"],
  "governance.retention_item": ["record_type", "kept_because", "outcome"],
  "governance.rights_pause": ["because"],
  "governance.rights_pack": ["sha256"],
  "governance.rights_recipient": ["kind", "to_name", "way"],
  "governance.rights_request": [
    ...["kind", "state", "way", "asker_kind", "identity_way", "extended_because", "refused_because"],
  ],
  // Who asked an emergency access of whom, and on what ground: names of staff, of organisations, and codes.
  "governance.break_glass": [
    "member_name",
    "member_role",
    "organisation_name",
    "giving_organisation_name",
    "reason",
  ],
};

/** Entries of the audit hold ids and codes, never a word; nothing can be put into one afterwards. */
const UNSOWN = new Set(["governance.audit_entry", "governance.audit_subject"]);

interface Column {
  name: string;
  type: string;
  udt: string;
  nullable: boolean;
  label: string | null;
}

const FILLERS: Readonly<Record<string, string>> = {
  integer: "1",
  smallint: "1",
  bigint: "1",
  real: "1",
  "double precision": "1",
  boolean: "false",
  date: "2026-01-05",
  "timestamp with time zone": "2026-01-05T10:00:00Z",
};

/** One word sown for somebody. */
export interface Canary {
  word: string;
  place: string;
  column: string;
  /** Whether the person is given it in a pack, or told why not. */
  isGiven: boolean;
}

/** Somebody with a whole record and a canary in every column that takes one. */
export interface Sown {
  clientId: string;
  canaries: Canary[];
  /** Every row about them, as the superuser finds it: place to number. */
  rows: ReadonlyMap<string, number>;
  /** Ids of their own rows and of nobody else's. */
  ids: ReadonlySet<string>;
}

/** Makes somebody of the first team, known to the second, and sows canaries that begin with a name. */
export async function sowPerson(db: TestDatabase, name: string, here: Team, there: Team): Promise<Sown> {
  const clientId = await arrangeWholeRecord(here, there);
  await linkPeople(db.stats, { organisationId: here.organisationId, clientIds: [clientId] });
  const canaries: Canary[] = [];
  const ids = new Set([clientId]);
  const parents = new Map<string, string>();
  const inOrder = [...PERSON_LINES].sort((a, b) => depth(a) - depth(b));
  for (const line of inOrder) {
    if (UNSOWN.has(line.place)) continue;
    const sown = await sowRow(db.administrator, line, { name, clientId, parents, here });
    canaries.push(...sown);
  }
  for (const { place } of PERSON_LINES)
    for (const id of await ownIds(db.administrator, place, clientId, ids)) ids.add(id);
  const rows = new Map<string, number>();
  for (const line of PERSON_LINES) rows.set(line.place, await countTheirs(db.administrator, line, here, ids));
  return { clientId, canaries, rows, ids };
}

const depth = ({ by }: Placed): number => {
  if (by.of === undefined) return 0;
  const parent = PERSON_LINES.find(({ place }) => place === by.of);
  return 1 + (parent ? depth(parent) : 0);
};

interface Sowing {
  name: string;
  clientId: string;
  parents: Map<string, string>;
  here: Team;
}

async function columnsOf(administrator: Sql, place: string): Promise<Column[]> {
  const [schema = "", table = ""] = place.split(".");
  const rows = await administrator<Column[]>`
    select c.column_name as name, c.data_type as type, c.udt_name as udt, c.is_nullable = 'YES' as nullable,
           (select min(e.enumlabel::text) from pg_enum as e
            where e.enumtypid = format('%I.%I', c.udt_schema, c.udt_name)::regtype) as label
    from information_schema.columns as c
    where c.table_schema = ${schema} and c.table_name = ${table} and c.is_identity = 'NO'
    order by c.ordinal_position`;
  return [...rows];
}

/** By which column other tables name a row of this one. */
const nameOf = (place: string) => (place === "governance.rights_person" ? "request_id" : "id");

async function sowRow(administrator: Sql, line: Placed, sowing: Sowing): Promise<Canary[]> {
  const { name, clientId, parents, here } = sowing;
  const { place } = line;
  const canaries: Canary[] = [];
  const columns = await columnsOf(administrator, place);
  const row: PlaceRow = { organisationId: here.organisationId, key: "", part: "1" };
  const values = new Map<string, string | null>();
  const word = (column: string) => {
    const made = `${name}${canaries.length}${place}${column}`.replace(/[^A-Za-z0-9]/g, "");
    const kind = line.columns[column];
    const isGiven =
      line.given !== "counted" &&
      line.given !== "through" &&
      kind !== undefined &&
      !["keyed", "inner", "account"].includes(kind);
    canaries.push({ word: made, place, column, isGiven });
    return made;
  };
  const given = (column: Column): string | null => {
    if (column.name === "organisation_id") return String(here.organisationId);
    if (column.name === line.by.column) {
      if (line.by.list) return `{${clientId}}`;
      if (line.by.of === undefined) return clientId;
      if (column.udt === "uuid") return parents.get(line.by.of) ?? null;
    }
    if (place === "casework.summary") {
      const told = storyIn(column.name, parents.get("casework.story") ?? "", word);
      if (told !== undefined) return told;
    }
    if (CODES[place]?.includes(column.name)) return column.nullable ? null : "code";
    if (column.label !== null) return column.label;
    if (column.type === "uuid")
      return line.key.includes(column.name) || !column.nullable ? randomUUID() : null;
    if (column.type === "text") return word(column.name);
    if (column.udt === "_text") return `{${word(column.name)}}`;
    if (column.type === "ARRAY") return "{}";
    if (column.type === "jsonb") return JSON.stringify({ words: word(column.name) });
    if (column.type !== "bytea") return FILLERS[column.type] ?? null;
    return null;
  };
  for (const column of columns) values.set(column.name, given(column));
  row.key = values.get(line.key[0] ?? "id") ?? "";
  row.part = values.get(line.key[1] ?? "") ?? "1";
  if (place === "identity.client_identifier") {
    values.set("kind", "pnc-id");
    row.part = "pnc-id";
  }
  for (const column of columns.filter(({ type }) => type === "bytea")) {
    const at = sealedAt(place, column.name, row);
    values.set(
      column.name,
      at
        ? `\\x${seal(at.column, at.row, word(column.name)).toString("hex")}`
        : `\\x${Buffer.from(randomUUID()).toString("hex")}`,
    );
  }
  await put(administrator, place, line.key, values);
  parents.set(place, values.get(nameOf(place)) ?? "");
  if (place === "casework.summary") await sowFile(administrator, here.organisationId, row.key, word("file"));
  return canaries;
}

/** A file of a summary that tells the story, as it was handed out. */
async function sowFile(administrator: Sql, organisationId: number, summaryId: string, word: string) {
  await administrator.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`
      insert into casework.summary_file (organisation_id, summary_id, name, position, media_type, bytes, sha256)
      values (${organisationId}, ${summaryId}, 'summary.html', 1, 'text/html', ${Buffer.from(word)}, '00')`;
  });
}

/** A summary that is ready and tells the story where summaries do: everything else in it is numbers. */
function storyIn(column: string, id: string, word: (column: string) => string): string | null | undefined {
  const quote = [`${id} quote`];
  if (column === "state") return "ready";
  if (column === "stories") return JSON.stringify([{ id, quote, who: word(column) }]);
  if (column === "plan") return JSON.stringify({ texts: { stories: word(column) } });
  if (column === "paper") {
    const blocks = [{ kind: "story", quote, who: word(column) }];
    return JSON.stringify({ sections: [{ key: "stories", title: "", text: word(column), blocks }] });
  }
  const numbers = ["exact_numbers", "figure_numbers", "changes", "trace", "method", "software", "refused"];
  return numbers.includes(column) ? null : undefined;
}

function sealedAt(
  place: string,
  column: string,
  row: PlaceRow,
): { column: SealedColumn; row: { organisationId: number; id: string } } | null {
  const known = SEALED_PLACES.find((listed) => listed.place === place);
  const named = known?.columns[column];
  if (!known || !named) return null;
  return {
    column: typeof named === "function" ? named(row) : named,
    row: known.boundTo?.(row) ?? { organisationId: row.organisationId, id: row.key },
  };
}

/** Adds the row, or writes over the one that the product made where there is only one for a client. */
async function put(
  administrator: Sql,
  place: string,
  key: readonly string[],
  values: ReadonlyMap<string, string | null>,
): Promise<void> {
  const names = [...values.keys()];
  const literals = [...values.values()].map((value) =>
    value === null ? "null" : `'${value.replaceAll("'", "''")}'`,
  );
  const changed = names.filter((column) => !key.includes(column) && column !== "organisation_id");
  const constraint = ["organisation_id", ...key].map((column) => `"${column}"`).join(", ");
  await administrator.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx.unsafe(
      `insert into ${place} (${names.map((column) => `"${column}"`).join(", ")}) overriding system value
       values (${literals.join(", ")})
       ${
         key.length === 1 && ["client_id", "id"].includes(key[0] ?? "") && changed.length > 0
           ? `on conflict (${constraint}) do update set ${changed.map((column) => `"${column}" = excluded."${column}"`).join(", ")}`
           : "on conflict do nothing"
       }`,
    );
  });
}

/** Ids of rows that name one of theirs: worked out from rows alone, table by table, without the register's path. */
async function ownIds(
  administrator: Sql,
  place: string,
  clientId: string,
  known: ReadonlySet<string>,
): Promise<string[]> {
  if (UNSOWN.has(place) || place === "casework.summary") return [];
  const rows = await administrator.unsafe<{ row: Record<string, unknown> }[]>(
    `select to_jsonb(t) as row from ${place} as t where t::text like any ($1)`,
    [[...known].map((id) => `%${id}%`)],
  );
  const column = nameOf(place);
  return rows.flatMap(({ row }) => {
    const id = row[column];
    return typeof id === "string" && /^[0-9a-f-]{36}$/.test(id) && id !== clientId ? [id] : [];
  });
}

async function countTheirs(
  administrator: Sql,
  { place }: Placed,
  here: Team,
  ids: ReadonlySet<string>,
): Promise<number> {
  const [counted] = await administrator.unsafe<{ rows: number }[]>(
    `select count(*)::int as rows from ${place} as t
     where t.organisation_id = $1 and t::text like any ($2)`,
    [here.organisationId, [...ids].map((id) => `%${id}%`)],
  );
  return counted?.rows ?? 0;
}

/** What is wrong with a pack: nothing, when it holds every row and word of one person and none of the other. */
export interface PackFaults {
  /** Tables where it holds another number of rows than there are. */
  rows: string[];
  /** Words that it lacks. */
  missing: string[];
  /** Words and ids of the other person. */
  foreign: string[];
}

export function faultsOf(pack: Pack, whose: Sown, other: Sown): PackFaults {
  const text = JSON.stringify(pack);
  return {
    rows: [...whose.rows].flatMap(([place, rows]) => {
      const held = pack.held.find((table) => table.place === place)?.count ?? 0;
      return held === rows ? [] : [`${place}: ${held} of ${rows}`];
    }),
    missing: whose.canaries.flatMap(({ word, isGiven }) => (isGiven && !text.includes(word) ? [word] : [])),
    foreign: [...other.canaries.map(({ word }) => word), ...other.ids].filter(
      (word) => text.includes(word) && !whose.ids.has(word),
    ),
  };
}

/** The pack of somebody, made as the organisation. */
export const packOf = (team: Team, clientId: string): Promise<Pack> =>
  inTransaction(team.ctx, (ctx) => packFor(ctx, [clientId]));

/**
 * Where somebody's words are left in the live database: every row of every table as a dump writes it, whatever way they
 * are written, and every sealed value, opened.
 */
export async function leftOf(
  administrator: Sql,
  words: readonly string[],
): Promise<{ left: string[]; rows: number }> {
  const left: string[] = [];
  let read = 0;
  for (const { name, rows } of await dumpOf(administrator)) {
    read += rows.length;
    for (const word of canariesIn(Buffer.from(rows.join("\n")), words)) {
      left.push(`${name}: ${word}`);
    }
  }
  for (const [at, value] of await openEverything(administrator)) {
    for (const word of words) if (value.includes(word)) left.push(`${at}, opened: ${word}`);
  }
  return { left, rows: read };
}

/** Columns of words about people that got no canary: what the proof does not try, for whoever reads its result. */
export const untried = (): string[] =>
  Object.entries(CODES).flatMap(([place, names]) =>
    REGISTER[place] ? names.map((column) => `${place}.${column}`) : [],
  );
