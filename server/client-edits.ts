/**
 * How the profile of a client is changed. Each change carries the value it began from, so that two who change one
 * person without seeing each other's lose nothing: what still fits is written with all that follows from it (indexes,
 * search tokens, linking, counting), and where it no longer fits both values wait for a person to choose.
 * Contacts that are stored keep the place they were accepted with.
 */

import { record } from "./audit";
import { type ClientRow, openClient, rewriteClient } from "./client-rows";
import { isDemo } from "./clock";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import type { Place } from "./domain/client";
import { readNewClient } from "./domain/contact";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import { type IdentifierKind, type IdentifierRules, readIdentifier } from "./domain/identifiers";
import { type Day, dayOf } from "./domain/period";
import {
  type EditAnswer,
  type EditClient,
  type EditOutcome,
  isIdentifierField,
  outcomeOf,
  PROFILE_FIELDS,
  type Profile,
  type ProfileChoice,
  type ProfileEdit,
  type ProfileField,
  type ProfileValue,
  profileWith,
  type SettleConflict,
  type ShownConflict,
  sameValue,
  valuesIn,
  valueText,
} from "./domain/profile-edit";
import { fingerprint, isFingerprintOf, open, seal } from "./identity-vault";
import { uuidv7 } from "./ids";
import { placesOf } from "./places";

/** A profile as it stands, held until the transaction ends. */
interface Standing extends Profile {
  version: number;
}

/**
 * Makes the changes that still fit and keeps the others beside what stands. Sent again it answers the same and
 * changes nothing. Throws Invalid for a value that cannot be right, NotFound for a client that is not the
 * organisation's, Conflict for an id under which something else was sent.
 */
export function editClient(ctx: ActorCtx, edit: EditClient): Promise<EditAnswer> {
  requireRight(ctx, "client.edit", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const { id, editId } = edit;
    const standing = await holdProfile(ctx, id);
    const today = dayOf(await now(ctx));
    const content = JSON.stringify([id, edit.changes.map(({ field, from, to }) => [field, from, to])]);
    const before = await findEdit(ctx, editId, content);
    if (before) return answer(ctx, editId, before, standing, today);

    const rules = { currentYear: Number(today.slice(0, 4)), testRanges: await isDemo(ctx.db) };
    const changes = edit.changes.map((change) => readChange(change, rules));
    const decided = changes.map((change) => ({
      change,
      outcome: outcomeOf(change, valuesIn(standing, change.field)),
    }));
    const applied = decided.filter(({ outcome }) => outcome === "applied").map(({ change }) => change);
    const after = applied.reduce(profileWith, standing);
    refuseWrong(changes, after, { today, identifierRules: rules });

    const outcomes = decided.map(({ change: { field }, outcome }) => ({ field, outcome }));
    if (applied.length > 0) await write(ctx, id, after, applied);
    await keepBoth(
      ctx,
      edit,
      decided.filter(({ outcome }) => outcome === "conflict").map(({ change }) => change),
      standing,
    );
    await ctx.db`
      insert into identity.profile_edit (organisation_id, id, client_id, made_by, outcomes, content_hash)
      values (${organisationId}, ${editId}, ${id}, ${memberId},
              ${ctx.db.json(Object.fromEntries(outcomes.map(({ field, outcome }) => [field, outcome])))},
              ${fingerprint(organisationId, content)})`;
    await record(ctx, "client.edit", {
      subjects: [{ kind: "client", id }],
      detail: {
        fields: outcomes.map(({ field }) => field),
        conflicts: outcomes.filter(({ outcome }) => outcome === "conflict").length,
      },
    });
    const version = standing.version + (applied.length > 0 ? 1 : 0);
    return answer(ctx, editId, outcomes, { ...after, version }, today);
  });
}

/** Every pair of values that waits for a choice, or those of one client; the oldest first. */
export function listConflicts(
  ctx: ActorCtx,
  { clientId }: { clientId: string | null },
): Promise<ShownConflict[]> {
  requireRight(ctx, "client.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const conflicts = await readConflicts(ctx, clientId);
    const clients = [...new Set(conflicts.map((conflict) => conflict.clientId))];
    await record(ctx, "client.conflicts", { subjects: clients.map((id) => ({ kind: "client", id })) });
    return conflicts;
  });
}

