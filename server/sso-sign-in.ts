/**
 * Signing in at one's organisation, unlocking and stepping up there. What is begun goes along in a sealed cookie of ten
 * minutes; what comes back must fit it. Somebody whom no administrator has linked gets a code to tell them, and nothing
 * else: an address or a name that the provider gives links nobody.
 */

import { randomBytes } from "node:crypto";
import type { Tx } from "../db/client";
import { record } from "./audit";
import { type Caller, inTransaction, makeContext, type TxCtx } from "./context";
import { hadSecondFactor, linkCodeOf } from "./domain/sso";
import { seal } from "./identity-vault";
import { uuidv7 } from "./ids";
import { describeError, log } from "./log";
import type { Pools } from "./pools";
import { endSession, openSessionFor } from "./sessions";
import { returnAddress } from "./sso";
import { subjectPrint } from "./sso-check";
import { type Begun, beginAt, findProvider, finishAt, type Provider, type Returned } from "./sso-provider";
import { takeTurn } from "./throttle";

/** What a visit to the provider is for: signing in, or proving anew who sits at a session that began there. */
export type Errand =
  | { for: "sign-in"; organisationId: number }
  | { for: "unlock" | "step-up"; sessionId: string };

/** What goes along in the cookie until they come back. */
export interface Flow extends Begun {
  for: Errand["for"];
  organisationId: number;
  /** The provider that they were sent to, by its issuer. */
  issuer: string;
  sessionId: string | null;
  /** Page of ours to go back to. */
  back: string;
  /** Seconds since 1970. */
  begunAt: number;
}

type From = Pick<Caller, "address" | "device">;

/** Why they are not in. unreached: the provider did not answer. refused: it said no, or what came back does not fit. */
export type SsoFault = "not-offered" | "unreached" | "refused" | "throttled" | "not-a-member";

/** Visits begun from one address in five minutes. */
const MOST_BEGUN = 60;

export type BegunFlow = { ok: true; address: string; flow: Flow } | { ok: false; reason: SsoFault };

/** Begins a visit: where to send the browser, and what to keep until it comes back. */
export async function beginSso(
  at: Pools,
  errand: Errand,
  { back, from }: { back: string; from: From },
): Promise<BegunFlow> {
  const ctx = makeContext(at, null, { ...from, session: null, signedOut: "not-signed-in" });
  const found = await inTransaction(
    ctx,
    async ({ db }) => {
      if (!(await takeTurn(db, ["organisation sign-in", from.address], MOST_BEGUN)))
        return "throttled" as const;
      const organisationId =
        errand.for === "sign-in" ? errand.organisationId : await organisationOf(db, errand.sessionId);
      const provider = organisationId === null ? null : await findProvider(db, organisationId);
      return provider?.isOn ? provider : ("not-offered" as const);
    },
    "sign-in",
  );
  if (typeof found === "string") return { ok: false, reason: found };
  try {
    const anew = errand.for !== "sign-in";
    const { address, ...begun } = await beginAt(found, {
      returnTo: returnAddress(found.organisationId),
      anew,
    });
    const flow: Flow = {
      ...begun,
      back,
      for: errand.for,
      organisationId: found.organisationId,
      issuer: found.issuer,
      sessionId: errand.for === "sign-in" ? null : errand.sessionId,
      begunAt: Math.floor(Date.now() / 1000),
    };
    return { ok: true, address: address.href, flow };
  } catch (error) {
    log().warn(
      { organisation: found.organisationId, error: describeError(error) },
      "sign-in provider failed",
    );
    return { ok: false, reason: "unreached" };
  }
}

async function organisationOf(db: Tx, sessionId: string): Promise<number | null> {
  const [row] = await db<{ organisationId: number }[]>`
    select organisation_id from casework.sign_in_session where id = ${sessionId}`;
  return row?.organisationId ?? null;
}

export type Finished =
  | { ok: true; sessionId: string; back: string }
  /** Nobody has linked them yet: the id under which their code waits. */
  | { ok: false; reason: "not-linked"; organisationId: number; subjectId: string }
  | { ok: false; reason: SsoFault };

/**
 * Ends a visit: `came` is the address with which the browser came back, `replaces` the session it came in. Whoever comes
 * back at another provider's address than the one that they were sent to is refused, and what they bring goes to nobody:
 * else a false provider could send people on to a true one and be handed what that gave (RFC 9700, 4.4).
 */
export async function finishSso(
  at: Pools,
  came: URL,
  flow: Flow,
  { replaces, ...from }: From & { replaces: string | null },
): Promise<Finished> {
  const ctx = makeContext(at, null, { ...from, session: null, signedOut: "not-signed-in" });
  const provider = await inTransaction(ctx, ({ db }) => findProvider(db, flow.organisationId), "sign-in");
  if (!provider?.isOn) return { ok: false, reason: "not-offered" };
  const isTheirs = `${came.origin}${came.pathname}` === returnAddress(flow.organisationId);
  if (!isTheirs || provider.issuer !== flow.issuer) {
    log().warn(
      { organisation: flow.organisationId },
      "came back from another provider than they were sent to",
    );
    await inTransaction(ctx, (tx) => refuse(tx, flow), "sign-in");
    return { ok: false, reason: "refused" };
  }
  let returned: Returned;
  try {
    returned = await finishAt(provider, came, flow);
  } catch (error) {
    log().info({ organisation: flow.organisationId, error: describeError(error) }, "sign-in refused");
    await inTransaction(ctx, (tx) => refuse(tx, flow), "sign-in");
    return { ok: false, reason: "refused" };
  }
  return inTransaction(
    ctx,
    (tx) =>
      flow.for === "sign-in"
        ? signInAs(tx, provider, returned, { replaces, device: from.device })
        : proveAnew(tx, provider, returned, flow),
    "sign-in",
  );
}

