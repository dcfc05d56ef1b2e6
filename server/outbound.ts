/**
 * Requests to addresses that somebody typed in: by https only, to public addresses only, whatever the name says at the
 * moment of the request; no redirects, so much and so long at most. Hosts that the operator names (SSO_PRIVATE_HOSTS)
 * may lie in a private network, and be reached by http on this machine.
 */

import { type LookupAddress, lookup as lookUp } from "node:dns";
import { type RequestOptions, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { env } from "./env";
import { isPublicAddress } from "./public-address";

const TIMEOUT_MS = 5_000;
const MOST_BYTES = 2 ** 20;

/** The address may not be asked, whatever it would answer. */
export class RefusedAddress extends Error {
  override readonly name = "RefusedAddress";
}

/** There was no answer in time, or none that could be read. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Throws RefusedAddress for an address that is refused by how it is written. `allowed` are hosts with their ports. */
export function requireOutbound(url: URL, allowed: ReadonlySet<string> = allowedHosts()): void {
  const isAllowed = allowed.has(url.host);
  const isPlainHere = url.protocol === "http:" && isAllowed && LOOPBACK.has(url.hostname);
  if (url.protocol !== "https:" && !isPlainHere)
    throw new RefusedAddress("The address must begin with https.");
  if (url.username || url.password) throw new RefusedAddress("The address must hold no password.");
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) !== 0 && !isAllowed && !isPublicAddress(literal)) {
    throw new RefusedAddress("The address lies in a private network.");
  }
}

const allowedHosts = (): ReadonlySet<string> =>
  new Set((env().SSO_PRIVATE_HOSTS ?? "").split(/[\s,]+/).filter((host) => host !== ""));

interface Asking {
  method?: string | undefined;
  headers?: Record<string, string> | undefined;
  body?: unknown;
}

/** Asks an address as `fetch` does. Throws RefusedAddress, or NoAnswer. */
export async function fetchOutbound(
  address: string,
  { method, headers, body }: Asking = {},
): Promise<Response> {
  const url = new URL(address);
  const allowed = allowedHosts();
  requireOutbound(url, allowed);
  const text = body === undefined || body === null ? "" : String(body);
  const options: RequestOptions = {
    method: method ?? "GET",
    headers: { ...headers, ...(text !== "" && { "content-length": String(Buffer.byteLength(text)) }) },
    lookup: allowed.has(url.host) ? lookUp : publicOnly,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    agent: false,
  };
  return new Promise((resolve, reject) => {
    const request = url.protocol === "https:" ? requestHttps : requestHttp;
    const fail = (error: Error) =>
      reject(
        error instanceof RefusedAddress ? error : new NoAnswer("There was no answer.", { cause: error }),
      );
    const asked = request(url, options, (answer) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MOST_BYTES) answer.destroy(new Error("The answer is too long"));
        else chunks.push(chunk);
      });
      answer.on("error", fail);
      answer.on("end", () => {
        const status = answer.statusCode ?? 500;
        const given = new Headers();
        for (const [name, value] of Object.entries(answer.headers)) {
          for (const one of [value ?? []].flat()) given.append(name, one);
        }
        const isEmpty = status === 204 || status === 304;
        resolve(new Response(isEmpty ? null : Buffer.concat(chunks), { status, headers: given }));
      });
    });
    asked.on("error", fail);
    asked.end(text);
  });
}

/** Looks a name up and refuses it when any of its addresses is private: checked on the very address that is connected to. */
const publicOnly: LookupFunction = (hostname, options, callback) => {
  lookUp(hostname, { ...options, all: true }, (error, found) => {
    const addresses: LookupAddress[] = Array.isArray(found) ? found : [];
    const [first] = addresses;
    if (error) callback(error, "");
    else if (!first || addresses.some(({ address }) => !isPublicAddress(address))) {
      callback(new RefusedAddress("The address lies in a private network."), "");
    } else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
