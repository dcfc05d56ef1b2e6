/**
 * What goes into a referral: open issues of the client, the details that were ticked, and a service that can take it.
 * Everything is read from the sender's own records; what the browser says of a person is not believed.
 */

import { type ClientRow, openClient } from "./client-rows";
import { readTimeline } from "./client-timeline";
import type { TxCtx } from "./context";
import { Invalid, NotFound } from "./domain/errors";
import type { Severity } from "./domain/needs";
import {
  type Destination,
  type SendReferral,
  SHAREABLE_WORDS,
  type Shareable,
  type SharedDetails,
} from "./domain/referral-input";

const SECRET_POSTCODE =
  "Their home is kept secret, so the postcode is not sent. Take its tick away, and tell the service yourself what it must know.";

/** How the place of somebody without a home travels. */
export const NO_FIXED_ADDRESS = "no fixed address";

/** The issues to hand over, in the order chosen, as they stand now. Throws NotFound, Invalid. */
export async function issuesToSend(
  ctx: TxCtx,
  { clientId, issues }: SendReferral,
): Promise<{ issueId: string; need: string; severity: Severity; label: string | null }[]> {
  const [client] = await ctx.db<{ anonymous: boolean }[]>`
    select anonymous from casework.client
    where organisation_id = ${ctx.actor.organisationId} and id = ${clientId}`;
  if (!client) throw new NotFound("This person");
  if (client.anonymous) {
    throw new Invalid("Somebody who gave no name cannot be referred. Give them the number of the service.");
  }
  const held = new Map(
    (await readTimeline(ctx, clientId, { before: null })).issues.map((issue) => [issue.id, issue]),
  );
  return issues.map(({ issueId, withLabel }, at) => {
    const issue = held.get(issueId);
    if (!issue?.open || !issue.severity) {
      throw new Invalid("This issue is not open with this person.", {
        [`issues.${at}`]: "This issue is not open with this person.",
      });
    }
    return { issueId, need: issue.need, severity: issue.severity, label: withLabel ? issue.label : null };
  });
}

/**
 * The ticked details of a client, and no others. Throws Invalid for one that is not recorded, and for the postcode of a home
 * that nobody outside may find, as any of the organisation's records of the person says.
 */
export async function detailsToShare(
  { db, actor: { organisationId } }: TxCtx,
  { clientId, share }: SendReferral,
): Promise<SharedDetails> {
  const [row] = await db<ClientRow[]>`
    select c.id, c.anonymous, c.reference as plain_reference, i.reference, c.closed_on,
           i.given_name, i.family_name, i.date_of_birth,
           coalesce(i.sex, 'not-known') as sex, i.postcode, i.address, i.phone, i.email,
           exists (
             select from governance.own_records(c.organisation_id, c.id) as own
             join identity.client_identity as x
               on x.organisation_id = c.organisation_id and x.client_id = own.client_id and x.home_is_secret
           ) as home_is_secret
    from casework.client as c
    left join identity.client_identity as i on i.organisation_id = c.organisation_id and i.client_id = c.id
    where c.organisation_id = ${organisationId} and c.id = ${clientId}`;
  if (!row) throw new NotFound("This person");
  const client = openClient(organisationId, row);
  const postcode =
    client.place.kind === "postcode"
      ? client.place.postcode
      : client.place.kind === "no-fixed-address"
        ? NO_FIXED_ADDRESS
        : undefined;
  const has: Readonly<Record<Shareable, SharedDetails | null>> = {
    name:
      client.givenName || client.familyName
        ? { givenName: client.givenName, familyName: client.familyName }
        : null,
    "date-of-birth": client.dateOfBirth ? { dateOfBirth: client.dateOfBirth } : null,
    phone: client.phone ? { phone: client.phone } : null,
    email: client.email ? { email: client.email } : null,
    postcode: postcode ? { postcode } : null,
  };
  const details: SharedDetails = {};
  for (const ticked of share) {
    const value = has[ticked];
    if (ticked === "postcode" && client.homeIsSecret)
      throw new Invalid(SECRET_POSTCODE, { share: SECRET_POSTCODE });
    if (!value) {
      const missing = `No ${SHAREABLE_WORDS[ticked]} is recorded, so it cannot be shared.`;
      throw new Invalid(missing, { share: missing });
    }
    Object.assign(details, value);
  }
  return details;
}

interface Reached {
  organisationId: number | null;
  serviceId: string | null;
  directoryId: string | null;
  name: string;
  organisationName: string | null;
  email: string | null;
  phone: string | null;
}

/** The service as it is kept with the referral. Throws Invalid for one that is not there or not open. */
export async function destinationOf({ db }: TxCtx, to: Destination): Promise<Reached> {
  if (to.way === "platform") {
    const [service] = await db<{ organisationName: string; serviceName: string }[]>`
      select organisation_name, service_name from casework.services_elsewhere()
      where organisation_id = ${to.organisationId} and service_id = ${to.serviceId}`;
    if (!service) {
      throw new Invalid("This service takes no referrals here. Choose another.", {
        to: "Choose another service.",
      });
    }
    return {
      organisationId: to.organisationId,
      serviceId: to.serviceId,
      directoryId: null,
      name: service.serviceName,
      organisationName: service.organisationName,
      email: null,
      phone: null,
    };
  }
  return {
    organisationId: null,
    serviceId: null,
    directoryId: to.directoryId,
    name: to.name,
    organisationName: null,
    email: to.way === "email" ? to.email : null,
    phone: to.phone,
  };
}
