/**
 * A session that began at an organisation's provider lives by the provider's word: while it is used the provider is asked
 * again every four minutes, so that whoever leaves the organisation is out within five. A "no" ends the session; where
 * there is no answer it lives for a quarter of an hour after the last one (docs/decisions/0042).
 */

import { setTimeout as sleep } from "node:timers/promises";
import type { Sql, Tx } from "../db/client";
import { record } from "./audit";
import { byItselfIn } from "./context";
import { ASK_AGAIN_MINUTES, LEAVER_MINUTES, UNREACHED_MINUTES, verdictOf } from "./domain/sso";
import { fingerprint, open, seal } from "./identity-vault";
import { askAgain, findProvider, type Provider, type StillThere, type Token } from "./sso-provider";

/** Longer than any answer of a provider may take: whoever asked has died since. */
const ASKING_SECONDS = 15;
const LOOK_EVERY_MS = 100;
/** A provider that did not answer is left alone for so long: nobody's page waits for it each time. */
const LEFT_ALONE_SECONDS = 30;

/** What somebody is to a provider, as it is kept: nothing that reads as a name or an address. */
export const subjectPrint = (organisationId: number, issuer: string, subject: string): Buffer =>
  fingerprint(organisationId, `sign-in|${issuer}|${subject}`);

interface Claimed {
  organisationId: number;
  id: string;
  token: Buffer;
  tokenKind: Token["kind"];
  print: Buffer;
  minutesSinceYes: number;
}

/**
 * Asks the provider about a session when its last word is old enough, and ends the session when it says no. Returns
 * whether the session may be used now. Sessions that began with a password are nobody's business but ours.
 */
export async function mayGoOn(app: Sql, sessionId: string): Promise<boolean> {
  const until = Date.now() + ASKING_SECONDS * 1000;
  for (;;) {
    const claimed = await claim(app, sessionId);
    if (claimed !== "asked by another") return claimed === null || settle(app, claimed);
    const { minutes, isLeftAlone } = await findStanding(app, sessionId);
    // Somebody asks already; until five minutes are over their answer need not be awaited.
    if (minutes < LEAVER_MINUTES) return true;
    if (isLeftAlone) return verdictOf("unreached", minutes) !== "ends";
    if (Date.now() > until) return false;
    await sleep(LOOK_EVERY_MS);
  }
}

const forSignIn = <T>(app: Sql, work: (tx: Tx) => Promise<T>): Promise<T> =>
  app.begin(async (tx) => {
    await tx`select set_config('app.purpose', 'sign-in', true)`;
    return work(tx);
  }) as Promise<T>;

/** Takes it on oneself to ask. Null when there is nothing to ask. */
function claim(app: Sql, sessionId: string): Promise<Claimed | "asked by another" | null> {
  return forSignIn(app, async (tx) => {
    const [claimed] = await tx<Claimed[]>`
      update casework.sign_in_session as s set asked_at = now()
      from casework.sign_in_subject as u
      where s.id = ${sessionId} and u.organisation_id = s.organisation_id and u.id = s.subject_id
        and s.checked_at <= now() - ${ASK_AGAIN_MINUTES} * interval '1 minute'
        and (s.asked_at is null or s.asked_at < now() - ${ASKING_SECONDS} * interval '1 second')
        and (s.unreached_at is null or s.unreached_at < now() - ${LEFT_ALONE_SECONDS} * interval '1 second'
             or s.checked_at <= now() - ${UNREACHED_MINUTES} * interval '1 minute')
      returning s.organisation_id, s.id, s.token, s.token_kind, u.print,
        (extract(epoch from now() - s.checked_at) / 60)::float8 as minutes_since_yes`;
    if (claimed) return claimed;
    const [due] = await tx`
      select 1 from casework.sign_in_session
      where id = ${sessionId} and checked_at <= now() - ${ASK_AGAIN_MINUTES} * interval '1 minute'`;
    return due ? "asked by another" : null;
  });
}

/** How long ago the provider's last word was, and whether it is left alone because it did not answer. */
async function findStanding(app: Sql, sessionId: string): Promise<{ minutes: number; isLeftAlone: boolean }> {
  const [row] = await forSignIn(
    app,
    (tx) => tx<{ minutes: number; isLeftAlone: boolean }[]>`
      select (extract(epoch from now() - checked_at) / 60)::float8 as minutes,
             coalesce(unreached_at > now() - ${LEFT_ALONE_SECONDS} * interval '1 second', false) as is_left_alone
      from casework.sign_in_session where id = ${sessionId}`,
  );
  // Gone: somebody else heard a "no".
  return row ?? { minutes: UNREACHED_MINUTES, isLeftAlone: true };
}

async function settle(app: Sql, claimed: Claimed): Promise<boolean> {
  const { organisationId, id } = claimed;
  const provider = await forSignIn(app, (tx) => findProvider(tx, organisationId));
  const said: StillThere = provider?.isOn ? await ask(provider, claimed) : { answer: "no" };
  const verdict = verdictOf(said.answer, claimed.minutesSinceYes);
  await forSignIn(app, async (tx) => {
    if (said.answer === "yes") {
      await tx`
        update casework.sign_in_session
        set checked_at = now(), asked_at = null, unreached_at = null, token_kind = ${said.token.kind},
            token = ${seal("sign_in_session.token", { organisationId, id }, said.token.value)}
        where organisation_id = ${organisationId} and id = ${id}`;
    }
    if (verdict === "asks-again") {
      await tx`
        update casework.sign_in_session set asked_at = null, unreached_at = now()
        where organisation_id = ${organisationId} and id = ${id}`;
    }
    if (verdict !== "ends") return;
    await tx`update casework.session set revoked_at = coalesce(revoked_at, now()) where id = ${id}`;
    await tx`delete from casework.sign_in_session where organisation_id = ${organisationId} and id = ${id}`;
    await record(byItselfIn(tx), "session.end-by-organisation", {
      subjects: [{ kind: "session", id }],
      detail: { answer: said.answer },
      organisationId,
    });
  });
  return verdict !== "ends";
}

async function ask(
  provider: Provider,
  { organisationId, id, token, tokenKind, print }: Claimed,
): Promise<StillThere> {
  const value = open("sign_in_session.token", { organisationId, id }, token);
  const said = await askAgain(provider, { kind: tokenKind, value });
  if (said.answer !== "yes" || said.subject === null) return said;
  // An answer about somebody else is no answer about them.
  return subjectPrint(organisationId, provider.issuer, said.subject).equals(print) ? said : { answer: "no" };
}
