/** Takes the sealed pieces of a file, one a request. `?piece=3&last=1`; the web process cannot open what they hold. */

import { z } from "zod";
import { MOST_PIECE_BYTES } from "../../../../../server/domain/lab/sealed-file";
import { uuid } from "../../../../../server/domain/typed-text";
import { refusal, refusalFor } from "../../../../../server/file-answer";
import { takePiece } from "../../../../../server/lab-uploads";
import { contextOf, isFromOurPages } from "../../../../../server/request";

const asked = z.object({
  uploadId: uuid,
  number: z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number),
  isLast: z.boolean(),
});

export async function POST(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { headers } = request;
  if (!isFromOurPages(headers) || headers.get("content-type") !== "application/octet-stream") {
    return refusal(403, "This request did not come from our pages.");
  }
  if (!isOfAPiece(headers.get("content-length")))
    return refusal(413, "This is more than one piece may hold.");
  const query = new URL(request.url).searchParams;
  const named = asked.safeParse({
    uploadId: (await params).id,
    number: query.get("piece"),
    isLast: query.get("last") === "1",
  });
  if (!named.success) return refusal(404, "There is no such upload.");
  try {
    const ctx = await contextOf(headers);
    const bytes = Buffer.from(await request.arrayBuffer());
    return Response.json(await takePiece(ctx, { ...named.data, bytes }), {
      headers: { "Cache-Control": "no-store" },
    });
  } catch (error) {
    return refusalFor(error, "a piece was not taken");
  }
}

const isOfAPiece = (length: string | null): boolean =>
  /^\d{1,9}$/.test(length ?? "") && Number(length) <= MOST_PIECE_BYTES;
