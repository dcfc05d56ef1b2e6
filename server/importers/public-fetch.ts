/**
 * Fetches JSON from an address that somebody typed, without being led astray: https only, public hosts only, checked
 * at the moment of connecting and again at every redirect, with limits on time and size.
 */

import { lookup as resolveName } from "node:dns";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { createGunzip } from "node:zlib";
import { Invalid } from "../domain/errors";
import { isLoopbackAddress, isPublicAddress } from "../public-address";

export interface FetchLimits {
  /** Longest that one answer may take, redirects and body included. */
  timeoutMs: number;
  /** Largest answer, unpacked. */
  mostBytes: number;
  /** For tests, which serve pages from this machine: http and loopback are taken too. */
  allowLoopback?: boolean;
}

export const LIMITS: FetchLimits = { timeoutMs: 30_000, mostBytes: 30_000_000 };

export type Fetched =
  | { ok: true; text: string }
  /** The server answered, but not with what was asked for. */
  | { ok: false; status: number; retryAfter: string | null };

/** No answer, or one that broke off: trying again may help. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

const MOST_REDIRECTS = 3;

/** An address to fetch from. Throws Invalid, saying why, for one that may not be used. */
export function publicUrl(text: string, allowLoopback = false): URL {
  if (!URL.canParse(text)) throw new Invalid(`${text.slice(0, 200)} is not a web address.`);
  const url = new URL(text);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isLoopback = host === "localhost" || isLoopbackAddress(host);
  if (allowLoopback && isLoopback && /^https?:$/.test(url.protocol)) return url;
  if (url.protocol !== "https:")
    throw new Invalid(`${url.origin} is refused: only https addresses are read.`);
  if (url.username !== "" || url.password !== "") {
    throw new Invalid(`${url.host} is refused: an address with a password in it is not read.`);
  }
  if (isLoopback || (isIP(host) !== 0 && !isPublicAddress(host))) throw insideFault(host);
  return url;
}

const insideFault = (host: string) =>
  new Invalid(
    `${host} lies inside a private network and is not read. Save the files and import them instead.`,
  );

/** Fetches one document. Throws Invalid for an address or answer that is refused, NoAnswer when none came. */
export async function fetchText(address: URL, limits: FetchLimits = LIMITS): Promise<Fetched> {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  let url = address;
  for (let redirects = 0; ; redirects += 1) {
    const answer = await ask(url, limits, signal);
    const status = answer.statusCode ?? 0;
    const { location } = answer.headers;
    if (status >= 300 && status < 400 && location) {
      answer.destroy();
      if (redirects === MOST_REDIRECTS)
        throw new Invalid(`${address.host} sends from address to address without end.`);
      url = publicUrl(new URL(location, url).href, limits.allowLoopback);
      continue;
    }
    if (status < 200 || status >= 300) {
      answer.destroy();
      return { ok: false, status, retryAfter: answer.headers["retry-after"] ?? null };
    }
    return { ok: true, text: await readBody(answer, url, limits, signal) };
  }
}

function ask(url: URL, limits: FetchLimits, signal: AbortSignal): Promise<IncomingMessage> {
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  const headers = {
    accept: "application/json",
    "accept-encoding": "gzip",
    "user-agent": "common-need-directory/1",
  };
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      { headers, signal, lookup: checkedLookup(limits.allowLoopback ?? false) },
      resolve,
    );
    asked.on("error", (error) => reject(error instanceof Invalid ? error : noAnswer(url, error, signal)));
    asked.end();
  });
}

/** Resolves a name and refuses it when any of its addresses is not public: what was checked is what is connected to. */
const checkedLookup =
  (allowLoopback: boolean): LookupFunction =>
  (hostname, options, done) => {
    resolveName(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, "");
      const bad = addresses.find(
        ({ address }) => !isPublicAddress(address) && !(allowLoopback && isLoopbackAddress(address)),
      );
      const [first] = addresses;
      if (bad || !first) return done(Object.assign(insideFault(hostname), { code: "EINSIDE" }), "");
      return options.all ? done(null, addresses) : done(null, first.address, first.family);
    });
  };

async function readBody(
  answer: IncomingMessage,
  url: URL,
  limits: FetchLimits,
  signal: AbortSignal,
): Promise<string> {
  const packed = answer.headers["content-encoding"] === "gzip";
  const body = packed ? answer.pipe(createGunzip()) : answer;
  if (packed) answer.on("error", (error) => body.destroy(error));
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > limits.mostBytes) {
        throw new Invalid(
          `${url.host} sent more than ${Math.round(limits.mostBytes / 1e6)} MB for one page.`,
        );
      }
      chunks.push(chunk);
    }
  } catch (error) {
    answer.destroy();
    throw error instanceof Invalid ? error : noAnswer(url, error, signal);
  }
  return new TextDecoder("utf-8").decode(Buffer.concat(chunks));
}

function noAnswer(url: URL, error: unknown, signal: AbortSignal): NoAnswer {
  if (signal.aborted) return new NoAnswer(`${url.host} took too long`);
  const code = error instanceof Error && "code" in error ? String(error.code) : "no answer";
  return new NoAnswer(`${url.host} could not be reached or broke off (${code})`);
}
