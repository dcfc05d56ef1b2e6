/** Services of an organisation and their need lists. */

import {
  addServiceSchema,
  serviceIdSchema,
  setServiceNeedsSchema,
  setServiceTeamSchema,
} from "../domain/service";
import { addService, getService, listServices, setServiceNeeds, setServiceTeam } from "../services";
import { procedure, router } from "../trpc";

export const servicesRouter = router({
  list: procedure("service.read").query(({ ctx }) => listServices(ctx)),
  get: procedure("service.read")
    .input(serviceIdSchema)
    .query(({ ctx, input }) => getService(ctx, input.id)),
  add: procedure("service.manage")
    .input(addServiceSchema)
    .mutation(({ ctx, input }) => addService(ctx, input.name)),
  setNeeds: procedure("service.manage")
    .input(setServiceNeedsSchema)
    .mutation(({ ctx, input }) => setServiceNeeds(ctx, input)),
  setTeam: procedure("service.manage")
    .input(setServiceTeamSchema)
    .mutation(({ ctx, input }) => setServiceTeam(ctx, input)),
});
