/**
 * Where a request comes from. What a stranger writes into forwarding headers is dropped as the request arrives,
 * before anything reads it, and `x-forwarded-for` holds the address that the server itself has seen. Only a
 * proxy named in TRUSTED_PROXIES is believed, and only about the last address it adds.
 */

import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage } from "node:http";
import { env } from "./env";

const CLAIMS = [
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-port",
  "x-real-ip",
  "forwarded",
];

/** Names the caller of every request of this process. Call it once, before the server listens. */
export function nameCallers(): void {
  const trusted = new Set((env().TRUSTED_PROXIES ?? "").split(",").map((address) => address.trim()));
  // Node publishes here before it hands a request to any listener.
  subscribe("http.server.request.start", (message) => {
    if (typeof message !== "object" || message === null || !("request" in message)) return;
    const { request } = message;
    if (!(request instanceof IncomingMessage)) return;
    const address = callerOf(request.socket.remoteAddress, request.headers["x-forwarded-for"], trusted);
    for (const name of CLAIMS) delete request.headers[name];
    request.headers["x-forwarded-for"] = address;
  });
}

/** The address of a caller, from the socket and, behind a trusted proxy, from what that proxy added last. */
export function callerOf(
  socketAddress: string | undefined,
  forwardedFor: string | string[] | undefined,
  trusted: ReadonlySet<string>,
): string {
  const seen = plain(socketAddress ?? "unknown");
  if (!trusted.has(seen)) return seen;
  const added = [forwardedFor ?? []].flat().join(",").split(",").at(-1)?.trim();
  return added ? plain(added) : seen;
}

/** "::ffff:192.0.2.1" is 192.0.2.1 as a dual-stack socket writes it. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/, "");