/**
 * Ends a conflict by a person's choice. Chosen twice alike it is settled once. Throws Conflict when somebody chose
 * otherwise meanwhile.
 */
export function settleConflict(
  ctx: ActorCtx,
  { conflictId, choose }: SettleConflict,
): Promise<{ outcome: "settled" | "already-settled" }> {
  requireRight(ctx, "client.edit", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    const find = () => ctx.db<ConflictRow[]>`
      select id, client_id, field, words, choice
      from identity.profile_conflict where organisation_id = ${organisationId} and id = ${conflictId}`;
    const [about] = await find();
    if (!about) throw new NotFound("This pair of values");
    const standing = await holdProfile(ctx, about.clientId);
    // Read again now that nobody else can change it.
    const [conflict] = await find();
    if (!conflict || conflict.choice === "replaced") throw new NotFound("This pair of values");
    if (conflict.choice === choose) return { outcome: "already-settled" };
    if (conflict.choice)
      throw new Conflict("Somebody has chosen already. Open the record to see what stands.");
    if (choose === "proposed") {
      const today = dayOf(await now(ctx));
      const rules = { currentYear: Number(today.slice(0, 4)), testRanges: await isDemo(ctx.db) };
      const chosen: ProfileChoice = {
        field: conflict.field,
        from: "all",
        to: openProposed(organisationId, conflict),
      };
      const after = profileWith(standing, chosen);
      refuseWrong([chosen], after, { today, identifierRules: rules });
      await write(ctx, conflict.clientId, after, [chosen]);
    }
    await settle(ctx, [conflictId], choose);
    await record(ctx, "client.settle", {
      subjects: [{ kind: "client", id: conflict.clientId }],
      detail: { field: conflict.field, chosen: choose },
    });
    return { outcome: "settled" };
  });
}

/** Pairs of values that wait for a choice, inside the caller's transaction and without an audit entry. */
export async function readConflicts(ctx: TxCtx, clientId: string | null): Promise<ShownConflict[]> {
  const { db, actor } = ctx;
  const { organisationId } = actor;
  const rows = await db<OpenConflictRow[]>`
    select f.id, f.client_id, f.field, f.words, f.choice, f.proposed_at, a.name as proposed_by,
           last.made_at as kept_at, last.name as kept_by
    from identity.profile_conflict as f
    left join casework.member as m on m.organisation_id = f.organisation_id and m.id = f.proposed_by
    left join casework.account as a on a.id = m.account_id
    left join lateral (
      select e.made_at, ea.name
      from identity.profile_edit as e
      left join casework.member as em on em.organisation_id = e.organisation_id and em.id = e.made_by
      left join casework.account as ea on ea.id = em.account_id
      where e.organisation_id = f.organisation_id and e.client_id = f.client_id
        and e.outcomes ->> f.field = 'applied'
      order by e.number desc limit 1
    ) as last on true
    where f.organisation_id = ${organisationId} and f.choice is null
      ${clientId === null ? db`` : db`and f.client_id = ${clientId}`}
    order by f.proposed_at, f.id
    limit ${MOST_CONFLICTS}`;
  const profiles = new Map<string, Profile>();
  for (const id of new Set(rows.map((row) => row.clientId)))
    profiles.set(id, await readProfile(ctx, id, false));
  return rows.flatMap((row): ShownConflict[] => {
    const profile = profiles.get(row.clientId);
    if (!profile) return [];
    const { id, field, proposedAt, proposedBy, keptAt, keptBy } = row;
    const { givenName, familyName } = profile.details;
    return [
      {
        id,
        clientId: row.clientId,
        givenName,
        familyName,
        field,
        kept: valuesIn(profile, field)[0] ?? null,
        keptBy,
        keptAt,
        proposed: openProposed(organisationId, row),
        proposedBy,
        proposedAt,
      },
    ];
  });
}

/** More than anybody settles in a sitting. */
const MOST_CONFLICTS = 100;

interface OpenConflictRow extends ConflictRow {
  proposedAt: Date;
  proposedBy: string | null;
  keptAt: Date | null;
  keptBy: string | null;
}

