/**
 * An administrator's side of signing in with one's organisation: which provider it trusts, and who of the provider's
 * people is which member. Both are done by hand; nothing links anybody by itself.
 */

import { type AuditNote, record } from "./audit";
import { type ActorCtx, type Ctx, inTransaction, type TxCtx } from "./context";
import { Invalid, NotFound } from "./domain/errors";
import { LINK_CODE_DAYS, type LinkSubject, linkCodeInGroups, type SaveProvider } from "./domain/sso";
import { seal } from "./identity-vault";
import { uuidv7 } from "./ids";
import { pageAddress } from "./mail";
import { endSessions } from "./sessions";
import { findProvider, type Provider, tryProvider } from "./sso-provider";
import { requireStepUp } from "./step-up";
import { takeTurn } from "./throttle";

/**
 * Where an organisation's provider sends people back to: to be entered there. Each has its own, so that what one
 * provider gave is never handed to another (RFC 9700, 4.4).
 */
export const returnAddress = (organisationId: number) => pageAddress(`/api/sso/callback/${organisationId}`);

/** An organisation with its own sign-in, for the sign-in page. */
export interface OfferedSignIn {
  organisationId: number;
  name: string;
}

/** Organisations whose people sign in at their own provider, by name. Everybody may know. */
export async function listOffered(ctx: Ctx): Promise<OfferedSignIn[]> {
  const rows = await inTransaction(
    ctx,
    ({ db }) => db<OfferedSignIn[]>`
      select o.id as organisation_id, o.name
      from casework.sign_in_provider as p join casework.organisation as o on o.id = p.organisation_id
      where p.is_on order by o.name`,
    "sign-in",
  );
  return [...rows];
}

/** What an administrator sees of an organisation's sign-in. The secret is never shown again. */
export interface SignInSettings {
  organisationId: number;
  organisationName: string;
  returnAddress: string;
  provider: (Omit<Provider, "clientSecret" | "id" | "organisationId"> & { changedAt: Date }) | null;
  /** People of the provider who wait to be linked. */
  waiting: number;
  members: { id: string; name: string; linkedAt: Date | null }[];
}

/** Records what an administrator did, in the audit of the organisation that it concerns, too. */
async function recordFor(
  tx: TxCtx<Ctx>,
  organisationId: number,
  action: string,
  note: AuditNote,
): Promise<void> {
  if (tx.actor?.organisationId === organisationId) return record(tx, action, note);
  if (tx.actor) await record(tx, action, note);
  const detail = { ...note.detail, administrator: true };
  await record({ ...tx, actor: null }, action, { ...note, detail, organisationId });
}

/** Throws NotFound when there is no such organisation. */
export async function readSettings(ctx: ActorCtx, organisationId: number): Promise<SignInSettings> {
  return inTransaction(
    ctx,
    async (tx) => {
      const { db } = tx;
      const [organisation] = await db<{ name: string }[]>`
        select name from casework.organisation where id = ${organisationId}`;
      if (!organisation) throw new NotFound("This organisation");
      const [provider] = await db<NonNullable<SignInSettings["provider"]>[]>`
        select issuer, client_id, scopes, trusts_second_factor, acr_values, is_on, changed_at
        from casework.sign_in_provider where organisation_id = ${organisationId} order by is_on desc, id limit 1`;
      const [waiting] = await db<{ count: number }[]>`
        select count(*)::int from casework.sign_in_subject
        where organisation_id = ${organisationId} and member_id is null
          and code_made_at > now() - ${LINK_CODE_DAYS} * interval '1 day'`;
      const members = await db<SignInSettings["members"][number][]>`
        select m.id, a.name, u.linked_at
        from casework.member as m join casework.account as a on a.id = m.account_id
        left join casework.sign_in_subject as u on u.organisation_id = m.organisation_id and u.member_id = m.id
        where m.organisation_id = ${organisationId} and m.ended_at is null
        order by a.name`;
      await recordFor(tx, organisationId, "sign-in.read", {
        subjects: [{ kind: "organisation", id: String(organisationId) }],
      });
      return {
        organisationId,
        organisationName: organisation.name,
        returnAddress: returnAddress(organisationId),
        provider: provider ?? null,
        waiting: waiting?.count ?? 0,
        members: [...members],
      };
    },
    "administration",
  );
}

