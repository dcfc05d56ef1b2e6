/**
 * Sends a browser to its organisation's sign-in page: `organisation` to sign in; `for` (unlock, step-up) and `back` to
 * prove anew who sits at a session that began there. Only a form on our own pages begins it, by the origin that every
 * browser sends with a form, over https or not: another site cannot send anybody to sign in where it likes, and get them
 * to work in an account of its choosing. Who comes from elsewhere chooses for themselves.
 */

import { wayBack } from "../../../../server/domain/way-back";
import { pools } from "../../../../server/pools";
import { addressOf, isFromOurPages, isOfSensibleLength, sessionIdOf } from "../../../../server/request";
import { flowHeader } from "../../../../server/sso-cookies";
import { beginSso, type Errand } from "../../../../server/sso-sign-in";
import { ledOn, redirected } from "../redirected";

export async function POST(request: Request): Promise<Response> {
  const { headers } = request;
  const isForm = (headers.get("content-type") ?? "").startsWith("application/x-www-form-urlencoded");
  if (!isFromOurPages(headers) || !isForm || !isOfSensibleLength(headers))
    return redirected("/sign-in/organisation");
  const asked = new URLSearchParams(await request.text());
  const errand = await errandOf(asked, headers);
  if (!errand) return redirected("/sign-in");
  const begun = await beginSso(pools(), errand, {
    back: wayBack(asked.get("back")),
    from: { address: addressOf(headers), device: headers.get("user-agent") ?? "" },
  });
  if (!begun.ok) return redirected(`/sign-in?because=organisation-${begun.reason}`);
  return ledOn(begun.address, await flowHeader(begun.flow));
}

async function errandOf(asked: URLSearchParams, headers: Headers): Promise<Errand | null> {
  const purpose = asked.get("for");
  if (purpose === "unlock" || purpose === "step-up") {
    const sessionId = await sessionIdOf(headers);
    return sessionId === null ? null : { for: purpose, sessionId };
  }
  const organisation = asked.get("organisation") ?? "";
  return /^\d{1,9}$/.test(organisation) ? { for: "sign-in", organisationId: Number(organisation) } : null;
}
