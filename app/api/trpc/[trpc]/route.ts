/** The procedures over HTTP. What changes something, and every POST, must come from our own pages as JSON. */

import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { MOST_CALLS } from "../../../../server/domain/calls";
import { contextOf, isFromOurPages, isOfSensibleLength } from "../../../../server/request";
import { appRouter } from "../../../../server/routers";

async function handle(request: Request): Promise<Response> {
  if (request.method === "POST" && !isSafePost(request)) {
    return Response.json({ error: "This request did not come from our pages." }, { status: 403 });
  }
  if (request.method === "POST" && !isOfSensibleLength(request.headers)) {
    return Response.json({ error: "This is more than one request may bring." }, { status: 413 });
  }
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    // Questions travel as POST too: names and notes do not belong in addresses, which proxies write down.
    allowMethodOverride: true,
    maxBatchSize: MOST_CALLS,
    // A call may be one that a screen makes by itself: only `session.alive` says that somebody is there.
    createContext: () => contextOf(request.headers, false),
    responseMeta: () => ({ headers: { "Cache-Control": "no-store" } }),
  });
}

function isSafePost({ headers }: Request): boolean {
  return isFromOurPages(headers) && (headers.get("content-type") ?? "").startsWith("application/json");
}

export { handle as GET, handle as POST };