/**
 * Keeps an organisation's provider and turns it on, once it has answered. Another issuer or client ID ends every link and
 * every session that came from the old one: its people are not the new one's. Throws NotAllowed without a fresh
 * step-up, Invalid, NotFound.
 */
export async function saveProvider(ctx: ActorCtx, given: SaveProvider): Promise<void> {
  await requireStepUp(ctx);
  const { organisationId } = given;
  const before = await inTransaction(
    ctx,
    async ({ db }) => {
      const [organisation] = await db`select 1 from casework.organisation where id = ${organisationId}`;
      if (!organisation) throw new NotFound("This organisation");
      return findProvider(db, organisationId);
    },
    "administration",
  );
  if (given.clientSecret === "" && (!before || before.issuer !== given.issuer)) {
    // A secret that was given for one address is never sent to another.
    const words = "Enter the client secret that the provider gave.";
    throw new Invalid(words, { clientSecret: words });
  }
  const id = before?.id ?? uuidv7();
  const provider: Provider = {
    ...{ organisationId, id, issuer: given.issuer, clientId: given.clientId, isOn: true },
    ...{ scopes: given.scopes, acrValues: given.acrValues, trustsSecondFactor: given.trustsSecondFactor },
    clientSecret:
      given.clientSecret === "" && before
        ? before.clientSecret
        : seal("sign_in_provider.client_secret", { organisationId, id }, given.clientSecret),
  };
  await tryProvider(provider);
  await inTransaction(
    ctx,
    async (tx) => {
      const { db } = tx;
      const isAnother =
        before !== null && (before.issuer !== provider.issuer || before.clientId !== provider.clientId);
      if (isAnother) {
        await endSessionsOf(tx.db, organisationId);
        await db`delete from casework.sign_in_subject where organisation_id = ${organisationId}`;
      }
      await db`
        insert into casework.sign_in_provider
          (organisation_id, id, issuer, client_id, client_secret, scopes, trusts_second_factor, acr_values, is_on)
        values (${organisationId}, ${id}, ${provider.issuer}, ${provider.clientId}, ${provider.clientSecret},
                ${provider.scopes}, ${provider.trustsSecondFactor}, ${provider.acrValues}, true)
        on conflict (organisation_id, id) do update
          set issuer = excluded.issuer, client_id = excluded.client_id, client_secret = excluded.client_secret,
              scopes = excluded.scopes, trusts_second_factor = excluded.trusts_second_factor,
              acr_values = excluded.acr_values, is_on = true, changed_at = now()`;
      await recordFor(tx, organisationId, "sign-in.save", {
        subjects: [{ kind: "organisation", id: String(organisationId) }],
        detail: { another: isAnother, trustsSecondFactor: provider.trustsSecondFactor },
      });
    },
    "administration",
  );
}

/** Turns an organisation's sign-in off: its sessions end, and passwords open again. Links stay for when it is on again. */
export async function turnProviderOff(
  ctx: Ctx,
  organisationId: number,
  purpose: "administration" | "operator" = "administration",
): Promise<void> {
  await inTransaction(
    ctx,
    async (tx) => {
      const off = await tx.db`
        update casework.sign_in_provider set is_on = false, changed_at = now()
        where organisation_id = ${organisationId} and is_on`;
      if (off.count === 0) throw new NotFound("This sign-in");
      const ended = await endSessionsOf(tx.db, organisationId);
      await recordFor(tx, organisationId, "sign-in.turn-off", {
        subjects: [{ kind: "organisation", id: String(organisationId) }],
        detail: { ended },
      });
    },
    purpose,
  );
}

type Db = Parameters<typeof endSessions>[0];

/** Ends the sessions that began at an organisation's provider, or those of one of its people. */
async function endSessionsOf(
  db: Db,
  organisationId: number,
  subjectId: string | null = null,
): Promise<number> {
  const ended = await db`
    with gone as (
      delete from casework.sign_in_session
      where organisation_id = ${organisationId} and (${subjectId}::uuid is null or subject_id = ${subjectId})
      returning id
    )
    update casework.session as s set revoked_at = now() from gone where s.id = gone.id and s.revoked_at is null`;
  return ended.count;
}

