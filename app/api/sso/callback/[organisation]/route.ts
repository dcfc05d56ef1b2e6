/** Where one organisation's provider, and no other, sends people back to: signs them in, or says why not. */

import { pools } from "../../../../../server/pools";
import { addressOf, sessionIdOf } from "../../../../../server/request";
import { returnAddress } from "../../../../../server/sso";
import { findFlow, flowOver, sessionHeader, waitingHeader } from "../../../../../server/sso-cookies";
import { finishSso } from "../../../../../server/sso-sign-in";
import { redirected } from "../../redirected";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ organisation: string }> },
): Promise<Response> {
  const { headers } = request;
  const { organisation } = await params;
  const flow = await findFlow(headers);
  if (!flow || !/^\d{1,9}$/.test(organisation))
    return redirected("/sign-in?because=organisation-refused", flowOver());
  // The address as the provider knows it, whatever a proxy made of it.
  const came = new URL(returnAddress(Number(organisation)));
  came.search = new URL(request.url).search;
  const finished = await finishSso(pools(), came, flow, {
    address: addressOf(headers),
    device: headers.get("user-agent") ?? "",
    replaces: flow.for === "sign-in" ? await sessionIdOf(headers) : null,
  });
  if (finished.ok) {
    const cookies = flow.for === "sign-in" ? [await sessionHeader(finished.sessionId)] : [];
    return redirected(finished.back, flowOver(), ...cookies);
  }
  if (finished.reason === "not-linked") {
    const { organisationId, subjectId } = finished;
    return redirected("/sign-in/not-linked", flowOver(), await waitingHeader({ organisationId, subjectId }));
  }
  if (flow.for === "sign-in")
    return redirected(`/sign-in?because=organisation-${finished.reason}`, flowOver());
  return redirected(flow.for === "unlock" ? "/locked?refused" : flow.back, flowOver());
}
