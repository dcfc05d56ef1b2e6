/**
 * Takes what is typed to find a place. It is sent in the body, which no log and no history keeps, and leads to an address
 * with no more of it than the sector.
 */

import { withoutPostcodes } from "../../../../server/domain/open-data/typed-place";

const LONGEST = 60;

export async function POST(request: Request): Promise<Response> {
  const typed = (await request.formData()).get("find");
  const text = typeof typed === "string" ? withoutPostcodes(typed.slice(0, LONGEST)) : "";
  const query = new URLSearchParams(text === "" ? {} : { find: text }).toString();
  return new Response(null, {
    status: 303,
    headers: { Location: query === "" ? "/open" : `/open?${query}` },
  });
}
