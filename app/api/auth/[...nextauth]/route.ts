/** Sign-in and sign-out, as next-auth speaks them. */

import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "../../../../server/auth";
import { isOfSensibleLength } from "../../../../server/request";

async function handle(request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) {
  if (request.method === "POST" && !isOfSensibleLength(request.headers)) {
    return new Response("This is more than one request may bring.\n", { status: 413 });
  }
  return NextAuth(request, context, await authOptions());
}

export { handle as GET, handle as POST };
