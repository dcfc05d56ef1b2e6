/**
 * Agreements to share, from the first draft to the notice. The database takes each step (`db/agreements.sql`) and
 * decides whether it is theirs to take; here the steps are asked for, told in plain errors, and recorded.
 */

import { record } from "./audit";
import { type ActorCtx, inTransaction, requireRight, type TxCtx } from "./context";
import {
  type AgreementState,
  letsSee,
  type Purpose,
  standingOf,
  type Terms,
} from "./domain/agreements/agreement";
import { compileTerms } from "./domain/agreements/compile";
import { type Detail, GROUPS, type Group, type Place } from "./domain/agreements/grid";
import type {
  AgreementLine,
  AgreementRead,
  ExportedTerms,
  PartyRead,
  SaveDraft,
  UsableAgreement,
  UseLine,
} from "./domain/agreements/paperwork";
import { mayDo } from "./domain/agreements/steps";
import { canonicalJson } from "./domain/canonical-json";
import { Conflict, NotFound } from "./domain/errors";
import type { Day } from "./domain/period";
import { sha256Of } from "./sha256";
import { requireStepUp } from "./step-up";

/** Days over which use is counted, for lists and warnings. */
export const USE_DAYS = 90;

/** What an officer signs the hash of: SHA-256 of the canonical terms, in hexadecimal digits. */
export const termsHash = (terms: Terms): string => sha256Of(canonicalJson(terms));

interface AgreementRow {
  id: string;
  version: number;
  organisationId: number;
  state: AgreementState;
  terms: Terms;
  termsHash: string | null;
  startsOn: Day;
  reviewOn: Day;
  endsOn: Day;
  lastDay: Day | null;
  purposes: Purpose[];
  madeAt: Date;
  proposedAt: Date | null;
  withdrawnAt: Date | null;
  withdrawnOrganisationId: number | null;
  today: Day;
  looks: number;
}

type PartyRow = PartyRead & { agreementId: string; version: number; signedHash: string | null };

/** Versions that the actor's organisation is in, the latest of each agreement first; of one agreement, or of all. */
async function readVersions({ db }: TxCtx, id: string | null): Promise<AgreementRow[]> {
  const rows = await db<AgreementRow[]>`
    select a.id, a.version, a.organisation_id, a.state, a.terms, encode(a.terms_hash, 'hex') as terms_hash,
           a.starts_on, a.review_on, a.ends_on, a.last_day, a.purposes, a.made_at, a.proposed_at, a.withdrawn_at,
           a.withdrawn_organisation_id, governance.today() as today,
           (select coalesce(sum(u.looks), 0)::int from governance.agreement_use as u
            where u.agreement_id = a.id and u.version = a.version
              and u.day > governance.today() - ${USE_DAYS}::int) as looks
    from governance.agreement as a
    where ${id}::uuid is null or a.id = ${id}
    order by a.changed_at desc, a.id, a.version desc`;
  return [...rows].sort((a, b) => (a.id === b.id ? b.version - a.version : 0));
}

async function readParties({ db }: TxCtx): Promise<PartyRow[]> {
  return db<PartyRow[]>`
    select agreement_id, version, organisation_id, organisation_name as name, gives, receives, signed_at, signer_name,
           encode(signed_hash, 'hex') as signed_hash
    from governance.agreement_parties()`;
}

function lineOf({ actor }: TxCtx, row: AgreementRow, all: readonly PartyRow[]): AgreementLine {
  const { id, version, state, startsOn, reviewOn, endsOn, lastDay, purposes, looks } = row;
  const parties = all
    .filter((party) => party.agreementId === id && party.version === version)
    .map(({ organisationId, name, gives, receives, signedAt, signerName }) => ({
      ...{ organisationId, name, gives, receives, signedAt, signerName },
    }));
  const own = parties.find(({ organisationId }) => organisationId === actor.organisationId);
  return {
    ...{ id, version, title: row.terms.title, state, standing: standingOf(row, row.today) },
    ...{ purposes, parties, startsOn, reviewOn, endsOn, lastDay, looks },
    isOurs: row.organisationId === actor.organisationId,
    waitsForUs: state === "proposed" && own !== undefined && own.signedAt === null,
  };
}

