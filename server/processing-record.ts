/**
 * The record of processing (UK GDPR, Article 30) and the impact assessment (Article 35) of an organisation, made from the
 * running system and not typed: what is kept of whom from the tables there are, why from the bases that were set, with
 * whom from the agreements in force, for how long from the retention rules, and how it is protected from what was measured.
 * An officer signs a version by its hash; when anything in it changes, the page says so.
 */

import { createHash } from "node:crypto";
import { listAgreements, readAgreement } from "./agreements";
import { record } from "./audit";
import { type ActorCtx, inTransaction, requireRight, type TxCtx } from "./context";
import { readAttacks } from "./disclosure-settings";
import { type Basis, type Condition, letsSee, type Purpose } from "./domain/agreements/agreement";
import { GLASS_HOURS, GLASS_OPENINGS_AN_HOUR, REVIEW_WORKING_DAYS } from "./domain/break-glass";
import { canonicalJson } from "./domain/canonical-json";
import { Conflict } from "./domain/errors";
import type { Day } from "./domain/period";
import { caseInWords, verdictOf } from "./domain/proof-results";
import { BASIS_WORDS, CONDITION_WORDS, RECORDING_PURPOSE_WORDS } from "./domain/recording-basis";
import { REGISTER } from "./domain/rights/register";
import { RECORD_TYPES } from "./domain/rights/retention";
import { uuidv7 } from "./ids";
import { readProofs } from "./proof-results";
import { readBases } from "./recording-basis";
import { readRules } from "./retention";
import { SEALED_PLACES } from "./sealed-places";
import { softwareVersion } from "./software";

/** One kind of thing that is kept about people, from the table that holds it. */
export interface HeldKind {
  place: string;
  title: string;
  why: string;
  /** Its columns as they are in the database now. */
  columns: string[];
  /** Columns that nobody has described yet: to be mended before this is signed. */
  undescribed: string[];
}

/** One agreement by which others see something, or the organisation sees something of theirs. */
export interface Recipient {
  agreementId: string;
  version: number;
  title: string;
  gives: string[];
  receives: string[];
  purposes: Purpose[];
  basis: Basis;
  condition: Condition;
  needs: string[];
  /** "person, full, caseworker, consent". */
  cells: string[];
  from: Day;
  until: Day;
}

/** One risk to people, what is done against it, and what shows that it works. */
export interface Risk {
  risk: string;
  measure: string;
  evidence: string;
}

export interface ProcessingRecord {
  organisation: string;
  version: string;
  purposes: { purpose: string; basis: string | null; condition: string | null }[];
  held: HeldKind[];
  recipients: Recipient[];
  retention: { recordType: string; months: number; source: string }[];
  risks: Risk[];
  attacks: { measured: string; results: { attack: string; result: string; limit: string }[] };
  /** What the proofs of faults and tampering found, each with its day and commit. */
  proofs: { about: string; verdict: string; ranOn: Day; commit: string; cases: string[] }[];
}

export interface SignedVersion {
  hash: string;
  words: string;
  byName: string;
  at: Date;
}

export interface ShownProcessing {
  record: ProcessingRecord;
  /** SHA-256 of its canonical JSON, in hexadecimal digits. */
  hash: string;
  /** The version that was signed last; the record has changed since when the hashes differ. */
  signed: SignedVersion | null;
}

/** The record as the system is now, and the version that was signed last. */
export function getProcessing(ctx: ActorCtx): Promise<ShownProcessing> {
  requireRight(ctx, "desk.use", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const shown = await readProcessing(ctx);
    await record(ctx, "processing.read", { subjects: [] });
    return shown;
  });
}

/** As `getProcessing`, inside the caller's transaction and without an entry. */
export async function readProcessing(ctx: TxCtx): Promise<ShownProcessing> {
  const made = await makeRecord(ctx);
  return { record: made, hash: hashOf(made), signed: await readSigned(ctx) };
}

/** An officer puts their name to the record as they saw it. Throws Conflict when it has changed since. */
export function signProcessing(
  ctx: ActorCtx,
  { hash, words }: { hash: string; words: string },
): Promise<{ ok: true }> {
  requireRight(ctx, "desk.use", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const made = await makeRecord(ctx);
    if (hashOf(made) !== hash) throw new Conflict("The record has changed since you read it. Read it again.");
    const id = uuidv7();
    await ctx.db`
      insert into governance.statement
        (organisation_id, id, frame, content, content_hash, words, signed_by)
      values (${organisationId}, ${id}, 'processing', ${ctx.db.json(JSON.parse(canonicalJson(made)))},
              ${Buffer.from(hash, "hex")}, ${words}, ${memberId})`;
    await record(ctx, "processing.sign", { subjects: [], detail: { hash, statement: id } });
    return { ok: true };
  });
}

const hashOf = (made: ProcessingRecord): string =>
  createHash("sha256").update(canonicalJson(made)).digest("hex");

async function readSigned({ db, actor }: TxCtx): Promise<SignedVersion | null> {
  const [row] = await db<SignedVersion[]>`
    select encode(s.content_hash, 'hex') as hash, s.words, a.name as by_name, s.signed_at as at
    from governance.statement as s
    join casework.member as m on m.organisation_id = s.organisation_id and m.id = s.signed_by
    join casework.account as a on a.id = m.account_id
    where s.organisation_id = ${actor.organisationId} and s.frame = 'processing'
    order by s.signed_at desc limit 1`;
  return row ?? null;
}

