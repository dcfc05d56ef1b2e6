/**
 * Outlines for maps as TopoJSON: `?level=sector&year=2026`, with `&within=200001` of an area alone, and with
 * `&detail=overview` (or `region`) in fewer points. With `&version=` of that year's geography, as figures name it,
 * the answer is kept for ever.
 */

import { z } from "zod";
import { LEVELS } from "../../../server/domain/geography";
import { DETAILS } from "../../../server/domain/outline-detail";
import { etagOf, findGeographyVersion, outlinesFile } from "../../../server/outlines";
import { pools } from "../../../server/pools";

export const dynamic = "force-dynamic";

const asked = z.object({
  level: z.enum(LEVELS),
  year: z.coerce.number().int().min(2000).max(2999),
  within: z.coerce.number().int().positive().nullable(),
  detail: z.enum(DETAILS).nullable(),
});

/** A browser asks again each time, and is told in a few bytes when it has the newest. */
const CHECKED = "public, max-age=0, must-revalidate";
/** An address that carries the geography's version never has another answer. */
const FOR_EVER = "public, max-age=31536000, immutable";

export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const parsed = asked.safeParse({
    level: query.get("level"),
    year: query.get("year"),
    within: query.get("within"),
    detail: query.get("detail"),
  });
  if (!parsed.success) {
    return Response.json(
      { error: `Ask for a level (${LEVELS.join(", ")}) and a financial year such as 2026.` },
      { status: 400 },
    );
  }
  const { level, year, within, detail } = parsed.data;
  const { reader } = pools();
  const version = await findGeographyVersion(reader, year);
  if (version === null) {
    return Response.json({ error: `There is no map of the financial year ${year}.` }, { status: 404 });
  }
  const wanted = { level, financialYear: year, within, detail };
  const etag = etagOf(version, wanted);
  const caching = query.get("version") === version ? FOR_EVER : CHECKED;
  if (request.headers.get("if-none-match")?.split(/,\s*/).includes(etag)) {
    return new Response(null, { status: 304, headers: { ETag: etag, "Cache-Control": caching } });
  }
  const file = await outlinesFile(reader, version, wanted);
  return new Response(file.text, {
    headers: {
      "Content-Type": "application/json",
      ETag: etag,
      "Cache-Control": caching,
    },
  });
}