/** Every version that the actor's organisation is in, with where it stands today; of superseded ones those still used. */
export function listAgreements(ctx: ActorCtx): Promise<AgreementLine[]> {
  requireRight(ctx, "agreement.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const parties = await readParties(ctx);
    const lines = (await readVersions(ctx, null)).map((row) => lineOf(ctx, row, parties));
    return lines.filter(({ standing }) => standing !== "superseded");
  });
}

/**
 * A version with its terms, signatures and comments; the latest unless one is named.
 * @throws NotFound when there is none that the actor's organisation is in.
 */
export function readAgreement(
  ctx: ActorCtx,
  { id, version }: { id: string; version?: number | undefined },
): Promise<AgreementRead> {
  requireRight(ctx, "agreement.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { rows, row } = await getVersion(ctx, id, version);
    const parties = await readParties(ctx);
    const line = lineOf(ctx, row, parties);
    const comments = await ctx.db<AgreementRead["comments"][number][]>`
      select version, id, organisation_name, member_name, words, said_at from governance.agreement_comments(${id})`;
    const isLatest = rows[0]?.version === row.version;
    return {
      ...line,
      terms: row.terms,
      hash: row.termsHash,
      ...{ madeAt: row.madeAt, proposedAt: row.proposedAt, withdrawnAt: row.withdrawnAt },
      withdrawnBy:
        line.parties.find(({ organisationId }) => organisationId === row.withdrawnOrganisationId)?.name ??
        null,
      comments,
      versions: rows.map((other) => ({
        version: other.version,
        state: other.state,
        standing: standingOf(other, other.today),
      })),
      may: mayDo(ctx.actor.roles, { ...line, isLatest }),
    };
  });
}

async function getVersion(
  ctx: TxCtx,
  id: string,
  version: number | undefined,
): Promise<{ rows: readonly AgreementRow[]; row: AgreementRow }> {
  const rows = await readVersions(ctx, id);
  const row = version === undefined ? rows[0] : rows.find((each) => each.version === version);
  if (!row) throw new NotFound("This agreement");
  return { rows, row };
}

/** The organisations that an agreement can be made with, the actor's own first. */
export function listPossibleParties(ctx: ActorCtx): Promise<{ organisationId: number; name: string }[]> {
  requireRight(ctx, "agreement.write", ctx.actor.organisationId);
  return inTransaction(ctx, async ({ db, actor }) => {
    const others = await db<{ organisationId: number; name: string }[]>`
      select organisation_id, organisation_name as name from casework.organisations_elsewhere()`;
    return [{ organisationId: actor.organisationId, name: actor.organisationName }, ...others];
  });
}

/**
 * Keeps a draft: the first version under a new id, the draft as it is now, or the version after the last.
 * @throws Conflict when it was proposed, or somebody else changed it, meanwhile; NotFound when the agreement is another organisation's.
 */
export function saveDraft(ctx: ActorCtx, { id, version, terms, over = [] }: SaveDraft): Promise<void> {
  requireRight(ctx, "agreement.write", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    // Held until the end, so that of two who save at once the second is compared with the first.
    await ctx.db`select pg_advisory_xact_lock(hashtextextended(${`agreement draft ${id}`}, 0))`;
    await requireUnchanged(ctx, { id, version }, [...over, terms]);
    await putDraft(ctx, { id, version, terms });
  });
}

