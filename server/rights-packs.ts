/**
 * The copy of what is held about a person: read by the walk of `subject-pack.ts`, every text in free words read by an
 * officer first, then sealed, handed out for a week after the second step was asked for again, and destroyed.
 */

import { z } from "zod";
import type { Sql } from "../db/client";
import { inOrganisation } from "./acting";
import { record } from "./audit";
import { type ActorCtx, byItselfIn, inTransaction, requireRight, type TxCtx, withPurpose } from "./context";
import { Conflict, Invalid, NotFound } from "./domain/errors";
import { type Pack, type WordsAt, wordsIn } from "./domain/rights/pack";
import { addressOf, type DecideWords, type Decision, redacted } from "./domain/rights/redaction";
import { REGISTER } from "./domain/rights/register";
import { fingerprint, isFingerprintOf, openBytes, sealBytes } from "./identity-vault";
import { uuidv7 } from "./ids";
import { destroyPacks } from "./rights-people";
import { peopleOf, readRequest, recordStep } from "./rights-requests";
import { onOpenRequest } from "./rights-steps";
import { sha256Of } from "./sha256";
import { requireStepUp } from "./step-up";
import { packFor } from "./subject-pack";
import { takeTurn } from "./throttle";

/** For how long a pack can be handed out. */
const PACK_DAYS = 7;

/** One text that waits to be read, or was. */
export interface QueuedWords {
  place: string;
  key: string;
  column: string;
  /** Whose words: "Contacts with you". */
  title: string;
  text: string;
  /** Names this very text: a decision carries it back. */
  mark: string;
  decision: Decision | null;
}

export interface PackState {
  queue: readonly QueuedWords[];
  /** How many rows the pack would hold, by heading. */
  contents: readonly { title: string; count: number }[];
  ready: { id: string; madeAt: Date; expiresAt: Date; takenAt: Date | null; sha256: string } | null;
  /** Workers and managers, one of whom says that words would harm. */
  professionals: readonly { id: string; name: string }[];
}

interface DecisionRow extends Decision {
  place: string;
  rowKey: string;
  columnName: string;
  textHash: Buffer;
}

/** What was decided of these very words of a pack, or null. */
async function decisionsOf(
  { db, actor: { organisationId } }: TxCtx,
  requestId: string,
): Promise<(words: WordsAt) => Decision | null> {
  const rows = await db<DecisionRow[]>`
    select place, row_key, column_name, text_hash, decision, passages, because from governance.redaction
    where organisation_id = ${organisationId} and request_id = ${requestId}`;
  const byAddress = new Map(
    rows.map((row) => [addressOf({ place: row.place, key: row.rowKey, column: row.columnName }), row]),
  );
  return (words) => {
    const row = byAddress.get(addressOf(words));
    return row && isFingerprintOf(row.textHash, organisationId, words.text)
      ? { decision: row.decision, passages: row.passages, because: row.because }
      : null;
  };
}

/** What the pack of a request would hold, and its texts: those that nobody has decided about first. */
export function getPackState(ctx: ActorCtx, id: string): Promise<PackState> {
  requireRight(ctx, "rights.manage", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const { organisationId } = actor;
    await requireIdentified(ctx, id);
    const pack = await packFor(ctx, await peopleOf(ctx, id));
    const decided = await decisionsOf(ctx, id);
    const queue = wordsIn(pack).map((words): QueuedWords => {
      const line = REGISTER[words.place];
      return {
        ...words,
        title: line?.about === "person" ? line.title : words.place,
        mark: fingerprint(organisationId, words.text).toString("hex"),
        decision: decided(words),
      };
    });
    const [ready] = await db<NonNullable<PackState["ready"]>[]>`
      select id, made_at, expires_at, taken_at, sha256 from governance.rights_pack
      where organisation_id = ${organisationId} and request_id = ${id} and contents is not null
        and expires_at > now()
      order by made_at desc limit 1`;
    const professionals = await db<{ id: string; name: string }[]>`
      select m.id, a.name from casework.member as m join casework.account as a on a.id = m.account_id
      where m.organisation_id = ${organisationId} and m.ended_at is null
        and m.roles && array['caseworker', 'manager'] and m.id <> ${actor.memberId}
      order by a.name`;
    await recordStep(ctx, "rights.read-words", id, { texts: queue.length });
    return {
      queue: [...queue.filter(({ decision }) => !decision), ...queue.filter(({ decision }) => decision)],
      contents: pack.held.flatMap(({ title, count }) => (count > 0 ? [{ title, count }] : [])),
      ready: ready ?? null,
      professionals: [...professionals],
    };
  });
}

