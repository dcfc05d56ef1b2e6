/**
 * Everything that one organisation holds about a person, read by walking the register of tables as the organisation
 * itself reads, so that row-level security stands behind every row. Sealed values are opened; what nobody can read back
 * is counted. Whoever calls records that it was read.
 */

import type { Tx } from "../db/client";
import { lineOf as lineOfLooks } from "./client-looks";
import { getNeedByNumber } from "./domain/needs";
import type { HeldRow, HeldTable, Look, Pack, Share, Value } from "./domain/rights/pack";
import { EXPLAINED, PERSON_LINES } from "./domain/rights/register";
import type { Path, PersonLine } from "./domain/rights/register-line";
import { open } from "./identity-vault";
import { SEALED_PLACES } from "./sealed-places";

type Placed = PersonLine & { place: string };
type Row = Record<string, Value>;

/** Names that stand in a pack for ids. */
interface Names {
  members: ReadonlyMap<string, string>;
  services: ReadonlyMap<string, string>;
}

/**
 * What the transaction's organisation holds about these clients of its own, who are one person. Clients of another
 * organisation give an empty pack. Throws when a sealed value does not open: a pack is whole or is not made.
 */
export async function packFor({ db }: { db: Tx }, clientIds: readonly string[]): Promise<Pack> {
  const [here] = await db<{ id: number; name: string; at: Date }[]>`
    select id, name, clock_timestamp() as at from casework.organisation
    where id = casework.current_organisation()`;
  if (!here) throw new Error("The transaction acts for no organisation");
  const own = await db<{ id: string }[]>`
    select id from casework.client
    where organisation_id = ${here.id} and id = any (${[...clientIds]}::uuid[]) order by id`;
  const ids = own.map(({ id }) => id);
  const [members, services] = await Promise.all([
    db<{ id: string; name: string }[]>`
      select m.id, a.name from casework.member as m join casework.account as a on a.id = m.account_id
      where m.organisation_id = ${here.id}`,
    db<{ id: string; name: string }[]>`
      select id, name from casework.service where organisation_id = ${here.id}`,
  ]);
  const names: Names = {
    members: new Map(members.map(({ id, name }) => [id, name])),
    services: new Map(services.map(({ id, name }) => [id, name])),
  };
  const held = new Map<string, HeldTable>();
  const keep = ({ place, title, why }: Placed, rows: readonly HeldRow[] | null, count: number) =>
    held.set(place, { place, title, why, rows, count });

  const theirs = new Set(ids);
  for (const line of PERSON_LINES.filter(({ given, by }) => given === "rows" && !by.anything)) {
    const rows = await readRows(db, line, ids);
    for (const { id } of rows) if (typeof id === "string") theirs.add(id);
    keep(
      line,
      rows.map((row) => openRow(here.id, line, row, names)),
      rows.length,
    );
  }
  for (const line of PERSON_LINES.filter(({ given, by }) => given === "counted" && !by.anything)) {
    keep(line, null, await countRows(db, line, ids));
  }
  await keepThrough(db, here.id, ids, keep);
  await keepSummaries(db, ids, names, keep);
  const received = await readReceived(db, ids);
  addReceived(held, received);
  const looks = await keepAudit(db, here.id, [...theirs], names, keep);
  return {
    organisation: { id: here.id, name: here.name },
    clientIds: ids,
    asOf: here.at,
    held: PERSON_LINES.flatMap(({ place }) => held.get(place) ?? []),
    looks,
    shares: [
      ...(await readSent(db, ids)),
      ...received.map(({ share }) => share),
      ...(await readAsked(db, ids)),
    ].sort((a, b) => b.at.getTime() - a.at.getTime()),
    explained: EXPLAINED.map(({ why }) => why),
  };
}

const lineOf = (place: string): Placed => {
  const line = PERSON_LINES.find((known) => known.place === place);
  if (!line) throw new Error(`${place} holds no rows about people`);
  return line;
};

