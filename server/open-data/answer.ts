/**
 * How open data is answered over HTTP: anybody may ask from anywhere, every answer has a tag by which it is not sent
 * twice, and what is wrong is told as problem details (RFC 9457). Nothing here knows what the data is.
 */

import { bodyOf } from "../file-answer";
import { sha256Of } from "../sha256";

/** What a route gives back. */
export type OpenAnswer =
  | {
      kind: "text";
      mediaType: string;
      text: string;
      /** What the text depends on; its own hash when there is none. */
      tag?: string;
      headers?: Readonly<Record<string, string>>;
    }
  | {
      kind: "file";
      mediaType: string;
      tag: string;
      size: number;
      read: () => AsyncGenerator<Buffer>;
      headers?: Readonly<Record<string, string>>;
    }
  | { kind: "moved"; to: string };

/** What is wrong with one part of a request. */
export interface Fault {
  name: string;
  reason: string;
}

/** A request that cannot be answered, and why: shown to whoever asked. */
export class Problem extends Error {
  override readonly name = "Problem";
  constructor(
    readonly status: 400 | 404 | 405 | 406 | 429 | 500,
    readonly title: string,
    readonly detail: string,
    readonly faults: readonly Fault[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(title);
  }
}

/** The same answer for whatever is not published, so that it tells nothing of what there is. */
export function notPublished(): Problem {
  return new Problem(
    404,
    "Not published",
    "There is nothing published at this address. Open data has any need and domains by sector, and every need from the district up; sectors have quarters and years. Periods settle 20 working days after they end.",
  );
}

const ALWAYS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "ETag, Link, Retry-After, Content-Disposition",
  // An answer opened in a browser is a document of its own that may do nothing.
  "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
} as const;

/** A browser asks again each time, and is told in a few bytes when it has the newest. */
const MAY_CHANGE = "public, max-age=0, must-revalidate";
const NEVER_CHANGES = "public, max-age=31536000, immutable";

/** The HTTP answer; without its body for HEAD, and to whoever has it already. */
export function respond(request: Request, answer: OpenAnswer): Response {
  if (answer.kind === "moved") {
    return new Response(null, {
      status: 307,
      headers: { ...ALWAYS, Location: answer.to, "Cache-Control": MAY_CHANGE },
    });
  }
  const etag = `"${answer.tag ?? sha256Of(answer.kind === "text" ? answer.text : "")}"`;
  const headers = {
    ...ALWAYS,
    ETag: etag,
    Vary: "Accept",
    "Cache-Control": answer.kind === "file" ? NEVER_CHANGES : MAY_CHANGE,
    ...answer.headers,
  };
  if (isKnown(request.headers.get("if-none-match"), etag))
    return new Response(null, { status: 304, headers });
  const size = answer.kind === "file" ? answer.size : Buffer.byteLength(answer.text);
  const whole = { ...headers, "Content-Type": answer.mediaType, "Content-Length": String(size) };
  if (request.method === "HEAD") return new Response(null, { headers: whole });
  return new Response(answer.kind === "file" ? bodyOf(answer.read()) : answer.text, { headers: whole });
}

/** The answer that says what is wrong. */
export function respondProblem(request: Request, problem: Problem): Response {
  const body = {
    type: "about:blank",
    title: problem.title,
    status: problem.status,
    detail: problem.detail,
    ...(problem.faults.length > 0 && { errors: problem.faults }),
  };
  return new Response(request.method === "HEAD" ? null : `${JSON.stringify(body)}\n`, {
    status: problem.status,
    headers: {
      ...ALWAYS,
      "Content-Type": "application/problem+json",
      "Cache-Control": "no-store",
      ...problem.headers,
    },
  });
}

/** What a browser asks before it lets a page of another site ask. */
export function respondOptions(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...ALWAYS,
      Allow: "GET, HEAD, OPTIONS",
      "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
      "Access-Control-Allow-Headers": "If-None-Match, Accept",
      "Access-Control-Max-Age": "86400",
    },
  });
}

/** Whether one of the tags that somebody has is this one (RFC 9110, 13.1.2: weak comparison). */
function isKnown(header: string | null, etag: string): boolean {
  if (header === null) return false;
  const tags = header.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes(etag) || tags.includes("*");
}
