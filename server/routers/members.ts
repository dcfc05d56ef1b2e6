/** Who works for the caller's organisation. */

import { z } from "zod";
import { newMember } from "../domain/account";
import { endMember, inviteMember, listMembers } from "../members";
import { procedure, router } from "../trpc";

export const membersRouter = router({
  list: procedure("member.read").query(({ ctx }) => listMembers(ctx)),
  invite: procedure("member.manage")
    .input(newMember)
    .mutation(({ ctx, input }) => inviteMember(ctx, input)),
  end: procedure("member.manage")
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => endMember(ctx, input.id)),
});