/** By which column other tables name a row of this one. */
const idOf = (place: string) => (place === "governance.rights_person" ? "request_id" : "id");

/** The condition by which a row `alias` of a table is about the clients of the first parameter. */
function belongs(alias: string, { column, of, list }: Path): string {
  if (list) return `${alias}."${column}" && $1::uuid[]`;
  if (of === undefined) return `${alias}."${column}" = any ($1::uuid[])`;
  const next = `${alias}x`;
  return `${alias}."${column}" in (select ${next}.${idOf(of)} from ${of} as ${next}
    where ${next}.organisation_id = (select casework.current_organisation()) and ${belongs(next, lineOf(of).by)})`;
}

const ofHere = (line: Placed) =>
  `from ${line.place} as t where t.organisation_id = (select casework.current_organisation())
     and ${belongs("t", line.by)}`;

async function readRows(db: Tx, line: Placed, ids: readonly string[]): Promise<Row[]> {
  const rows = await db.unsafe<{ row: Row }[]>(
    `select to_jsonb(t) as row ${ofHere(line)} order by ${line.key.map((column) => `t."${column}"`).join(", ")}`,
    [[...ids]],
  );
  return rows.map(({ row }) => row);
}

async function countRows(db: Tx, line: Placed, ids: readonly string[]): Promise<number> {
  const [counted] = await db.unsafe<{ rows: number }[]>(`select count(*)::int as rows ${ofHere(line)}`, [
    [...ids],
  ]);
  return counted?.rows ?? 0;
}

type Keep = (line: Placed, rows: readonly HeldRow[] | null, count: number) => void;

async function keepThrough(
  db: Tx,
  organisationId: number,
  ids: readonly string[],
  keep: Keep,
): Promise<void> {
  const counted = await db<{ place: string; rows: number }[]>`
    select place, rows::int as rows from identity.kept_for_linking(${organisationId}, ${[...ids]}::uuid[])`;
  for (const { place, rows } of counted) keep(lineOf(place), null, rows);
}

/** Summaries hold stories of several people: theirs is given, and nobody else's. */
async function keepSummaries(db: Tx, ids: readonly string[], names: Names, keep: Keep): Promise<void> {
  const line = lineOf("casework.summary");
  const rows = await db<{ row: Row }[]>`
    select to_jsonb(t) || jsonb_build_object('stories', own.stories) as row
    from casework.summary as t
    cross join lateral (
      select jsonb_agg(s.story) as stories
      from jsonb_array_elements(t.stories) as s (story)
      where s.story ->> 'id' in (
        select x.id::text from casework.story as x
        where x.organisation_id = casework.current_organisation() and x.client_id = any (${[...ids]}::uuid[]))
    ) as own
    where t.organisation_id = casework.current_organisation() and own.stories is not null
    order by t.id`;
  keep(
    line,
    rows.map(({ row }) => openRow(0, line, row, names)),
    rows.length,
  );
}

/** Entries name everybody whom a call showed: the person's own part of each is given. */
async function keepAudit(
  db: Tx,
  organisationId: number,
  theirs: readonly string[],
  names: Names,
  keep: Keep,
): Promise<Look[]> {
  const rows = await db<{ row: Row; at: Date; action: string; line: string; memberId: string | null }[]>`
    select to_jsonb(e) || jsonb_build_object('subjects', (
             select jsonb_agg(s.subject) from jsonb_array_elements(e.subjects) as s (subject)
             where s.subject ->> 'id' = any (${[...theirs]}::text[]))) as row,
           e.at, e.action, concat_ws(' ', ${lineOfLooks(db)}) as line, e.member_id
    from governance.audit_entry as e
    where e.organisation_id = ${organisationId} and e.id in (
      select x.entry_id from governance.audit_subject as x
      where x.organisation_id = ${organisationId} and x.subject_id = any (${[...theirs]}::uuid[]))
    order by e.id desc`;
  const line = lineOf("governance.audit_entry");
  keep(
    line,
    rows.map(({ row }) => openRow(0, line, { ...row, detail: withoutOthers(row["detail"], theirs) }, names)),
    rows.length,
  );
  const [named] = await db<{ rows: number }[]>`
    select count(*)::int as rows from governance.audit_subject
    where organisation_id = ${organisationId} and subject_id = any (${[...theirs]}::uuid[])`;
  keep(lineOf("governance.audit_subject"), null, named?.rows ?? 0);
  const looks = new Map<string, Look>();
  for (const { at, action, line, memberId } of rows) {
    const memberName = memberId === null ? null : (names.members.get(memberId) ?? null);
    const before = looks.get(line);
    if (!before || action.startsWith("client.")) looks.set(line, { at, action, memberName });
  }
  return [...looks.values()];
}

