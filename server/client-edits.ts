/**
 * How the profile of a client is changed. Each change carries the value it began from, so that two who change one
 * person without seeing each other's lose nothing: what still fits is written with all that follows from it (indexes,
 * search tokens, linking, counting), and where it no longer fits both values wait for a person to choose.
 * Contacts that are stored keep the place they were accepted with.
 */

import { record } from "./audit";
import { rewriteClient } from "./client-rows";
import { isDemo } from "./clock";
import { type ActorCtx, inTransaction, now, requireRight, type TxCtx } from "./context";
import type { Place } from "./domain/client";
import { emailProblem, phoneProblem } from "./domain/client-terms";
import { readNewClient } from "./domain/contact";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import { type IdentifierRules, readIdentifier } from "./domain/identifiers";
import { type Day, dayOf } from "./domain/period";
import {
  type EditClient,
  isIdentifierField,
  outcomeOf,
  type Profile,
  type ProfileChoice,
  type ProfileEdit,
  profileWith,
  type SettleConflict,
  valuesIn,
} from "./domain/profile-edit";
import {
  type EditAnswer,
  type EditOutcome,
  PROFILE_FIELDS,
  type ProfileField,
  valueText,
} from "./domain/profile-terms";
import { fingerprint, isFingerprintOf } from "./identity-vault";
import { placesOf } from "./places";
import { findConflict, keepBoth, settle, settleAnswered } from "./profile-conflicts";
import { holdProfile, type Standing } from "./profile-rows";

/**
 * Makes the changes that still fit and keeps the others beside what stands. Sent again it answers the same and
 * changes nothing. Throws Invalid for a value that cannot be right, NotFound for a client that is not the
 * organisation's, Conflict for an id under which something else was sent.
 */
export function editClient(ctx: ActorCtx, edit: EditClient): Promise<EditAnswer> {
  requireRight(ctx, "client.edit", ctx.actor.organisationId);
  return editProfile(ctx, edit);
}

/** As `editClient`, without a right: for rooms that have one of their own. */
export function editProfile(ctx: ActorCtx | TxCtx, edit: EditClient): Promise<EditAnswer> {
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
      id,
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
    const about = await findConflict(ctx, conflictId);
    if (!about) throw new NotFound("This pair of values");
    const standing = await holdProfile(ctx, about.clientId);
    // Read again now that nobody else can change it.
    const conflict = await findConflict(ctx, conflictId);
    if (!conflict || conflict.choice === "replaced") throw new NotFound("This pair of values");
    if (conflict.choice === choose) return { outcome: "already-settled" };
    if (conflict.choice)
      throw new Conflict("Somebody has chosen already. Open the record to see what stands.");
    if (choose === "proposed") {
      const today = dayOf(await now(ctx));
      const rules = { currentYear: Number(today.slice(0, 4)), testRanges: await isDemo(ctx.db) };
      const chosen: ProfileChoice = { field: conflict.field, from: "all", to: conflict.proposed };
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
async function placeNoteOf(db: TxCtx["db"], place: Place, today: Day): Promise<string | null> {
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
  for (const { field, to } of changes) {
    const problem =
      field === "phone"
        ? phoneProblem(valueText(to))
        : field === "email"
          ? emailProblem(valueText(to))
          : null;
    if (problem) throw new Invalid(problem, { [field]: problem });
    if (field === "address" && valueText(to) !== "" && details.place.kind === "no-fixed-address") {
      const reason = "This person has no fixed address. Enter the postcode of their home first.";
      throw new Invalid(reason, { address: reason });
    }
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
  await settleAnswered(ctx, id, applied);
}