/** The profile of a client who is known by name, held against everybody else who would change it. */
const holdProfile = (ctx: TxCtx, id: string): Promise<Standing> => readProfile(ctx, id, true);

async function readProfile(
  { db, actor: { organisationId } }: TxCtx,
  id: string,
  held: boolean,
): Promise<Standing> {
  const [row] = await db<(ClientRow & { version: number })[]>`
    select c.id, c.anonymous, c.reference, c.closed_on, i.given_name, i.family_name, i.date_of_birth, i.sex,
           i.postcode, i.phone, i.email, i.version
    from identity.client_identity as i
    join casework.client as c on c.organisation_id = i.organisation_id and c.id = i.client_id
    where i.organisation_id = ${organisationId} and i.client_id = ${id}
    ${held ? db`for update of i` : db``}`;
  if (!row) throw new NotFound("This person");
  const rows = await db<{ kind: IdentifierKind; value: Buffer }[]>`
    select kind, value from identity.client_identifier
    where organisation_id = ${organisationId} and client_id = ${id}
    order by added_at, kind`;
  const identifiers = rows.map(({ kind, value }) => ({
    kind,
    value: open(`client_identifier.${kind}`, { organisationId, id }, value),
  }));
  const { givenName, familyName, dateOfBirth, place, sex, phone, email, reference } = openClient(
    organisationId,
    row,
  );
  return {
    details: { givenName, familyName, dateOfBirth, place, sex, phone, email, reference },
    identifiers,
    version: row.version,
  };
}

async function findEdit(
  { db, actor: { organisationId } }: TxCtx,
  editId: string,
  content: string,
): Promise<EditAnswer["fields"] | null> {
  const [before] = await db<{ outcomes: Record<ProfileField, EditOutcome>; contentHash: Buffer }[]>`
    select outcomes, content_hash from identity.profile_edit
    where organisation_id = ${organisationId} and id = ${editId}`;
  if (!before) return null;
  if (!isFingerprintOf(before.contentHash, organisationId, content)) {
    throw new Conflict("Another change was sent under this id. Make yours again.");
  }
  return fieldsOf(before.outcomes);
}

const fieldsOf = (outcomes: Readonly<Partial<Record<ProfileField, EditOutcome>>>): EditAnswer["fields"] =>
  PROFILE_FIELDS.flatMap((field) => {
    const outcome = outcomes[field];
    return outcome ? [{ field, outcome }] : [];
  });

async function answer(
  { db }: TxCtx,
  editId: string,
  fields: EditAnswer["fields"],
  { details: { place }, version }: Standing,
  today: Day,
): Promise<EditAnswer> {
  return { editId, fields, version, placeNote: await placeNoteOf(db, place, today) };
}

/** Why a recorded postcode has no place on the map; null when it has one, or when there is none. */
export async function placeNoteOf(db: TxCtx["db"], place: Place, today: Day): Promise<string | null> {
  if (place.kind !== "postcode") return null;
  const [found] = await placesOf(db, [{ postcode: place.postcode, occurredOn: today }]);
  return found?.note ?? null;
}

/** Brings an identifier to its canonical text. Throws Invalid for one that cannot be right. */
function readChange({ field, from, to }: ProfileEdit, rules: IdentifierRules): ProfileEdit {
  if (!isIdentifierField(field)) return { field, from, to };
  const before = valueText(from);
  const known = before === "" ? null : readIdentifier(field, before, rules);
  const after = valueText(to);
  const read = after === "" ? null : readIdentifier(field, after, rules);
  if (read && "problem" in read) throw new Invalid(read.problem, { [field]: read.problem });
  return { field, from: known && "value" in known ? known.value : from, to: read?.value ?? null };
}

