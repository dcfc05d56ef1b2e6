/** The caller's second factor: setting it up, another phone, new recovery codes. */

import { z } from "zod";
import { appCode, bothFactors } from "../domain/second-factor";
import {
  beginSetUp,
  changePhone,
  confirmSetUp,
  renewRecoveryCodes,
  secondFactorState,
} from "../second-factor";
import { router, waitingProcedure } from "../trpc";

export const secondFactorRouter = router({
  state: waitingProcedure("session.use").query(({ ctx }) => secondFactorState(ctx)),
  /** The key to teach an app, for an account that has no second factor yet or asked to change it. */
  begin: waitingProcedure("session.use", "enrolment").mutation(({ ctx }) => beginSetUp(ctx)),
  confirm: waitingProcedure("session.use", "enrolment")
    .input(z.object({ code: appCode }))
    .mutation(({ ctx, input }) => confirmSetUp(ctx, input.code)),
  change: waitingProcedure("session.use")
    .input(bothFactors)
    .mutation(({ ctx, input }) => changePhone(ctx, input)),
  renewRecoveryCodes: waitingProcedure("session.use")
    .input(bothFactors)
    .mutation(({ ctx, input }) => renewRecoveryCodes(ctx, input)),
});
