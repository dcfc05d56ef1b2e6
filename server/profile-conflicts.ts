/**
 * Values that fight: what stands in a profile, and what somebody proposed without having seen it. Both are kept until a
 * person chooses; `client-edits.ts` writes what was chosen. All but the list work inside the caller's transaction.
 */

import { record } from "./audit";
import { type ActorCtx, inTransaction, requireRight, type TxCtx } from "./context";
import { type Profile, type ProfileChoice, type ProfileEdit, valuesIn } from "./domain/profile-edit";
import { type ProfileField, type ProfileValue, type ShownConflict, sameValue } from "./domain/profile-terms";
import { open, seal } from "./identity-vault";
import { uuidv7 } from "./ids";
import { readProfile } from "./profile-rows";

/** Every pair of values that waits for a choice, or those of one client; the oldest first. */
export function listConflicts(
  ctx: ActorCtx,
  { clientId }: { clientId: string | null },
): Promise<ShownConflict[]> {
  requireRight(ctx, "client.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const conflicts = await readConflicts(ctx, clientId === null ? null : [clientId]);
    const clients = [...new Set(conflicts.map((conflict) => conflict.clientId))];
    await record(ctx, "client.conflicts", { subjects: clients.map((id) => ({ kind: "client", id })) });
    return conflicts;
  });
}

/**
 * Pairs of values that wait for a choice, everybody's or those of some clients, the oldest first: inside the caller's
 * transaction and without an audit entry.
 */
export async function readConflicts(
  ctx: TxCtx,
  clientIds: readonly string[] | null,
): Promise<ShownConflict[]> {
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
      ${clientIds === null ? db`` : db`and f.client_id = any (${[...clientIds]}::uuid[])`}
    order by f.proposed_at, f.id
    limit ${MOST_CONFLICTS}`;
  const profiles = new Map<string, Profile>();
  for (const id of new Set(rows.map((row) => row.clientId))) profiles.set(id, await readProfile(ctx, id));
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

/** Ends the pairs that a change has answered: the value that waited is the one that stands now. */
export async function settleAnswered(
  ctx: TxCtx,
  clientId: string,
  applied: readonly ProfileChoice[],
): Promise<void> {
  const open = await openConflictsOf(ctx, clientId);
  const answered = open.filter(({ field, proposed }) =>
    applied.some((change) => change.field === field && sameValue(change.to, proposed)),
  );
  await settle(
    ctx,
    answered.map((conflict) => conflict.id),
    "proposed",
  );
}

/** A pair of values, whether somebody has chosen or not; null when there is none of this id. */
export async function findConflict({ db, actor: { organisationId } }: TxCtx, id: string) {
  const [row] = await db<ConflictRow[]>`
    select id, client_id, field, words, choice
    from identity.profile_conflict where organisation_id = ${organisationId} and id = ${id}`;
  return row ? { ...row, proposed: openProposed(organisationId, row) } : null;
}

/**
 * Keeps the values that found another in their place. One that goes on from a value that its maker proposed before
 * takes that one's place: it is the same person's later word.
 */
export async function keepBoth(
  ctx: TxCtx,
  clientId: string,
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
        (organisation_id, id, client_id, field, words, proposed_by)
      values (${organisationId}, ${id}, ${clientId}, ${field},
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

/** Ends pairs: chosen by a person, answered by a change, or replaced by their maker's later word. */
export async function settle(
  { db, actor: { organisationId } }: TxCtx,
  ids: readonly string[],
  choice: "kept" | "proposed" | "replaced",
): Promise<void> {
  if (ids.length === 0) return;
  await db`
    update identity.profile_conflict
    set choice = ${choice}
    where organisation_id = ${organisationId} and id = any (${[...ids]}::uuid[])`;
}
