/** A file of a copy that was made for a person: `/api/rights/<request>/<name>`, for an officer who just showed who they are. */

import { requireRight } from "../../../../../server/context";
import { copyFile } from "../../../../../server/documents/subject-copy";
import { NotAllowed } from "../../../../../server/domain/errors";
import { ofRequestSchema } from "../../../../../server/domain/rights/request";
import { refusal, refusalFor } from "../../../../../server/file-answer";
import { contextOf } from "../../../../../server/request";
import { takePack } from "../../../../../server/rights-packs";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string; file: string }> },
): Promise<Response> {
  const { id, file } = await params;
  const asked = ofRequestSchema.safeParse({ id });
  if (!asked.success || !["copy.html", "copy.json", "copy.pdf", "copy.zip"].includes(file)) {
    return refusal(404, "There is no copy at this address.");
  }
  try {
    const ctx = await contextOf(request.headers);
    if (!ctx.actor) throw new NotAllowed("Sign in first, then try again.");
    requireRight(ctx, "rights.manage", ctx.actor.organisationId);
    const made = await copyFile(await takePack(ctx, asked.data.id), file);
    if (!made) return refusal(404, "There is no copy at this address.");
    return new Response(new Uint8Array(made.bytes), {
      headers: {
        "Content-Type": made.mediaType,
        "Content-Disposition": `attachment; filename="${made.name}"`,
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    return refusalFor(error, "copy of a record failed");
  }
}