/** Throws Conflict when a draft is there and holds none of these terms: somebody else changed it. What was proposed is refused elsewhere. */
async function requireUnchanged(
  ctx: TxCtx,
  { id, version }: { id: string; version: number },
  expected: readonly Terms[],
): Promise<void> {
  const row = (await readVersions(ctx, id)).find((each) => each.version === version);
  if (row?.state !== "draft") return;
  const held = termsHash(row.terms);
  if (expected.some((terms) => termsHash(terms) === held)) return;
  throw new Conflict(
    "Somebody else changed this draft meanwhile, so yours was not written over it. Note what you changed, then open the agreement again.",
  );
}

async function putDraft(ctx: TxCtx, { id, version, terms }: Omit<SaveDraft, "over">): Promise<void> {
  const [row] = await ctx.db<{ outcome: string }[]>`
    select governance.put_draft(${id}, ${version}::smallint, ${ctx.db.json(terms)}::jsonb) as outcome`;
  refuseUnless(row?.outcome, ["saved"]);
  await recordStep(ctx, "agreement.draft", id, version);
}

/**
 * Starts the version after the last with the same terms, to be changed and signed anew. The last one holds until all
 * have signed it.
 */
export function startNewVersion(ctx: ActorCtx, id: string): Promise<{ version: number }> {
  requireRight(ctx, "agreement.write", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { row } = await getVersion(ctx, id, undefined);
    const version = row.version + 1;
    await putDraft(ctx, { id, version, terms: row.terms });
    return { version };
  });
}

/** Says something of a version that is not signed yet, for all its parties to read. */
export function commentOnAgreement(
  ctx: ActorCtx,
  said: { id: string; version: number; commentId: string; words: string },
): Promise<void> {
  requireRight(ctx, "agreement.write", ctx.actor.organisationId);
  const { id, version, commentId, words } = said;
  return inTransaction(ctx, async (ctx) => {
    const [row] = await ctx.db<{ outcome: string }[]>`
      select governance.comment_on_agreement(${id}, ${version}::smallint, ${commentId}, ${words}) as outcome`;
    refuseUnless(row?.outcome, ["said"]);
    await recordStep(ctx, "agreement.comment", id, version);
  });
}

/** Puts a draft to its parties to sign. It does not change after this: another version takes its place. */
export function proposeAgreement(
  ctx: ActorCtx,
  { id, version }: { id: string; version: number },
): Promise<void> {
  requireRight(ctx, "agreement.write", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const [row] = await ctx.db<{ outcome: string }[]>`
      select governance.propose_agreement(${id}, ${version}::smallint) as outcome`;
    refuseUnless(row?.outcome, ["proposed"]);
    await recordStep(ctx, "agreement.propose", id, version);
  });
}

/**
 * Signs for the actor's organisation what they read, known by its hash. With the last signature it is signed, and the
 * versions before it end. Signing again changes nothing.
 * @throws NotAllowed without a fresh step-up, Conflict when the terms are not those that were read.
 */
export async function signAgreement(
  ctx: ActorCtx,
  { id, version, hash }: { id: string; version: number; hash: string },
): Promise<{ complete: boolean }> {
  requireRight(ctx, "agreement.sign", ctx.actor.organisationId);
  await requireStepUp(ctx);
  return inTransaction(ctx, async (ctx) => {
    const [row] = await ctx.db<{ outcome: string }[]>`
      select governance.sign_agreement(${id}, ${version}::smallint, decode(${hash}, 'hex')) as outcome`;
    if (row?.outcome === "other-terms") {
      throw new Conflict(
        "These are not the terms that you read. Open the agreement again and read it first.",
      );
    }
    refuseUnless(row?.outcome, ["signed", "complete", "already"]);
    await recordStep(ctx, "agreement.sign", id, version);
    return { complete: row?.outcome === "complete" };
  });
}

/**
 * Ends a version: a draft or proposal is taken back or declined, notice is given of a signed one, and with it of those
 * before it that still run until it starts.
 * @throws Conflict when it has ended already.
 */
