/** Referrals: sent, answered and followed to their end; by members here, and by link outside. */

import { z } from "zod";
import {
  clientOfReferralsSchema,
  findDestinationsSchema,
  linkStepSchema,
  listReferralsSchema,
  referralIdSchema,
  referralStepSchema,
  sendReferralSchema,
  takeOnSchema,
} from "../domain/referral-input";
import {
  endReferralLinks,
  mailReferralAgain,
  makeReferralLink,
  openByLink,
  stepByLink,
} from "../referral-links";
import { listDestinations, listReferrals, referralsDue, referralsOfClient } from "../referral-lists";
import { entriesFromReferral, getReferral, sendReferral, stepReferral, takeOn } from "../referrals";
import { openProcedure, procedure, router } from "../trpc";

export const referralsRouter = router({
  list: procedure("referral.read")
    .input(listReferralsSchema)
    .query(({ ctx, input }) => listReferrals(ctx, input)),
  due: procedure("referral.read").query(({ ctx }) => referralsDue(ctx)),
  get: procedure("referral.read")
    .input(referralIdSchema)
    .query(({ ctx, input }) => getReferral(ctx, input.id)),
  ofClient: procedure("referral.read")
    .input(clientOfReferralsSchema)
    .query(({ ctx, input }) => referralsOfClient(ctx, input.clientId)),
  entries: procedure("referral.read")
    .input(referralIdSchema)
    .query(({ ctx, input }) => entriesFromReferral(ctx, input.id)),
  destinations: procedure("referral.send")
    .input(findDestinationsSchema)
    .query(({ ctx, input }) => listDestinations(ctx, input)),
  send: procedure("referral.send")
    .input(sendReferralSchema)
    .mutation(({ ctx, input }) => sendReferral(ctx, input)),
  step: procedure("referral.answer")
    .input(referralStepSchema)
    .mutation(({ ctx, input }) => stepReferral(ctx, input)),
  takeOn: procedure("referral.answer")
    .input(takeOnSchema)
    .mutation(({ ctx, input }) => takeOn(ctx, input)),
  mailAgain: procedure("referral.send")
    .input(referralIdSchema)
    .mutation(({ ctx, input }) => mailReferralAgain(ctx, input.id)),
  makeLink: procedure("referral.send")
    .input(referralIdSchema)
    .mutation(({ ctx, input }) => makeReferralLink(ctx, input.id)),
  endLinks: procedure("referral.send")
    .input(referralIdSchema)
    .mutation(({ ctx, input }) => endReferralLinks(ctx, input.id)),
  /** A mutation, because looking is recorded and because nothing is shown to a program that fetches addresses. */
  openLink: openProcedure("referral.by-link")
    .input(z.object({ token: z.string().max(100) }))
    .mutation(({ ctx, input }) => openByLink(ctx, input.token)),
  stepLink: openProcedure("referral.by-link")
    .input(linkStepSchema)
    .mutation(({ ctx, input }) => stepByLink(ctx, input)),
});