async function requireIdentified(ctx: TxCtx, id: string): Promise<void> {
  const request = await readRequest(ctx, id);
  if (request.kind !== "access") throw new Conflict("This request asks for no copy.");
  if (request.identityOn === null) throw new Conflict("Check first who asks.");
  if (request.people.length === 0) throw new Conflict("Find first whose record it is.");
}

/** Keeps what an officer decided of a text. Throws Conflict when the text has changed since they read it. */
export function decideWords(ctx: ActorCtx, given: DecideWords): Promise<{ left: number }> {
  let left = 0;
  return onOpenRequest(ctx, given.id, "rights.decide-words", async (ctx) => {
    const { db, actor } = ctx;
    const { organisationId, memberId } = actor;
    await requireIdentified(ctx, given.id);
    const texts = wordsIn(await packFor(ctx, await peopleOf(ctx, given.id)));
    const text = texts.find((words) => addressOf(words) === addressOf(given));
    if (!text) throw new NotFound("This text");
    if (!isFingerprintOf(Buffer.from(given.mark, "hex"), organisationId, text.text)) {
      throw new Conflict("This text has changed since you read it. Read it again.");
    }
    const because = given.decision === "release" ? null : given.because;
    const harmBy = given.decision === "release" || because !== "harm" ? null : given.professionalId;
    if (because === "harm" && harmBy === null) {
      throw new Invalid("Say which professional judged that it would harm.", {
        professionalId: "Choose who said so: you cannot judge this yourself.",
      });
    }
    if (harmBy !== null) {
      const [member] = await db`
        select from casework.member where organisation_id = ${organisationId} and id = ${harmBy}
          and id <> ${memberId} and roles && array['caseworker', 'manager']`;
      if (!member) throw new NotFound("This professional");
    }
    const passages = given.decision === "black-out" ? given.passages.map(([from, to]) => [from, to]) : [];
    await db`
      insert into governance.redaction
        (organisation_id, request_id, place, row_key, column_name, text_hash, decision, passages, because, harm_by,
         decided_by)
      values (${organisationId}, ${given.id}, ${given.place}, ${given.key}, ${given.column},
              ${fingerprint(organisationId, text.text)}, ${given.decision}, ${db.json(passages)}, ${because},
              ${harmBy}, ${memberId})
      on conflict (organisation_id, request_id, place, row_key, column_name) do update
      set text_hash = excluded.text_hash, decision = excluded.decision, passages = excluded.passages,
          because = excluded.because, harm_by = excluded.harm_by, decided_by = excluded.decided_by,
          decided_at = now()`;
    const decided = await decisionsOf(ctx, given.id);
    left = texts.filter((words) => decided(words) === null).length;
    return { decision: given.decision, because };
  }).then(() => ({ left }));
}

