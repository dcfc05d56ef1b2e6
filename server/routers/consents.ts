/** What clients said about sharing with other services. */

import { z } from "zod";
import { listRenewals } from "../consent-renewals";
import { listConsents, recordConsent } from "../consents";
import { recordConsentSchema } from "../domain/consent-input";
import { procedure, router } from "../trpc";

export const consentsRouter = router({
  list: procedure("client.read")
    .input(z.object({ clientId: z.uuid().toLowerCase() }))
    .query(({ ctx, input }) => listConsents(ctx, input)),
  renewals: procedure("caseload.read").query(({ ctx }) => listRenewals(ctx)),
  record: procedure("consent.record")
    .input(recordConsentSchema)
    .mutation(({ ctx, input }) => recordConsent(ctx, input)),
});