const WRONG_CODE =
  "No sign-in waits with this code. Ask them to sign in again and to read out the code they see.";

/**
 * Says that whoever sees the code is this member. Their sessions by password for the organisation end: from now on they
 * come in by their organisation. Throws NotAllowed without a fresh step-up, Invalid for a code that is not waiting,
 * NotFound for no such member.
 */
export async function linkSubject(
  ctx: ActorCtx,
  { organisationId, memberId, code }: LinkSubject,
): Promise<void> {
  await requireStepUp(ctx);
  const turn = await inTransaction(
    ctx,
    ({ db }) => takeTurn(db, ["link", ctx.actor.accountId], 30),
    "sign-in",
  );
  if (!turn) throw new Invalid("Too many attempts. Wait five minutes, then try again.");
  await inTransaction(
    ctx,
    async (tx) => {
      const { db } = tx;
      const [member] = await db<{ accountId: string; hasPassword: boolean }[]>`
        select m.account_id, a.password_hash is not null as has_password
        from casework.member as m join casework.account as a on a.id = m.account_id
        where m.organisation_id = ${organisationId} and m.id = ${memberId} and m.ended_at is null for update of m`;
      if (!member) throw new NotFound("This member");
      const [linked] = await db`
        select 1 from casework.sign_in_subject
        where organisation_id = ${organisationId} and member_id = ${memberId}`;
      if (linked) {
        const words = "They are linked already. Unlink them first.";
        throw new Invalid(words, { memberId: words });
      }
      const [subject] = await db<{ id: string }[]>`
        update casework.sign_in_subject
        set member_id = ${memberId}, linked_at = now(), linked_by = ${ctx.actor.accountId}, code = null, code_made_at = null
        where organisation_id = ${organisationId} and code = ${code} and member_id is null
          and code_made_at > now() - ${LINK_CODE_DAYS} * interval '1 day'
        returning id`;
      if (!subject) throw new Invalid(WRONG_CODE, { code: WRONG_CODE });
      // The demo's people have no password, and go on as they came.
      const ended = member.hasPassword ? await endSessions(db, member.accountId, organisationId) : 0;
      await recordFor(tx, organisationId, "sign-in.link", {
        subjects: [
          { kind: "member", id: memberId },
          { kind: "subject", id: subject.id },
        ],
        detail: { ended },
      });
    },
    "administration",
  );
}

/** Takes a link away and ends its sessions; at their next sign-in they get a new code. Throws NotFound without a link. */
export async function unlinkSubject(
  ctx: ActorCtx,
  { organisationId, memberId }: { organisationId: number; memberId: string },
): Promise<void> {
  await inTransaction(
    ctx,
    async (tx) => {
      const [subject] = await tx.db<{ id: string }[]>`
        update casework.sign_in_subject set member_id = null, linked_at = null, linked_by = null
        where organisation_id = ${organisationId} and member_id = ${memberId} returning id`;
      if (!subject) throw new NotFound("This link");
      const ended = await endSessionsOf(tx.db, organisationId, subject.id);
      await recordFor(tx, organisationId, "sign-in.unlink", {
        subjects: [
          { kind: "member", id: memberId },
          { kind: "subject", id: subject.id },
        ],
        detail: { ended },
      });
    },
    "administration",
  );
}

/** The code that somebody waits with, for the page that shows it to them; null when it is over or they are linked. */
export async function findWaitingCode(
  ctx: Ctx,
  { organisationId, subjectId }: { organisationId: number; subjectId: string },
): Promise<{ code: string; organisationName: string } | null> {
  const [row] = await inTransaction(
    ctx,
    ({ db }) => db<{ code: string; organisationName: string }[]>`
      select u.code, o.name as organisation_name
      from casework.sign_in_subject as u join casework.organisation as o on o.id = u.organisation_id
      where u.organisation_id = ${organisationId} and u.id = ${subjectId} and u.code is not null
        and u.code_made_at > now() - ${LINK_CODE_DAYS} * interval '1 day'`,
    "sign-in",
  );
  return row ? { ...row, code: linkCodeInGroups(row.code) } : null;
}
