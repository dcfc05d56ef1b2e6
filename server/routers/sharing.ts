/** What other organisations share of a person, by agreement. */

import { z } from "zod";
import { knownToSchema, lookSchema, passOnYesSchema } from "../domain/agreements/known-to";
import { daySchema } from "../domain/client";
import { byId } from "../domain/typed-text";
import { knownTo, lookStands, passOnYes } from "../known-to";
import { lookDigest } from "../look-digest";
import { sharedPerson } from "../shared-views";
import { procedure, router } from "../trpc";

const sinceDay = z.strictObject({ since: daySchema });

export const sharingRouter = router({
  /** For officers: what their own members looked up. */
  digest: procedure("audit.read")
    .input(sinceDay)
    .query(({ ctx, input }) => lookDigest(ctx, input.since)),
  knownTo: procedure("sharing.look")
    .input(lookSchema)
    .output(knownToSchema)
    .mutation(({ ctx, input }) => knownTo(ctx, input)),
  person: procedure("sharing.look")
    .input(lookSchema)
    .mutation(({ ctx, input }) => sharedPerson(ctx, input)),
  passOnYes: procedure("consent.record")
    .input(passOnYesSchema)
    .mutation(({ ctx, input }) => passOnYes(ctx, input)),
  stands: procedure("sharing.look")
    .input(byId)
    .query(({ ctx, input }) => lookStands(ctx, input)),
});