async function makeRecord(ctx: TxCtx): Promise<ProcessingRecord> {
  const columns = await readColumns(ctx);
  const walled = await countWalled(ctx);
  const { measured, attacks } = await readAttacks();
  const bases = await readBases(ctx.db, ctx.actor.organisationId);
  const rules = await readRules(ctx);
  return {
    organisation: ctx.actor.organisationName,
    version: softwareVersion(),
    purposes: bases.map(({ purpose, basis, condition }) => ({
      purpose: RECORDING_PURPOSE_WORDS[purpose],
      basis: basis && `${BASIS_WORDS[basis].plain} (${BASIS_WORDS[basis].law})`,
      condition: condition && `${CONDITION_WORDS[condition].plain} (${CONDITION_WORDS[condition].law})`,
    })),
    held: heldKinds(columns),
    recipients: await readRecipients(ctx),
    retention: rules.map(({ recordType, months, source }) => ({
      recordType: RECORD_TYPES[recordType].label,
      ...{ months, source },
    })),
    risks: risksOf(walled, attacks.length, measured),
    attacks: { measured, results: attacks },
    proofs: readProofs().map(({ about, ranOn, commit, cases }) => ({
      ...{ about, verdict: verdictOf({ cases }), ranOn, commit },
      cases: cases.map(caseInWords),
    })),
  };
}

/** Columns of every table of the product, from the database's own catalogue. */
async function readColumns({ db }: TxCtx): Promise<ReadonlyMap<string, string[]>> {
  const rows = await db<{ place: string; columns: string[] }[]>`
    select n.nspname || '.' || c.relname as place, array_agg(a.attname::text order by a.attnum) as columns
    from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind = 'r' and n.nspname in ('identity', 'casework', 'governance', 'lab', 'statistics')
    group by 1 order by 1`;
  return new Map(rows.map(({ place, columns }) => [place, columns]));
}

/** Tables whose rows the database itself keeps apart by organisation, whoever asks. */
export async function countWalled({ db }: TxCtx): Promise<number> {
  const [row] = await db<{ tables: number }[]>`
    select count(*)::int as tables
    from pg_catalog.pg_class as c join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relforcerowsecurity and n.nspname in ('identity', 'casework', 'governance', 'lab')`;
  return row?.tables ?? 0;
}

function heldKinds(columns: ReadonlyMap<string, string[]>): HeldKind[] {
  return [...columns].flatMap(([place, names]) => {
    const line = REGISTER[place];
    if (line === undefined) {
      return [
        {
          place,
          title: place,
          why: "Nobody has described this table yet.",
          columns: names,
          undescribed: names,
        },
      ];
    }
    if (line.about !== "person") return [];
    const undescribed = names.filter((name) => !(name in line.columns));
    return [{ place, title: line.title, why: line.why, columns: names, undescribed }];
  });
}

async function readRecipients(ctx: TxCtx): Promise<Recipient[]> {
  const lines = (await listAgreements(ctx)).filter(({ standing }) => letsSee(standing));
  const recipients: Recipient[] = [];
  for (const { id, version } of lines) {
    const { terms, title, parties } = await readAgreement(ctx, { id, version });
    recipients.push({
      ...{ agreementId: id, version, title },
      gives: parties.filter(({ gives }) => gives).map(({ name }) => name),
      receives: parties.filter(({ receives }) => receives).map(({ name }) => name),
      ...{ purposes: terms.purposes, basis: terms.basis, condition: terms.condition, needs: terms.needs },
      cells: terms.cells.map(({ place, detail, group, rests }) => [place, detail, group, rests].join(", ")),
      ...{ from: terms.startsOn, until: terms.endsOn },
    });
  }
  return recipients.sort((a, b) => a.agreementId.localeCompare(b.agreementId));
}

function risksOf(walled: number, attacks: number, measured: string): Risk[] {
  const sealed = SEALED_PLACES.reduce((sum, { columns }) => sum + Object.keys(columns).length, 0);
  return [
    {
      risk: "Somebody looks at a record without a reason.",
      measure:
        "Each look is recorded in the transaction that makes it, and sealed into a chain; officers and the person can see who looked and why.",
      evidence:
        "A look that cannot be recorded does not happen; looks without a reason on record stand out on the officer’s page.",
    },
    {
      risk: "Another organisation sees more than was agreed.",
      measure: "Agreements are enforced at each read by the software and again by the database.",
      evidence: `${walled} tables are kept apart by organisation by the database itself; every cell of the grid is tried with the software’s own check taken away.`,
    },
    {
      risk: "Somebody is picked out from published numbers.",
      measure:
        "Figures only: rounded, with deliberate errors, nothing under 10, moving at times fixed in advance.",
      evidence: `${measured}: ${attacks} attacks, each within its limit.`,
    },
    {
      risk: "The database or a backup is stolen.",
      measure: "Names, identifiers, addresses, notes and free words are encrypted, each bound to its place.",
      evidence: `${sealed} columns are sealed; the keys are not in the database.`,
    },
    {
      risk: "Two people are taken for one.",
      measure:
        "Doubtful pairs wait for link stewards, who see them masked; a random sample of automatic links is checked each week.",
      evidence: "How good the links are is measured on a page of its own.",
    },
    {
      risk: "Records are kept for longer than they are needed.",
      measure: "A list by the retention rules, read by an officer before anything is deleted.",
      evidence: "What is deleted is exactly what was listed and neither held nor taken out.",
    },
    {
      risk: "Emergency access is misused.",
      measure: `At most ${Math.max(...GLASS_HOURS)} hours, a reason, the second step again, at most ${GLASS_OPENINGS_AN_HOUR} an hour by one member, the organisation that looks and the one that knows the person told at once, and a review in ${REVIEW_WORKING_DAYS} working days by each.`,
      evidence:
        "It ends by the database’s own clock; reviews that are late stand at the top of the officer’s desk.",
    },
  ];
}
