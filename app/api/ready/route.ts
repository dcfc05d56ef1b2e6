/** Requests can be served: the database answers and is migrated. */

import { pools } from "../../../server/pools";
import { readiness } from "../../../server/readiness";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const state = await readiness(pools());
  return Response.json(state, { status: state.ready ? 200 : 503, headers: { "Cache-Control": "no-store" } });
}
