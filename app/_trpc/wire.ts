/**
 * The wire from the browser to procedures, without React and without tRPC's own client, which weighs more than all
 * that a field screen asks of it: one call is one POST, so that nothing typed shows in an address. It speaks tRPC's
 * protocol and takes its types; desk screens use the whole client (`client.tsx`).
 */
import type { createTRPCClient, TRPCClientError } from "@trpc/client";
import type { AppRouter } from "../../server/routers";
import { lightJson } from "./light-json";

export const ENDPOINT = "/api/trpc";

/** What a failed call says: a code, a sentence for people, faults by field, and why one is not signed in. */
export type CallError = TRPCClientError<AppRouter>;

/** Whether a call failed, here or on a desk screen. */
export function isCallError(error: unknown): error is CallError {
  return error instanceof Error && error.name === CallFault.NAME;
}

type Client = ReturnType<typeof createTRPCClient<AppRouter>>;

/** What goes with each request, and how it is sent. */
interface Sending {
  headers?: () => Record<string, string>;
  fetch?: typeof fetch;
}

/** A client for every procedure there is: `makeClient().contacts.log.mutate({ contacts })`. */
export function makeClient(sending: Sending = {}): Client {
  // The proxy answers to every path; which paths there are, and what they take and give, the router's types say.
  return procedureAt([], sending) as Client;
}

function procedureAt(path: readonly string[], sending: Sending): object {
  return new Proxy(() => {}, {
    get: (_, name) => procedureAt([...path, String(name)], sending),
    apply: (_, __, [input, options]: [unknown, { signal?: AbortSignal }?]) =>
      // The last name says whether it asks or changes something, which the server knows.
      call(path.slice(0, -1).join("."), input, options?.signal, sending),
  });
}

/** Every failure is a CallFault: with `data` when a procedure said why, with `meta.response` when something else answered. */
class CallFault extends Error {
  static readonly NAME = "TRPCClientError";
  override readonly name = CallFault.NAME;
  constructor(
    message: string,
    readonly data?: unknown,
    readonly meta?: { response: Response },
  ) {
    super(message);
  }
}

async function call(
  path: string,
  input: unknown,
  signal: AbortSignal | undefined,
  sending: Sending,
): Promise<unknown> {
  const send = sending.fetch ?? fetch;
  let response: Response;
  try {
    response = await send(`${ENDPOINT}/${path}?batch=1`, {
      method: "POST",
      headers: { "content-type": "application/json", ...sending.headers?.() },
      body: JSON.stringify({ 0: lightJson.serialize(input) }),
      ...(signal && { signal }),
    });
  } catch (error) {
    throw new CallFault(error instanceof Error ? error.message : "There is no answer");
  }
  const answer = await readAnswer(response);
  if (answer && "result" in answer) return lightJson.deserialize(answer.result.data);
  const fault = answer && lightJson.deserialize(answer.error);
  if (!isFault(fault)) throw new CallFault("Something else answered", undefined, { response });
  throw new CallFault(fault.message, fault.data, { response });
}

type Written = Parameters<typeof lightJson.deserialize>[0];
type Answer = { result: { data: Written } } | { error: Written };

/** The one answer of a batch of one; null when it is none of ours. */
async function readAnswer(response: Response): Promise<Answer | null> {
  const body: unknown = await response.json().catch(() => null);
  const first: unknown = Array.isArray(body) ? body[0] : null;
  return isAnswer(first) ? first : null;
}

function isAnswer(value: unknown): value is Answer {
  if (!isRecord(value)) return false;
  const { result, error } = value;
  return isRecord(error) || (isRecord(result) && isRecord(result["data"]));
}

function isFault(value: unknown): value is { message: string; data: unknown } {
  return isRecord(value) && typeof value["message"] === "string" && isRecord(value["data"]);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
