/**
 * A file of a kept summary, as it was made: `/api/summaries/<id>/<name>`. It is downloaded; the web page can also be
 * read in place with `?read`, shut off from everything of ours.
 */

import { summaryIdSchema } from "../../../../../server/domain/summaries";
import { refusal, refusalFor } from "../../../../../server/file-answer";
import { contextOf } from "../../../../../server/request";
import { downloadSummaryFile } from "../../../../../server/summaries";

/** Nothing runs, nothing is fetched and nothing is sent: styles and pictures are in the file itself. */
const SHUT_OFF =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox; frame-ancestors 'none'";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string; file: string }> },
): Promise<Response> {
  const { id, file } = await params;
  const asked = summaryIdSchema.safeParse({ id });
  if (!asked.success) return refusal(404, "There is no summary at this address.");
  try {
    const { name, mediaType, bytes } = await downloadSummaryFile(
      await contextOf(request.headers),
      asked.data.id,
      file,
    );
    const inPlace = new URL(request.url).searchParams.has("read") && mediaType.startsWith("text/html");
    return new Response(new Uint8Array(bytes), {
      headers: {
        "Content-Type": mediaType,
        "Content-Disposition": `${inPlace ? "inline" : "attachment"}; filename="${name}"`,
        "Content-Security-Policy": SHUT_OFF,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    return refusalFor(error, "summary file failed");
  }
}