/** An id, or a row of a list by its id. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\/\d+)?$/;

/** The detail of an entry without ids of anybody or anything else. */
function withoutOthers(detail: Value | undefined, theirs: readonly string[]): Value {
  const own = new Set(theirs);
  const isOthers = (value: Value) => typeof value === "string" && UUID.test(value) && !own.has(value);
  if (typeof detail !== "object" || detail === null || Array.isArray(detail)) return null;
  return Object.fromEntries(
    Object.entries(detail).flatMap(([name, value]) => {
      if (isOthers(value)) return [];
      return [[name, Array.isArray(value) ? value.filter((part: Value) => !isOthers(part)) : value]];
    }),
  );
}

interface Received {
  share: Share;
  values: Row;
}

/** What came with referrals that these clients were taken on from. */
async function readReceived(db: Tx, ids: readonly string[]): Promise<Received[]> {
  const rows = await db<
    {
      organisationId: number;
      organisationName: string;
      id: string;
      toName: string;
      sentByName: Buffer;
      sentAt: Date;
      shared: string[];
      details: Buffer | null;
      message: Buffer | null;
      state: string;
      needNumbers: number[];
    }[]
  >`
    select r.organisation_id, r.organisation_name, r.id, r.to_name, r.sent_by_name, r.sent_at, r.shared, r.details,
           r.message, r.state, array(
             select i.need_number from casework.referral_issues_received(null) as i
             where i.organisation_id = r.organisation_id and i.referral_id = r.id order by i.position) as need_numbers
    from casework.referrals_received(null) as r
    where r.client_id = any (${[...ids]}::uuid[])
    order by r.sent_at, r.id`;
  return rows.map((row) => {
    const at = { organisationId: row.organisationId, id: row.id };
    const needs = row.needNumbers.map((number) => getNeedByNumber(number).label);
    return {
      share: {
        by: "referral",
        with: row.organisationName,
        at: row.sentAt,
        direction: "from",
        details: row.shared,
        needs,
        state: row.state,
        referralId: row.id,
      },
      values: {
        from: row.organisationName,
        sent_by_name: open("referral.sent_by_name", at, row.sentByName),
        sent_at: row.sentAt.toISOString(),
        shared: row.shared,
        needs,
        details: row.details ? parsed(open("referral.details", at, row.details)) : null,
        message: row.message ? open("referral.message", at, row.message) : null,
      },
    };
  });
}

/** Puts what was handed over beside the organisation's own row about it. */
function addReceived(held: Map<string, HeldTable>, received: readonly Received[]): void {
  const place = "casework.referral_receipt";
  const table = held.get(place);
  if (!table?.rows) return;
  const rows = table.rows.map((row) => {
    const came = received.find(({ share }) => share.referralId === row.values["referral_id"]);
    return came
      ? { ...row, values: { ...row.values, ...came.values }, words: [...row.words, "message"] }
      : row;
  });
  held.set(place, { ...table, rows });
}

