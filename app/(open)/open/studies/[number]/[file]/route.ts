/** A file of a study's report, as it was frozen when the study was put on the register. */

import { NotFound } from "../../../../../../server/domain/errors";
import { openReader, readRegisterFile } from "../../../../open-reading";

/** Nothing runs, nothing is fetched and nothing is sent: styles and pictures are in the file itself. */
const SHUT_OFF =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox; frame-ancestors 'none'";

export async function GET(
  _: Request,
  { params }: { params: Promise<{ number: string; file: string }> },
): Promise<Response> {
  const { number, file } = await params;
  const found = /^[1-9]\d{0,6}$/.test(number)
    ? await readRegisterFile(openReader(), Number(number), file).catch(orNull)
    : null;
  if (!found) {
    return new Response("There is no such file on the register.\n", {
      status: 404,
      headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
    });
  }
  return new Response(new Uint8Array(found.bytes), {
    headers: {
      "Content-Type": found.file.mediaType,
      "Content-Disposition": `attachment; filename="${found.file.name}"`,
      "Content-Security-Policy": SHUT_OFF,
      "X-Content-Type-Options": "nosniff",
      ETag: `"${found.file.sha256}"`,
    },
  });
}

function orNull(error: unknown): null {
  if (error instanceof NotFound) return null;
  throw error;
}