/** Makes and seals the pack. Throws Conflict while a text has not been decided about. */
export function finishPack(ctx: ActorCtx, id: string): Promise<{ packId: string; expiresAt: Date }> {
  let made = { packId: "", expiresAt: new Date(0) };
  return onOpenRequest(ctx, id, "rights.make-pack", async (ctx) => {
    const { db, actor } = ctx;
    const { organisationId, memberId } = actor;
    await requireIdentified(ctx, id);
    const outcome = redacted(await packFor(ctx, await peopleOf(ctx, id)), await decisionsOf(ctx, id));
    if ("undecided" in outcome) {
      throw new Conflict(
        `Read ${outcome.undecided.length === 1 ? "one text" : `${outcome.undecided.length} texts`} first: they may name other people.`,
      );
    }
    const packId = uuidv7();
    const bytes = Buffer.from(JSON.stringify(outcome.pack));
    const sha256 = sha256Of(bytes);
    await destroyPacks(ctx, id);
    const [row] = await db<{ expiresAt: Date }[]>`
      insert into governance.rights_pack (organisation_id, id, request_id, contents, sha256, made_by, expires_at)
      values (${organisationId}, ${packId}, ${id},
              ${sealBytes("rights_pack.contents", { organisationId, id: packId }, bytes)}, ${sha256}, ${memberId},
              now() + ${PACK_DAYS} * interval '1 day')
      returning expires_at`;
    if (!row) throw new Error("The copy was not kept");
    made = { packId, expiresAt: row.expiresAt };
    return { sha256 };
  }).then(() => made);
}

/** Files of copies that one officer takes in an hour: enough for a day's post, none to empty the cupboard with. */
const MOST_TAKEN = 60;
const TAKEN_WITHIN_MINUTES = 60;

const keptPack = z.object({ asOf: z.coerce.date() }).loose();

/** The pack of a request as it was sealed, for handing out. Asks for the second step again; each time is recorded. */
export async function takePack(ctx: ActorCtx, id: string): Promise<Pack> {
  requireRight(ctx, "rights.manage", ctx.actor.organisationId);
  await requireStepUp(ctx);
  return inTransaction(ctx, async (ctx) => {
    const { db, actor } = ctx;
    const { organisationId, memberId } = actor;
    const mayTake = await withPurpose(ctx, "sign-in", () =>
      takeTurn(db, ["copies of records", memberId], MOST_TAKEN, TAKEN_WITHIN_MINUTES),
    );
    if (!mayTake) throw new Conflict("Many copies were taken just now. Wait an hour, then try again.");
    const [row] = await db<{ id: string; contents: Buffer; sha256: string }[]>`
      update governance.rights_pack set taken_at = now()
      where organisation_id = ${organisationId} and id = (
        select k.id from governance.rights_pack as k
        where k.organisation_id = ${organisationId} and k.request_id = ${id} and k.contents is not null
          and k.expires_at > now()
        order by k.made_at desc limit 1)
      returning id, contents, sha256`;
    if (!row) throw new NotFound("This copy");
    const bytes = openBytes("rights_pack.contents", { organisationId, id: row.id }, row.contents);
    await recordStep(ctx, "rights.take-pack", id, { sha256: row.sha256 });
    return revived(JSON.parse(bytes.toString("utf8")));
  });
}

/** Instants are text in a sealed pack. */
function revived(kept: Pack): Pack {
  return {
    ...kept,
    asOf: keptPack.parse(kept).asOf,
    looks: kept.looks.map((look) => ({ ...look, at: new Date(look.at) })),
    shares: kept.shares.map((share) => ({ ...share, at: new Date(share.at) })),
  };
}

/** Destroys packs whose week is over, of every organisation; gives how many. The worker comes round for it. */
export async function destroyOldPacks(app: Sql): Promise<number> {
  const organisations = await app.begin(async (db) => {
    await db`select set_config('app.purpose', 'operator', true)`;
    return db<{ id: number }[]>`select id from casework.organisation order by id`;
  });
  let destroyed = 0;
  for (const { id } of organisations) {
    destroyed += await inOrganisation(app, id, async (db) => {
      const gone = await db<{ requestId: string }[]>`
        update governance.rights_pack set contents = null, destroyed_at = now()
        where organisation_id = ${id} and destroyed_at is null and expires_at <= now()
        returning request_id`;
      if (gone.length > 0) {
        await record(byItselfIn(db), "rights.destroy-pack", {
          organisationId: id,
          subjects: gone.map(({ requestId }) => ({ kind: "rights-request", id: requestId })),
        });
      }
      return gone.length;
    });
  }
  return destroyed;
}
