/** The made cohort that the sending page of a demo offers, as a file. */

import { readExampleFile } from "../../../../server/demo/example-file";
import { refusalFor } from "../../../../server/file-answer";
import { contextOf } from "../../../../server/request";

export async function GET(request: Request): Promise<Response> {
  try {
    const { name, text } = await readExampleFile(await contextOf(request.headers));
    return new Response(text, {
      headers: {
        "Content-Type": "text/csv; charset=utf-8; header=present",
        "Content-Disposition": `attachment; filename="${name}"`,
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    return refusalFor(error, "example file failed");
  }
}
