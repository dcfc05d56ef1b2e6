/** The impact summary as a file: the numbers of the screen, from the same report. `?period=q:2026-Q2&service=…` */

import { csvFile } from "../../../server/domain/csv";
import { isBrokenRule, NotAllowed, NotFound } from "../../../server/domain/errors";
import { IMPACT_COLUMNS, impactRequestSchema, impactRows } from "../../../server/domain/impact";
import { periodText } from "../../../server/domain/period";
import { describeError, log } from "../../../server/log";
import { impactSummary } from "../../../server/reports/impact";
import { contextOf } from "../../../server/request";

export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const asked = impactRequestSchema.safeParse({
    period: query.get("period"),
    serviceId: query.get("service"),
  });
  if (!asked.success) return refusal(400, "Ask for a period such as q:2026-Q2, and a service by its id.");
  try {
    const summary = await impactSummary(await contextOf(request.headers), asked.data, "csv");
    const name = `summary-${periodText(summary.period).replace(":", "-")}.csv`;
    return new Response(csvFile(IMPACT_COLUMNS, impactRows(summary)), {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="${name}"`,
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    if (error instanceof NotFound) return refusal(404, error.message);
    if (error instanceof NotAllowed) return refusal(403, error.message);
    if (isBrokenRule(error)) return refusal(400, error.message);
    log().error({ error: describeError(error) }, "impact file failed");
    return refusal(500, "Something went wrong on our side. Try again in a minute.");
  }
}

function refusal(status: number, words: string): Response {
  return new Response(`${words}\n`, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}
