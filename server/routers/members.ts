/** Who works for the caller's organisation. */

import { z } from "zod";
import { listColleaguePlaces, resetColleagueSecondFactor, revokeColleaguePlace } from "../colleagues";
import { newMember } from "../domain/account";
import { endMember, heldByMember, inviteMember, listMembers } from "../members";
import { procedure, router } from "../trpc";

export const membersRouter = router({
  list: procedure("member.read").query(({ ctx }) => listMembers(ctx)),
  invite: procedure("member.manage")
    .input(newMember)
    .mutation(({ ctx, input }) => inviteMember(ctx, input)),
  end: procedure("member.manage")
    .input(z.object({ id: z.uuid(), handOverTo: z.uuid().nullable().default(null) }))
    .mutation(({ ctx, input }) => endMember(ctx, input.id, input.handOverTo)),
  held: procedure("member.manage")
    .input(z.object({ id: z.uuid() }))
    .query(({ ctx, input }) => heldByMember(ctx, input.id)),
  /** Where a colleague works: for a lost phone. */
  places: procedure("member.manage")
    .input(z.object({ id: z.uuid() }))
    .query(({ ctx, input }) => listColleaguePlaces(ctx, input.id)),
  revokePlace: procedure("member.manage")
    .input(z.object({ memberId: z.uuid(), id: z.uuid() }))
    .mutation(({ ctx, input }) => revokeColleaguePlace(ctx, input)),
  resetSecondFactor: procedure("member.manage")
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => resetColleagueSecondFactor(ctx, input.id)),
});
