/**
 * How an officer finds somebody on whose behalf they have to look something up: a request about their rights, or who has
 * looked at their record. It shows only what tells two people apart, and each search is in the audit under its own name.
 */

import { record } from "./audit";
import { searchClients } from "./clients";
import { type ActorCtx, inTransaction, requireRight } from "./context";
import type { FoundClient } from "./domain/profile";

/** What an officer is shown of somebody found: no need, no contact. */
export type FoundByOfficer = Pick<
  FoundClient,
  "id" | "givenName" | "familyName" | "dateOfBirth" | "reference" | "closedOn"
>;

/** People of the officer's own organisation by name, date of birth, reference or identifier; the best first, at most 20. */
export function findClientsAsOfficer(ctx: ActorCtx, text: string): Promise<FoundByOfficer[]> {
  requireRight(ctx, "client.find-as-officer", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const found = await searchClients(ctx, text);
    await record(ctx, "client.find-as-officer", {
      subjects: found.map(({ id }) => ({ kind: "client", id })),
    });
    return found.map(({ id, givenName, familyName, dateOfBirth, reference, closedOn }) => ({
      ...{ id, givenName, familyName, dateOfBirth, reference, closedOn },
    }));
  });
}
