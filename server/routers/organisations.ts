/** The organisations of the installation, for administrators. */

import { letHold } from "../data-sets";
import { newOrganisation } from "../domain/account";
import { letHoldSchema } from "../domain/lab/data-sets";
import { addOrganisation, listOrganisations } from "../organisations";
import { procedure, router } from "../trpc";

export const organisationsRouter = router({
  list: procedure("organisation.manage").query(({ ctx }) => listOrganisations(ctx)),
  add: procedure("organisation.manage")
    .input(newOrganisation)
    .mutation(({ ctx, input }) => addOrganisation(ctx, input)),
  letHold: procedure("organisation.manage")
    .input(letHoldSchema)
    .mutation(({ ctx, input }) => letHold(ctx, input)),
});