export function withdrawAgreement(
  ctx: ActorCtx,
  { id, version }: { id: string; version: number },
): Promise<{ lastDay: Day | null }> {
  requireRight(ctx, "agreement.write", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const [row] = await ctx.db<{ outcome: string }[]>`
      select governance.withdraw_agreement(${id}, ${version}::smallint) as outcome`;
    refuseUnless(row?.outcome, ["withdrawn"]);
    await recordStep(ctx, "agreement.withdraw", id, version);
    const [ended] = await ctx.db<{ lastDay: Day | null }[]>`
      select last_day from governance.agreement where id = ${id} and version = ${version}`;
    return { lastDay: ended?.lastDay ?? null };
  });
}

/** A version for another program to read. */
export function exportTerms(
  ctx: ActorCtx,
  { id, version }: { id: string; version?: number | undefined },
): Promise<ExportedTerms> {
  requireRight(ctx, "agreement.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { row } = await getVersion(ctx, id, version);
    const parties = (await readParties(ctx)).filter(
      (party) => party.agreementId === id && party.version === row.version,
    );
    return {
      format: "common-need-agreement/1",
      ...{ id, version: row.version, state: row.state, lastDay: row.lastDay, terms: row.terms },
      sha256: row.termsHash,
      signatures: parties.flatMap(({ organisationId, name, signerName, signedAt, signedHash }) =>
        signedAt === null || signedHash === null
          ? []
          : [
              {
                organisationId,
                organisation: name,
                name: signerName ?? "",
                at: signedAt,
                sha256: signedHash,
              },
            ],
      ),
      compiled: compileTerms(row.terms),
    };
  });
}

/** How the versions of an agreement were used in the last 90 days, by whom and by which cell. */
export function listUse(ctx: ActorCtx, id: string): Promise<UseLine[]> {
  requireRight(ctx, "agreement.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    await getVersion(ctx, id, undefined);
    const rows = await ctx.db<UseLine[]>`
      select version, organisation_id, place, detail, member_group as "group", sum(looks)::int as looks,
             max(day) as last_on
      from governance.agreement_use
      where agreement_id = ${id} and day > governance.today() - ${USE_DAYS}::int
      group by version, organisation_id, place, detail, member_group
      order by version desc, looks desc`;
    return [...rows];
  });
}

/** What the actor may use today, in short: for each agreement that lets them see anything, its cells for their roles. */
export function listUsable(ctx: ActorCtx): Promise<UsableAgreement[]> {
  requireRight(ctx, "agreement.use", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const groups: readonly Group[] = GROUPS.filter((group) => ctx.actor.roles.includes(group));
    const parties = await readParties(ctx);
    const receives = new Set(
      parties
        .filter((party) => party.receives && party.organisationId === ctx.actor.organisationId)
        .map((party) => `${party.agreementId}/${party.version}`),
    );
    return (await readVersions(ctx, null))
      .filter((row) => letsSee(standingOf(row, row.today)) && receives.has(`${row.id}/${row.version}`))
      .map((row) => ({
        ...{ id: row.id, version: row.version, title: row.terms.title, purposes: row.purposes },
        cells: cellsFor(row.terms, groups),
        endsOn: row.lastDay ?? row.endsOn,
      }))
      .filter(({ cells }) => cells.length > 0);
  });
}

const cellsFor = (
  { cells }: Terms,
  groups: readonly Group[],
): { place: Place; detail: Detail; group: Group }[] =>
  cells
    .filter(({ group }) => groups.includes(group))
    .map(({ place, detail, group }) => ({ place, detail, group }));

const recordStep = (ctx: TxCtx, action: string, id: string, version: number) =>
  record(ctx, action, { subjects: [{ kind: "agreement", id }], detail: { version } });

/** Tells a step that was not taken in words. */
function refuseUnless(outcome: string | undefined, expected: readonly string[]): void {
  if (outcome !== undefined && expected.includes(outcome)) return;
  if (outcome === "moved-on") {
    throw new Conflict("This agreement has moved on. Open it again to see where it stands.");
  }
  throw new NotFound("This agreement");
}