/** Refuses what no profile can say: whatever becomes of it, it would have to be mended. */
function refuseWrong(
  changes: readonly ProfileChoice[],
  { details, identifiers }: Profile,
  known: { today: Day; identifierRules: IdentifierRules },
): void {
  const born = changes.find(({ field }) => field === "dateOfBirth");
  const read = born && readNewClient({ dateOfBirth: valueText(born.to) || null, identifiers: [] }, known);
  if (read && "refusal" in read) {
    throw new Invalid(read.refusal.reason, { dateOfBirth: read.refusal.reason });
  }
  if (details.givenName === "" && details.familyName === "") {
    const reason = "Enter a given name or a family name.";
    throw new Invalid(reason, { familyName: reason });
  }
  if (identifiers.length > MOST_IDENTIFIERS) {
    throw new Invalid(`Keep at most ${MOST_IDENTIFIERS} numbers.`);
  }
}

const MOST_IDENTIFIERS = 10;

/**
 * Writes the profile as it stands after some changes. A value that waited beside another and stands now is no longer a
 * question.
 */
async function write(
  ctx: TxCtx,
  id: string,
  { details, identifiers }: Profile,
  applied: readonly ProfileChoice[],
): Promise<void> {
  const { organisationId, memberId } = ctx.actor;
  await rewriteClient({ db: ctx.db, organisationId, memberId }, id, details, identifiers);
  const open = await openConflictsOf(ctx, id);
  const answered = open.filter(({ field, proposed }) =>
    applied.some((change) => change.field === field && sameValue(change.to, proposed)),
  );
  await settle(
    ctx,
    answered.map((conflict) => conflict.id),
    "proposed",
  );
}

/**
 * Keeps the values that found another in their place. One that goes on from a value that its maker proposed before
 * takes that one's place: it is the same person's later word.
 */
async function keepBoth(
  ctx: TxCtx,
  { id: clientId, editId }: EditClient,
  changes: readonly ProfileEdit[],
  standing: Profile,
): Promise<void> {
  if (changes.length === 0) return;
  const { db, actor } = ctx;
  const { organisationId, memberId } = actor;
  const waiting = await openConflictsOf(ctx, clientId);
  const replaced = waiting.filter(
    (conflict) =>
      conflict.proposedById === memberId &&
      changes.some(({ field, from }) => field === conflict.field && sameValue(from, conflict.proposed)),
  );
  await settle(
    ctx,
    replaced.map(({ id }) => id),
    "replaced",
  );
  for (const { field, to } of changes) {
    if (waiting.some((conflict) => conflict.field === field && sameValue(conflict.proposed, to))) continue;
    const id = uuidv7();
    const words = JSON.stringify({ kept: valuesIn(standing, field), proposed: to } satisfies Words);
    await db`
      insert into identity.profile_conflict
        (organisation_id, id, client_id, edit_id, field, words, proposed_by)
      values (${organisationId}, ${id}, ${clientId}, ${editId}, ${field},
              ${seal("profile_conflict.words", { organisationId, id }, words)}, ${memberId})`;
  }
}

/** What is sealed of a conflict: what stood there, and what came. */
interface Words {
  kept: readonly ProfileValue[];
  proposed: ProfileValue;
}

interface ConflictRow {
  id: string;
  clientId: string;
  field: ProfileField;
  words: Buffer;
  choice: "kept" | "proposed" | "replaced" | null;
}

function openProposed(
  organisationId: number,
  { id, words }: Pick<ConflictRow, "id" | "words">,
): ProfileValue {
  const opened: Words = JSON.parse(open("profile_conflict.words", { organisationId, id }, words));
  return opened.proposed;
}

async function openConflictsOf({ db, actor: { organisationId } }: TxCtx, clientId: string) {
  const rows = await db<(ConflictRow & { proposedById: string })[]>`
    select id, client_id, field, words, choice, proposed_by as proposed_by_id
    from identity.profile_conflict
    where organisation_id = ${organisationId} and client_id = ${clientId} and choice is null`;
  return rows.map((row) => ({ ...row, proposed: openProposed(organisationId, row) }));
}

async function settle(
  { db, actor: { organisationId, memberId } }: TxCtx,
  ids: readonly string[],
  choice: "kept" | "proposed" | "replaced",
): Promise<void> {
  if (ids.length === 0) return;
  await db`
    update identity.profile_conflict
    set choice = ${choice}, settled_by = ${memberId}, settled_at = now()
    where organisation_id = ${organisationId} and id = any (${[...ids]}::uuid[])`;
}
