/** The officer's desk: what waits, who has looked and why, emergency access, breaches, disclosure, the record of processing. */

import { z } from "zod";
import {
  listAffected,
  listAskableDevices,
  listBreaches,
  openBreach,
  takeAffected,
  takeBreachStep,
} from "../breaches";
import {
  endGlass,
  listGlassCases,
  listGlassParties,
  listOwnGlass,
  lookThroughGlass,
  openGlass,
  reviewGlass,
} from "../break-glass";
import { getDesk } from "../desk";
import { getDisclosureSettings, tryDisclosure } from "../disclosure-settings";
import { affectedSchema, breachStepSchema, openBreachSchema } from "../domain/breach";
import { openGlassSchema, reviewGlassSchema } from "../domain/break-glass";
import { trialSchema } from "../domain/disclosure-trial";
import { statePrincipleSchema } from "../domain/principles";
import { byId, text } from "../domain/typed-text";
import { lookQuestion } from "../domain/who-looked";
import { getPrinciples, statePrinciple } from "../principles";
import { getProcessing, signProcessing } from "../processing-record";
import { procedure, router } from "../trpc";
import { listAskable, takeOutLooks, whoLooked } from "../who-looked";

const signature = z.strictObject({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  words: text.min(5, "Say what you decided about the risks.").max(2_000),
});

export const deskRouter = router({
  today: procedure("desk.use").query(({ ctx }) => getDesk(ctx)),
  askable: procedure("audit.read").query(({ ctx }) => listAskable(ctx)),
  whoLooked: procedure("audit.read")
    .input(lookQuestion)
    .query(({ ctx, input }) => whoLooked(ctx, input)),
  /** Emergency access: the first five for whoever opens one, the others for officers. */
  glassParties: procedure("break-glass.open").query(({ ctx }) => listGlassParties(ctx)),
  ownGlass: procedure("break-glass.open").query(({ ctx }) => listOwnGlass(ctx)),
  openGlass: procedure("break-glass.open")
    .input(openGlassSchema)
    .mutation(({ ctx, input }) => openGlass(ctx, input)),
  lookThroughGlass: procedure("break-glass.open")
    .input(byId)
    .mutation(({ ctx, input }) => lookThroughGlass(ctx, input)),
  endGlass: procedure("break-glass.open")
    .input(byId)
    .mutation(({ ctx, input }) => endGlass(ctx, input)),
  glassCases: procedure("break-glass.review").query(({ ctx }) => listGlassCases(ctx)),
  reviewGlass: procedure("break-glass.review")
    .input(reviewGlassSchema)
    .mutation(({ ctx, input }) => reviewGlass(ctx, input)),
  affected: procedure("desk.use")
    .input(affectedSchema)
    .query(({ ctx, input }) => listAffected(ctx, input)),
  takeAffected: procedure("desk.use")
    .input(affectedSchema)
    .mutation(({ ctx, input }) => takeAffected(ctx, input)),
  devices: procedure("desk.use").query(({ ctx }) => listAskableDevices(ctx)),
  breaches: procedure("desk.use").query(({ ctx }) => listBreaches(ctx)),
  openBreach: procedure("desk.use")
    .input(openBreachSchema)
    .mutation(({ ctx, input }) => openBreach(ctx, input)),
  breachStep: procedure("desk.use")
    .input(breachStepSchema)
    .mutation(({ ctx, input }) => takeBreachStep(ctx, input)),
  disclosure: procedure("desk.use").query(({ ctx }) => getDisclosureSettings(ctx)),
  tryDisclosure: procedure("desk.use")
    .input(trialSchema)
    .mutation(({ ctx, input }) => tryDisclosure(ctx, input)),
  processing: procedure("desk.use").query(({ ctx }) => getProcessing(ctx)),
  signProcessing: procedure("desk.use")
    .input(signature)
    .mutation(({ ctx, input }) => signProcessing(ctx, input)),
  principles: procedure("desk.use").query(({ ctx }) => getPrinciples(ctx)),
  statePrinciple: procedure("desk.use")
    .input(statePrincipleSchema)
    .mutation(({ ctx, input }) => statePrinciple(ctx, input)),
  takeOutLooks: procedure("audit.read")
    .input(lookQuestion)
    .mutation(({ ctx, input }) => takeOutLooks(ctx, input)),
});
