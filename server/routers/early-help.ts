/** Early help: the question to a worker, their answer, and the manager's switch. */

import { z } from "zod";
import { answerEarlyHelpSchema } from "../domain/early-help";
import { uuid } from "../domain/typed-text";
import { answerEarlyHelp, earlyHelpPrompt, earlyHelpSetting, setEarlyHelp } from "../early-help";
import { procedure, router } from "../trpc";

export const earlyHelpRouter = router({
  prompt: procedure("client.read")
    .input(z.strictObject({ clientId: uuid }))
    .query(({ ctx, input }) => earlyHelpPrompt(ctx, input)),
  answer: procedure("contact.log")
    .input(answerEarlyHelpSchema)
    .mutation(({ ctx, input }) => answerEarlyHelp(ctx, input)),
  setting: procedure("caseload.manage").query(({ ctx }) => earlyHelpSetting(ctx)),
  set: procedure("caseload.manage")
    .input(z.strictObject({ isOn: z.boolean() }))
    .mutation(({ ctx, input }) => setEarlyHelp(ctx, input)),
});
