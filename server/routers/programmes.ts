/** Programmes of several organisations that agreed to be counted together. */

import {
  addProgrammeSchema,
  agreeSchema,
  programmeIdSchema,
  programmePartySchema,
  programmeSummarySchema,
} from "../domain/programmes";
import {
  addProgramme,
  agreeToProgramme,
  inviteOrganisation,
  leaveProgramme,
  listInvitable,
  listProgrammes,
  makeProgrammeSummary,
  withdrawInvitation,
} from "../programmes";
import { procedure, router } from "../trpc";

export const programmesRouter = router({
  add: procedure("programme.manage")
    .input(addProgrammeSchema)
    .mutation(({ ctx, input }) => addProgramme(ctx, input)),
  agree: procedure("programme.manage")
    .input(agreeSchema)
    .mutation(({ ctx, input }) => agreeToProgramme(ctx, input)),
  invitable: procedure("programme.manage").query(({ ctx }) => listInvitable(ctx)),
  invite: procedure("programme.manage")
    .input(programmePartySchema)
    .mutation(({ ctx, input }) => inviteOrganisation(ctx, input)),
  leave: procedure("programme.manage")
    .input(programmeIdSchema)
    .mutation(({ ctx, input }) => leaveProgramme(ctx, input.programmeId)),
  list: procedure("programme.read").query(({ ctx }) => listProgrammes(ctx)),
  make: procedure("programme.manage")
    .input(programmeSummarySchema)
    .mutation(({ ctx, input }) => makeProgrammeSummary(ctx, input)),
  withdraw: procedure("programme.manage")
    .input(programmePartySchema)
    .mutation(({ ctx, input }) => withdrawInvitation(ctx, input)),
});