/** To whom something of these clients was handed over by referral. */
async function readSent(db: Tx, ids: readonly string[]): Promise<Share[]> {
  const rows = await db<
    {
      id: string;
      toName: string;
      toOrganisationName: string | null;
      sentAt: Date;
      shared: string[];
      state: string | null;
      needNumbers: number[];
    }[]
  >`
    select r.id, r.to_name, r.to_organisation_name, r.sent_at, r.shared,
           (select e.kind from casework.referral_event as e
            where e.organisation_id = r.organisation_id and e.referral_id = r.id
              and e.kind in ('accepted', 'declined', 'started', 'completed', 'lost-touch', 'withdrawn')
            order by e.position desc limit 1) as state,
           array(select i.need_number from casework.referral_issue as i
                 where i.organisation_id = r.organisation_id and i.referral_id = r.id order by i.position) as need_numbers
    from casework.referral as r
    where r.organisation_id = casework.current_organisation() and r.client_id = any (${[...ids]}::uuid[])
    order by r.sent_at, r.id`;
  return rows.map((row) => ({
    by: "referral",
    with: row.toOrganisationName ? `${row.toOrganisationName}, ${row.toName}` : row.toName,
    at: row.sentAt,
    direction: "to",
    details: row.shared,
    needs: row.needNumbers.map((number) => getNeedByNumber(number).label),
    state: row.state ?? "sent",
    referralId: row.id,
  }));
}

/** To whom something was shown under an agreement. */
async function readAsked(db: Tx, ids: readonly string[]): Promise<Share[]> {
  const rows = await db<{ with: string; at: Date; detail: string; purpose: string }[]>`
    select o.organisation_name as with, a.at, a.detail, a.purpose
    from governance.look_answer as a
    join casework.organisations_elsewhere() as o on o.organisation_id = a.asker_organisation_id
    where a.organisation_id = casework.current_organisation() and a.client_id = any (${[...ids]}::uuid[])
    order by a.at, a.look_id`;
  return rows.map(({ with: name, at, detail, purpose }) => ({
    by: "agreement",
    with: name,
    at,
    direction: "to",
    details: [detail],
    needs: [],
    state: purpose,
    referralId: null,
  }));
}

const WITHHELD = new Set(["keyed", "inner", "account"]);

/** A row as it is given: sealed values opened, members and services by name, without what cannot be read back. */
function openRow(organisationId: number, line: Placed, row: Row, names: Names): HeldRow {
  const key = line.key.map((column) => String(row[column])).join("/");
  const place = SEALED_PLACES.find(({ place }) => place === line.place);
  const at = {
    organisationId,
    key: String(row[line.key[0] ?? "id"]),
    part: String(row[line.key[1] ?? ""] ?? ""),
  };
  const values: Record<string, Value> = {};
  const words: string[] = [];
  for (const [column, kind] of Object.entries(line.columns)) {
    const value = row[column];
    if (value === undefined || value === null || WITHHELD.has(kind)) continue;
    const sealedAs = place?.columns[column];
    if (sealedAs !== undefined && typeof value === "string") {
      const bound = place?.boundTo?.(at) ?? { organisationId, id: at.key };
      const text = open(
        typeof sealedAs === "function" ? sealedAs(at) : sealedAs,
        bound,
        Buffer.from(value.slice(2), "hex"),
      );
      values[column] = kind === "words" ? text : parsed(text);
    } else {
      values[column] = named(kind, value, names);
    }
    if (kind === "words") words.push(column);
  }
  return { key, values, words };
}

function named(kind: string, value: Value, { members, services }: Names): Value {
  if (kind === "staff" && typeof value === "string") return members.get(value) ?? "Somebody who left";
  if (kind === "service" && typeof value === "string") return services.get(value) ?? value;
  if (kind === "need" && typeof value === "number") return getNeedByNumber(value).label;
  return value;
}

/** Details are sealed as JSON, the rest as text. */
function parsed(text: string): Value {
  if (!text.startsWith("{") && !text.startsWith("[")) return text;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
}
