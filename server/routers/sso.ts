/** Signing in with one's organisation: what an administrator sets and whom they link. */

import { z } from "zod";
import { linkSubject as linkSchema, saveProvider as saveSchema } from "../domain/sso";
import { linkSubject, readSettings, saveProvider, turnProviderOff, unlinkSubject } from "../sso";
import { procedure, router } from "../trpc";

const which = z.object({ organisationId: z.int() });

export const ssoRouter = router({
  read: procedure("organisation.manage")
    .input(which)
    .query(({ ctx, input }) => readSettings(ctx, input.organisationId)),
  save: procedure("organisation.manage")
    .input(saveSchema)
    .mutation(({ ctx, input }) => saveProvider(ctx, input)),
  turnOff: procedure("organisation.manage")
    .input(which)
    .mutation(({ ctx, input }) => turnProviderOff(ctx, input.organisationId)),
  link: procedure("organisation.manage")
    .input(linkSchema)
    .mutation(({ ctx, input }) => linkSubject(ctx, input)),
  unlink: procedure("organisation.manage")
    .input(which.extend({ memberId: z.uuid() }))
    .mutation(({ ctx, input }) => unlinkSubject(ctx, input)),
});
