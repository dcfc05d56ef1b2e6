/** The officer's desk: who has looked at whom, and why. */

import { lookQuestion } from "../domain/who-looked";
import { requireStepUp } from "../step-up";
import { procedure, router } from "../trpc";
import { listAskable, takeOutLooks, whoLooked } from "../who-looked";

export const deskRouter = router({
  askable: procedure("audit.read").query(({ ctx }) => listAskable(ctx)),
  whoLooked: procedure("audit.read")
    .input(lookQuestion)
    .query(({ ctx, input }) => whoLooked(ctx, input)),
  takeOutLooks: procedure("audit.read")
    .input(lookQuestion)
    .mutation(async ({ ctx, input }) => {
      await requireStepUp(ctx);
      return takeOutLooks(ctx, input);
    }),
});
