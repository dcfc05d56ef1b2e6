/**
 * The page that somebody opens on their own record with a code and their date of birth. Nobody is signed in: each call
 * brings both again, is counted against guessing, and acts for the one organisation that gave the code. A wrong code and
 * a wrong date are answered with the same words after the same time.
 */

import { setTimeout as sleep } from "node:timers/promises";
import type { Tx } from "../db/client";
import { actFor } from "./acting";
import { record, type Subject } from "./audit";
import { ARRAY_OF } from "./client-rows";
import { type Ctx, inTransaction, now, type TxCtx } from "./context";
import { Conflict } from "./domain/errors";
import type { Against } from "./domain/objection";
import { dayOf } from "./domain/period";
import type { ResidentAsk, ResidentKey } from "./domain/resident-code";
import type { ResidentRecord } from "./domain/resident-record";
import { indexesUnderEveryKey, seal, sealIfAny } from "./identity-vault";
import { endObjection, writeObjection } from "./objections";
import { readResidentRecord } from "./resident-record";
import { takenBackIn } from "./sharing-end";
import { forgiveAttempts, slowDown, takeAttempt } from "./throttle";

/** How long each answer to a refused code takes at least, in milliseconds: longer than any way to it. */
export const REFUSED_AFTER_MS = 400;

/** code: it is none, it has ended, or the date of birth is another. busy: too many tries. */
export type ByCode = { ok: true; record: ResidentRecord } | { ok: false; reason: "code" | "busy" };

/** Opens the page. */
export function openOwnRecord(ctx: Ctx, key: ResidentKey): Promise<ByCode> {
  return byCode(ctx, key, "resident.open", async () => []);
}

/** Objects on their own page. Sent twice under one id it is made once. */
export function objectByCode(
  ctx: Ctx,
  { key, id, against }: { key: ResidentKey; id: string; against: Against },
): Promise<ByCode> {
  return byCode(ctx, key, "resident.object", async (db, { organisationId, clientId }) =>
    takenBackIn(await writeObjection(db, { organisationId, clientId, id, against, madeBy: null })),
  );
}

/** Takes an objection back on their own page. */
export function takeBackByCode(ctx: Ctx, { key, id }: { key: ResidentKey; id: string }): Promise<ByCode> {
  return byCode(ctx, key, "resident.take-back", async (db, { organisationId, clientId }) => {
    await endObjection(db, { organisationId, clientId, id, takenBackBy: null });
    return [];
  });
}

/** Asks for a copy, or for something to be put right: a request with its clock, which an officer answers. */
export function askByCode(ctx: Ctx, { key, id, kind, words }: ResidentAsk): Promise<ByCode> {
  return byCode(ctx, key, "resident.ask", async (db, { organisationId, clientId }) => {
    const today = dayOf(await now({ ...ctx, db }));
    await requireFewAsks(db, { organisationId, clientId }, { id, kind, today });
    const row = { organisationId, id };
    const [added] = await db`
      insert into governance.rights_request
        (organisation_id, id, kind, received_on, way, asker_kind, asker, words)
      values (${organisationId}, ${id}, ${kind}, ${today}, 'own-page', 'self',
              ${seal("rights_request.asker", row, "They asked on their own page, by the code that we gave them.")},
              ${sealIfAny("rights_request.words", row, words === "" ? null : words)})
      on conflict do nothing returning id`;
    if (!added) return [];
    await db`
      insert into governance.rights_person (organisation_id, request_id, client_id)
      values (${organisationId}, ${id}, ${clientId})`;
    return [];
  });
}

/** Requests of one kind that may stand open at once, asked on one person's own page; and of any kind in a day. */
export const MOST_STANDING = 3;
export const MOST_ASKED_A_DAY = 10;

/** Throws Conflict when enough is asked already. What is sent again under its id is no new request. */
async function requireFewAsks(
  db: Tx,
  { organisationId, clientId }: Whose,
  { id, kind, today }: { id: string; kind: ResidentAsk["kind"]; today: string },
): Promise<void> {
  // One after the other, so that what is sent at the same moment counts too.
  await db`select pg_advisory_xact_lock(hashtextextended(${`resident asks ${organisationId} ${clientId}`}, 0))`;
  const [asked] = await db<{ standing: number; today: number }[]>`
    select count(*) filter (where r.kind = ${kind} and r.state = 'open')::int as standing,
           count(*) filter (where r.received_on = ${today})::int as today
    from governance.rights_request as r
    join governance.rights_person as p on p.organisation_id = r.organisation_id and p.request_id = r.id
    where r.organisation_id = ${organisationId} and p.client_id = ${clientId} and r.way = 'own-page'
      and r.id <> ${id}`;
  if (asked && asked.standing >= MOST_STANDING) {
    throw new Conflict("You have asked for this already, and it will be answered. Ring us to add to it.");
  }
  if (asked && asked.today >= MOST_ASKED_A_DAY) {
    throw new Conflict("You have asked as often as we can take in one day. Try again tomorrow, or ring us.");
  }
}

interface Whose {
  organisationId: number;
  clientId: string;
}

/** Does the work for whoever holds a code. What the work gives stands in its audit entry beside the person. */
async function byCode(
  ctx: Ctx,
  { code, dateOfBirth }: ResidentKey,
  action: string,
  work: (db: Tx, whose: Whose) => Promise<readonly Subject[]>,
): Promise<ByCode> {
  // Whoever holds a code is nobody here, even when they are signed in.
  const stranger: Ctx = { ...ctx, actor: null };
  const began = performance.now();
  const attempt = { account: `resident code ${code}`, address: ctx.caller.address };
  const { allowed, delayMs } = await inTransaction(stranger, ({ db }) => takeAttempt(db, attempt), "sign-in");
  await slowDown(delayMs);
  const opened = allowed ? await inTransaction(stranger, open) : null;
  if (opened === null) {
    await inTransaction(stranger, (tx) => record(tx, "resident.refuse", { subjects: [] }), "sign-in");
    await sleep(Math.max(0, REFUSED_AFTER_MS + delayMs - (performance.now() - began)));
    return { ok: false, reason: allowed ? "code" : "busy" };
  }
  await inTransaction(stranger, ({ db }) => forgiveAttempts(db, attempt), "sign-in");
  return { ok: true, record: opened };

  async function open(tx: TxCtx<Ctx>): Promise<ResidentRecord | null> {
    const bytes = (values: readonly Buffer[]) => tx.db.array([...values], ARRAY_OF.bytes);
    const [found] = await tx.db<(Whose & { expiresAt: Date })[]>`
      select organisation_id, client_id, expires_at
      from governance.client_of_code(${bytes(indexesUnderEveryKey("resident-code", code))}::bytea[],
                                     ${bytes(indexesUnderEveryKey("date-of-birth", dateOfBirth))}::bytea[])`;
    if (!found) return null;
    const { organisationId, clientId } = found;
    await actFor(tx.db, organisationId);
    const touched = await work(tx.db, found);
    await record(tx, action, { subjects: [{ kind: "client", id: clientId }, ...touched], organisationId });
    return readResidentRecord(tx, found);
  }
}
