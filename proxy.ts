/**
 * Sets the content security policy of a page: scripts and styles run only with the nonce of this one answer.
 * It decides nothing about who may see what: that is done where the data is read.
 */

import { type NextRequest, NextResponse } from "next/server";
import { withoutPostcodes } from "./server/domain/open-data/typed-place";
import { Turns } from "./server/open-data/turns";

export const config = {
  matcher: [
    // Files lie at the top: a page below has its policy, whatever its address ends in.
    "/((?!api/|_next/static/|_next/image/|sw\\.js$|[^/]*\\.(?:png|svg|ico|woff2|webmanifest)$).*)",
  ],
};

/** The one page that may stand in a page of somebody else: a map of published figures, without anybody's session. */
const EMBEDDED = "/open/embed";

/** The public pages: open to everybody, so nobody may ask too often, and no whole postcode stays in an address. */
const PUBLIC = /^\/open(?:\/|$)/;
const turns = new Turns();

export function proxy(request: NextRequest): NextResponse {
  if (PUBLIC.test(request.nextUrl.pathname)) {
    const wait = turns.take(request.headers.get("x-forwarded-for") ?? "unknown", Date.now());
    if (wait > 0) {
      return new NextResponse(`Too many requests. Ask again in ${wait} seconds.\n`, {
        status: 429,
        headers: { "Retry-After": String(wait), "Cache-Control": "no-store" },
      });
    }
    const typed = request.nextUrl.searchParams.get("find");
    const cut = typed === null ? null : withoutPostcodes(typed);
    if (cut !== null && cut !== typed) {
      const url = request.nextUrl.clone();
      url.searchParams.set("find", cut);
      return NextResponse.redirect(url, 303);
    }
  }
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce, request.nextUrl.pathname === EMBEDDED);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // Which page is asked for, so that unlocking leads back to it.
  headers.set("x-page", request.nextUrl.pathname + request.nextUrl.search);
  // Next reads the policy of the request to give its own scripts the nonce.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  // Pages are made for one person: nothing of them may stay on a shared computer.
  response.headers.set("cache-control", "no-store");
  return response;
}

function contentSecurityPolicy(nonce: string, mayBeEmbedded: boolean): string {
  const developing = process.env.NODE_ENV === "development";
  // "{s}" in the address of tiles stands for any of the server's subdomains.
  const tiles = process.env["TILE_URL"]?.replace("{s}", "*");
  const tileHost = tiles && URL.canParse(tiles) ? ` ${new URL(tiles).origin}` : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${developing ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${developing ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    // Attributes only: positions computed by Leaflet and Mantine. They cannot load anything.
    "style-src-attr 'unsafe-inline'",
    `img-src 'self' data: blob:${tileHost}`,
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    `frame-ancestors ${mayBeEmbedded ? "*" : "'none'"}`,
  ].join("; ");
}
