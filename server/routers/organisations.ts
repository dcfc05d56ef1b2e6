/** The organisations of the installation, for administrators. */

import { newOrganisation } from "../domain/account";
import { addOrganisation, listOrganisations } from "../organisations";
import { procedure, router } from "../trpc";

export const organisationsRouter = router({
  list: procedure("organisation.manage").query(({ ctx }) => listOrganisations(ctx)),
  add: procedure("organisation.manage")
    .input(newOrganisation)
    .mutation(({ ctx, input }) => addOrganisation(ctx, input)),
});