async function refuse(tx: TxCtx<ReturnType<typeof makeContext>>, flow: Flow): Promise<void> {
  await record(tx, "session.refuse", {
    subjects: flow.sessionId === null ? [] : [{ kind: "session", id: flow.sessionId }],
    detail: { by: "organisation", for: flow.for },
    organisationId: flow.organisationId,
  });
}

type SsoTx = TxCtx<ReturnType<typeof makeContext>>;

async function signInAs(
  tx: SsoTx,
  provider: Provider,
  returned: Returned,
  { replaces, device }: { replaces: string | null; device: string },
): Promise<Finished> {
  const { organisationId } = provider;
  const print = subjectPrint(organisationId, provider.issuer, returned.subject);
  const code = linkCodeOf(randomBytes(8));
  const [subject] = await tx.db<{ id: string; memberId: string | null; isNew: boolean }[]>`
    insert into casework.sign_in_subject as u (organisation_id, id, provider_id, print, code, code_made_at)
    values (${organisationId}, ${uuidv7()}, ${provider.id}, ${print}, ${code}, now())
    on conflict (organisation_id, provider_id, print) do update
      set seen_at = now(),
          code = case when u.member_id is null then excluded.code end,
          code_made_at = case when u.member_id is null then now() end
    returning id, member_id`;
  if (!subject) throw new Error("The subject was not kept");
  if (subject.memberId === null) {
    await record(tx, "sign-in.wait-for-link", {
      subjects: [{ kind: "subject", id: subject.id }],
      organisationId,
    });
    return { ok: false, reason: "not-linked", organisationId, subjectId: subject.id };
  }
  const [member] = await tx.db<{ accountId: string }[]>`
    select m.account_id from casework.member as m join casework.account as a on a.id = m.account_id
    where m.organisation_id = ${organisationId} and m.id = ${subject.memberId}
      and m.ended_at is null and a.disabled_at is null`;
  if (!member || !returned.token) {
    await record(tx, "session.refuse", { subjects: [{ kind: "subject", id: subject.id }], organisationId });
    return { ok: false, reason: member ? "refused" : "not-a-member" };
  }
  const isSecondFactorTheirs = hadSecondFactor(returned.claims, provider);
  if (replaces) await endSession(tx.db, replaces);
  const sessionId = await openSessionFor(tx.db, {
    ...{ accountId: member.accountId, organisationId, memberId: subject.memberId, device },
    withSecondFactor: isSecondFactorTheirs,
  });
  await tx.db`
    insert into casework.sign_in_session
      (organisation_id, id, subject_id, token, token_kind, is_second_factor_theirs)
    values (${organisationId}, ${sessionId}, ${subject.id},
            ${seal("sign_in_session.token", { organisationId, id: sessionId }, returned.token.value)},
            ${returned.token.kind}, ${isSecondFactorTheirs})`;
  await record(tx, isSecondFactorTheirs ? "session.open" : "session.begin", {
    subjects: [
      { kind: "account", id: member.accountId },
      { kind: "session", id: sessionId },
    ],
    detail: { by: "organisation" },
    organisationId,
  });
  return { ok: true, sessionId, back: "/" };
}

/** A clock may be so many seconds behind. */
const SKEW_SECONDS = 10;

/** The same person has signed in anew at the provider: unlocks their session, or shows again that it is they. */
async function proveAnew(tx: SsoTx, provider: Provider, returned: Returned, flow: Flow): Promise<Finished> {
  const { organisationId } = provider;
  const id = flow.sessionId ?? "";
  const print = subjectPrint(organisationId, provider.issuer, returned.subject);
  const [own] = await tx.db<{ isSecondFactorTheirs: boolean }[]>`
    select s.is_second_factor_theirs
    from casework.sign_in_session as s
    join casework.sign_in_subject as u on u.organisation_id = s.organisation_id and u.id = s.subject_id
    where s.organisation_id = ${organisationId} and s.id = ${id} and u.print = ${print} and u.member_id is not null`;
  // A provider that lets them through without asking has shown nothing.
  const isAnew =
    returned.authenticatedAt !== null &&
    returned.authenticatedAt.getTime() / 1000 >= flow.begunAt - SKEW_SECONDS;
  const isEnough = flow.for === "unlock" || hadSecondFactor(returned.claims, provider);
  if (!own || !isAnew || !isEnough) {
    await refuse(tx, flow);
    return { ok: false, reason: "refused" };
  }
  const changed =
    flow.for === "unlock"
      ? await tx.db`
          update casework.session set seen_at = now(), locked_at = null where id = ${id} and revoked_at is null`
      : await tx.db`
          update casework.session set stepped_up_at = now(), seen_at = now() where id = ${id} and revoked_at is null`;
  if (changed.count === 0) return { ok: false, reason: "refused" };
  if (returned.token) {
    await tx.db`
      update casework.sign_in_session
      set checked_at = now(), asked_at = null, unreached_at = null, token_kind = ${returned.token.kind},
          token = ${seal("sign_in_session.token", { organisationId, id }, returned.token.value)}
      where organisation_id = ${organisationId} and id = ${id}`;
  }
  await record(tx, flow.for === "unlock" ? "session.unlock" : "session.step-up", {
    subjects: [{ kind: "session", id }],
    detail: { by: "organisation" },
    organisationId,
  });
  return { ok: true, sessionId: id, back: flow.back };
}
