/** An organisation's own records as one long file, without names, written while it is read. `?period=q:2026-Q2&service=…` */

import { csvStretches } from "../../../server/documents/csv-stream";
import { periodText } from "../../../server/domain/period";
import { RECORD_COLUMNS, recordsRequestSchema } from "../../../server/domain/records";
import { bodyOf, refusal, refusalFor } from "../../../server/file-answer";
import { takeRecords } from "../../../server/records";
import { contextOf } from "../../../server/request";

export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const asked = recordsRequestSchema.safeParse({
    period: query.get("period"),
    serviceId: query.get("service"),
  });
  if (!asked.success) return refusal(400, "Ask for a period such as q:2026-Q2, and a service by its id.");
  try {
    const batches = await takeRecords(await contextOf(request.headers), asked.data);
    const { period } = asked.data;
    const name = `records${period ? `-${periodText(period).replace(":", "-")}` : ""}.csv`;
    return new Response(bodyOf(csvStretches(RECORD_COLUMNS, batches)), {
      headers: {
        "Content-Type": "text/csv; charset=utf-8; header=present",
        "Content-Disposition": `attachment; filename="${name}"`,
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    return refusalFor(error, "records file failed", 429);
  }
}
