/** The session of whoever calls: who they are, for whom they act, and how it ends. */

import { z } from "zod";
import { listDemoAccounts } from "../auth";
import { chooseOrganisation, listMemberships, signOutEverywhere } from "../sessions";
import { openProcedure, procedure, router, sessionProcedure } from "../trpc";

export const sessionRouter = router({
  me: procedure("session.use").query(({ ctx }) => ctx.actor),
  memberships: sessionProcedure("session.use").query(({ ctx }) => listMemberships(ctx)),
  choose: sessionProcedure("session.use")
    .input(z.object({ organisationId: z.int() }))
    .mutation(({ ctx, input }) => chooseOrganisation(ctx, input.organisationId)),
  signOutEverywhere: sessionProcedure("session.use").mutation(({ ctx }) => signOutEverywhere(ctx)),
  /** Whom one can sign in as with one click: empty unless this is a demo installation. */
  demoAccounts: openProcedure("session.start").query(({ ctx }) => listDemoAccounts(ctx)),
});
