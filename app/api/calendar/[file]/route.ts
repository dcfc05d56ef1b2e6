/** A member's due actions for their calendar program, at a secret address: `/api/calendar/<secret>.ics`. */

import { fetchCalendar } from "../../../../server/calendar";
import { makeContext } from "../../../../server/context";
import { refusal, refusalFor } from "../../../../server/file-answer";
import { pools } from "../../../../server/pools";
import { addressOf } from "../../../../server/request";

const FILE = /^([\w-]{43})\.ics$/;

export async function GET(
  { headers }: Request,
  { params }: { params: Promise<{ file: string }> },
): Promise<Response> {
  const [, token] = FILE.exec((await params).file) ?? [];
  if (!token) return refusal(404, "There is no calendar at this address.");
  try {
    // Whoever is signed in does not matter here: the address alone says whose calendar it is.
    const ctx = makeContext(pools(), null, {
      session: null,
      signedOut: "not-signed-in",
      address: addressOf(headers),
      device: headers.get("user-agent") ?? "",
    });
    const fetched = await fetchCalendar(ctx, token, headers.get("if-none-match"));
    if (!fetched.ok) {
      return fetched.reason === "too-often"
        ? refusal(429, "Ask again in five minutes.", { "Retry-After": "300" })
        : refusal(404, "There is no calendar at this address. Make a new address on the page My day.");
    }
    const kept = { ETag: fetched.etag, "Cache-Control": "private, no-cache" };
    if (fetched.unchanged) return new Response(null, { status: 304, headers: kept });
    return new Response(fetched.text, {
      headers: {
        ...kept,
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": 'inline; filename="common-need.ics"',
        "X-Robots-Tag": "noindex",
      },
    });
  } catch (error) {
    return refusalFor(error, "calendar failed");
  }
}
