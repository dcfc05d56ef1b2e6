/**
 * Sends a browser to its organisation's sign-in page: `?organisation=3` to sign in, `?for=unlock&back=/map` or
 * `?for=step-up&back=…` to prove anew who sits at a session that began there. Only a link on our own pages begins it:
 * another site cannot send anybody to sign in where it likes. Who comes from elsewhere chooses for themselves.
 */

import { wayBack } from "../../../../server/domain/way-back";
import { pools } from "../../../../server/pools";
import { addressOf, isFollowedOnOurPages, sessionIdOf } from "../../../../server/request";
import { flowHeader } from "../../../../server/sso-cookies";
import { beginSso, type Errand } from "../../../../server/sso-sign-in";
import { redirected } from "../redirected";

export async function GET(request: Request): Promise<Response> {
  const { headers } = request;
  if (!isFollowedOnOurPages(headers)) return redirected("/sign-in/organisation");
  const query = new URL(request.url).searchParams;
  const errand = await errandOf(query, headers);
  if (!errand) return redirected("/sign-in");
  const begun = await beginSso(pools(), errand, {
    back: wayBack(query.get("back")),
    from: { address: addressOf(headers), device: headers.get("user-agent") ?? "" },
  });
  if (!begun.ok) return redirected(`/sign-in?because=organisation-${begun.reason}`);
  return redirected(begun.address, await flowHeader(begun.flow));
}

async function errandOf(query: URLSearchParams, headers: Headers): Promise<Errand | null> {
  const purpose = query.get("for");
  if (purpose === "unlock" || purpose === "step-up") {
    const sessionId = await sessionIdOf(headers);
    return sessionId === null ? null : { for: purpose, sessionId };
  }
  const organisation = query.get("organisation") ?? "";
  return /^\d{1,9}$/.test(organisation) ? { for: "sign-in", organisationId: Number(organisation) } : null;
}
