/** Open data, without signing in: every address under `/api/open/v1`. No cookie is read or set. */

import { env } from "../../../../../server/env";
import { serveOpenData } from "../../../../../server/open-data/serve";
import { pools } from "../../../../../server/pools";
import { addressOf } from "../../../../../server/request";

export const dynamic = "force-dynamic";

function answer(request: Request): Promise<Response> {
  const { NEXTAUTH_URL, PORT } = env();
  return serveOpenData(request, {
    reader: pools().reader,
    origin: new URL(NEXTAUTH_URL ?? `http://127.0.0.1:${PORT}`).origin,
    address: addressOf(request.headers),
  });
}

export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
};
