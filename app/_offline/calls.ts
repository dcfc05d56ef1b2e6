/**
 * What a device asks the server, and how it reads the answers. Only an answer of our own server about an item ever
 * decides about that item; whatever else comes back (no answer, a gateway's page, a fault) means "keep it and try again".
 */
import { ACTS_FOR, actsFor } from "../../server/domain/calls";
import type { ContactAnswer } from "../../server/domain/contact";
import type { EditAnswer } from "../../server/domain/profile-terms";
import { type CallError, isCallError, makeClient } from "../_trpc/wire";
import type { Verdict, Work } from "./ledger";
import type { Answer, Pause, Reply } from "./sync";

/** Longest that a device waits for an answer. */
const PATIENCE_MS = 30_000;
/** Most that a browser sends on for a page that is being closed (Fetch standard). */
const MOST_AFTER_CLOSING = 60_000;

/** Why the server did not answer the question itself. */
export type Fault =
  | { kind: "no-signal" | "server-trouble" }
  | { kind: "signed-out"; reason: NonNullable<NonNullable<CallError["data"]>["reason"]> }
  | { kind: "refused"; code: string; message: string; fields: Verdict["fields"] };

export type Client = ReturnType<typeof makeClient>;

/** The server as somebody's device reaches it; nobody's before it is known whose it is. */
export function clientFor(who: { accountId: string; organisationId: number } | null): Client {
  return makeClient({
    headers: (): Record<string, string> =>
      who ? { [ACTS_FOR]: actsFor(who.accountId, who.organisationId) } : {},
    fetch: (address, init) => {
      const size = typeof init?.body === "string" ? init.body.length : 0;
      const signal = init?.signal ?? AbortSignal.timeout(PATIENCE_MS);
      return fetch(address, { ...init, signal, keepalive: size < MOST_AFTER_CLOSING });
    },
  });
}

/** What a failed call says. */
export function faultOf(error: unknown): Fault {
  if (!isCallError(error)) throw error;
  const { data } = error;
  if (!data) return { kind: answeredBySomething(error) ? "server-trouble" : "no-signal" };
  if (data.code === "UNAUTHORIZED") return { kind: "signed-out", reason: data.reason ?? "not-signed-in" };
  const status = data.httpStatus;
  if (status >= 500 || status === 408 || status === 429) return { kind: "server-trouble" };
  return { kind: "refused", code: data.code, message: error.message, fields: data.fields ?? {} };
}

/** A gateway or a sign-in page of the network answered in our server's place. */
function answeredBySomething({ meta }: CallError): boolean {
  return meta?.["response"] instanceof Response;
}

/** Sends works of one kind, for the sync engine. A session that is locked is unlocked once, if it can be. */
export async function sendWorks(
  client: Client,
  works: readonly Work[],
  unlock: () => Promise<boolean>,
): Promise<Reply> {
  try {
    return await sendOnce(client, works);
  } catch (error) {
    const fault = faultOf(error);
    const isLocked = fault.kind === "signed-out" && fault.reason === "locked";
    if (!isLocked || !(await unlock())) return replyOf(fault, works[0]);
  }
  try {
    return await sendOnce(client, works);
  } catch (error) {
    return replyOf(faultOf(error), works[0]);
  }
}

async function sendOnce(client: Client, works: readonly Work[]): Promise<Reply> {
  const [first] = works;
  if (first?.kind === "void") return { kind: "answers", answers: [await sendVoid(client, first)] };
  if (first?.kind === "profile") {
    return {
      kind: "answers",
      answers: [profileAnswer(first.id, await client.clients.edit.mutate(first.edit))],
    };
  }
  const contacts = works.flatMap((work) => (work.kind === "contact" ? [work.contact] : []));
  return { kind: "answers", answers: (await client.contacts.log.mutate({ contacts })).map(contactAnswer) };
}

function replyOf(fault: Fault, work: Work | undefined): Reply {
  if (fault.kind !== "refused") return { kind: pauseOf(fault) };
  // Nobody may do this just now: it says nothing about the item.
  if (fault.code === "FORBIDDEN") return { kind: "needs-sign-in" };
  const verdict = { reason: fault.message, fields: fault.fields };
  // Contacts are answered for one by one; anything else travels alone, so the refusal is about it.
  if (work && work.kind !== "contact") {
    return { kind: "answers", answers: [{ id: work.id, outcome: "refused", verdict }] };
  }
  return { kind: "rejected", reason: fault.message };
}

/** Why sending waits after this fault. */
export function pauseOf(fault: Exclude<Fault, { kind: "refused" }>): Pause {
  if (fault.kind !== "signed-out") return fault.kind;
  return fault.reason === "somebody-else" ? "other-account" : "needs-sign-in";
}

async function sendVoid(client: Client, work: Extract<Work, { kind: "void" }>): Promise<Answer> {
  const { id, contactId, reason, onlyIfStored } = work;
  try {
    await client.contacts.void.mutate({ id: contactId, reason });
  } catch (error) {
    const fault = faultOf(error);
    if (fault.kind !== "refused") throw error;
    // Voided already, for another reason; or it never arrived, and was to be voided only if it had.
    const isDone = fault.code === "CONFLICT" || (onlyIfStored && fault.code === "NOT_FOUND");
    if (!isDone) throw error;
  }
  return { id, outcome: "stored", verdict: null };
}

function contactAnswer({ id, outcome, reason = "", fields = {} }: ContactAnswer): Answer {
  return outcome === "refused" || outcome === "conflict"
    ? { id, outcome, verdict: { reason, fields } }
    : { id, outcome: "stored", verdict: null };
}

/** An edit is always kept by the server; where another value stood, both are, and somebody must choose. */
function profileAnswer(id: string, { fields }: EditAnswer): Answer {
  const fought = fields.filter(({ outcome }) => outcome === "conflict");
  const reason = "Somebody changed this at the same time. Both are kept: choose which is right.";
  const verdict = { reason, fields: Object.fromEntries(fought.map(({ field }) => [field, reason])) };
  return { id, outcome: "stored", verdict: fought.length > 0 ? verdict : null };
}
