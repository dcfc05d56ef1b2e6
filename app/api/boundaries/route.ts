/** Outlines for maps as TopoJSON: `?level=sector&year=2026`, and `&within=200001&tolerance=100` where less is wanted. */

import { z } from "zod";
import { LEVELS } from "../../../server/domain/geography";
import { TOLERANCES_METRES } from "../../../server/domain/outlines";
import { etagOf, findGeographyVersion, outlinesFile } from "../../../server/outlines";
import { pools } from "../../../server/pools";

export const dynamic = "force-dynamic";

const asked = z.object({
  level: z.enum(LEVELS),
  year: z.coerce.number().int().min(2000).max(2999),
  within: z.coerce.number().int().positive().nullable(),
  tolerance: z.coerce
    .number()
    .pipe(z.literal([...TOLERANCES_METRES]))
    .nullable(),
});

/** A browser asks again each time, and is told in a few bytes when it has the newest. */
const CACHING = "public, max-age=0, must-revalidate";

export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const parsed = asked.safeParse({
    level: query.get("level"),
    year: query.get("year"),
    within: query.get("within"),
    tolerance: query.get("tolerance"),
  });
  if (!parsed.success) {
    return Response.json(
      { error: `Ask for a level (${LEVELS.join(", ")}) and a financial year such as 2026.` },
      { status: 400 },
    );
  }
  const { level, year, within, tolerance } = parsed.data;
  const { reader } = pools();
  const version = await findGeographyVersion(reader, year);
  if (version === null) {
    return Response.json({ error: `There is no map of the financial year ${year}.` }, { status: 404 });
  }
  const wanted = { level, financialYear: year, within, toleranceMetres: tolerance };
  const etag = etagOf(version, wanted);
  if (request.headers.get("if-none-match")?.split(/,\s*/).includes(etag)) {
    return new Response(null, { status: 304, headers: { ETag: etag, "Cache-Control": CACHING } });
  }
  const file = await outlinesFile(reader, version, wanted);
  return new Response(file.text, {
    headers: {
      "Content-Type": "application/json",
      ETag: etag,
      "Cache-Control": CACHING,
    },
  });
}
