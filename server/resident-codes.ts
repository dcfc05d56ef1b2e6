/**
 * Codes to the page of a client's own record, given by a worker: shown once, kept as keyed fingerprints, good for two
 * weeks together with the date of birth, and taken back at a press.
 */

import { randomInt } from "node:crypto";
import { record } from "./audit";
import { type ActorCtx, inTransaction, requireRight, type TxCtx } from "./context";
import { Invalid, NotFound } from "./domain/errors";
import { CODE_DAYS, CODE_SIGNS, codeOf, DRAWN_SIGNS, groupedCode } from "./domain/resident-code";
import { blindIndex } from "./identity-vault";
import { uuidv7 } from "./ids";

/** A code that works, without the code itself. */
export interface ShownCode {
  id: string;
  madeAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
}

/**
 * Makes a code and ends the earlier ones. It is given this once.
 * @throws Invalid when the date of birth is not known: nothing else would keep a found code from opening the page.
 */
export function makeResidentCode(
  ctx: ActorCtx,
  { clientId }: { clientId: string },
): Promise<{ code: string; expiresAt: Date }> {
  requireRight(ctx, "resident-code.make", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    if (!(await hasDateOfBirth(ctx, clientId))) {
      throw new Invalid("Add their date of birth first: they are asked for it together with the code.");
    }
    await endCodes(ctx, clientId);
    const code = codeOf(Array.from({ length: DRAWN_SIGNS }, () => randomInt(CODE_SIGNS.length)));
    const [made] = await ctx.db<{ expiresAt: Date }[]>`
      insert into governance.resident_code (organisation_id, id, client_id, code_hash, made_by, expires_at)
      values (${organisationId}, ${uuidv7()}, ${clientId}, ${blindIndex("resident-code", code)}, ${memberId},
              now() + ${CODE_DAYS} * interval '1 day')
      returning expires_at`;
    if (!made) throw new Error("The code was not kept");
    await record(ctx, "resident-code.make", { subjects: [{ kind: "client", id: clientId }] });
    return { code: groupedCode(code), expiresAt: made.expiresAt };
  });
}

/** The code that works for a client, if there is one. */
export function findResidentCode(
  ctx: ActorCtx,
  { clientId }: { clientId: string },
): Promise<ShownCode | null> {
  requireRight(ctx, "resident-code.make", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    await hasDateOfBirth(ctx, clientId);
    const [code] = await ctx.db<ShownCode[]>`
      select id, made_at, expires_at, used_at from governance.resident_code
      where organisation_id = ${organisationId} and client_id = ${clientId}
        and revoked_at is null and expires_at > now()`;
    await record(ctx, "resident-code.read", { subjects: [{ kind: "client", id: clientId }] });
    return code ?? null;
  });
}

/** Takes the code of a client back: it opens nothing any more. */
export function endResidentCode(ctx: ActorCtx, { clientId }: { clientId: string }): Promise<void> {
  requireRight(ctx, "resident-code.make", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    await hasDateOfBirth(ctx, clientId);
    await endCodes(ctx, clientId);
    await record(ctx, "resident-code.end", { subjects: [{ kind: "client", id: clientId }] });
  });
}

async function endCodes({ db, actor: { organisationId } }: TxCtx, clientId: string): Promise<void> {
  await db`
    update governance.resident_code set revoked_at = now()
    where organisation_id = ${organisationId} and client_id = ${clientId} and revoked_at is null`;
}

/** Whether the date of birth of one of the organisation's named clients is known. Throws NotFound for anybody else. */
async function hasDateOfBirth({ db, actor: { organisationId } }: TxCtx, clientId: string): Promise<boolean> {
  const [client] = await db<{ known: boolean }[]>`
    select i.date_of_birth_index is not null as known
    from casework.client as c
    left join identity.client_identity as i on i.organisation_id = c.organisation_id and i.client_id = c.id
    where c.organisation_id = ${organisationId} and c.id = ${clientId} and not c.anonymous`;
  if (!client) throw new NotFound("This person");
  return client.known;
}
