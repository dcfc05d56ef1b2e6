/** The session of whoever calls: who they are, for whom they act, and how it ends. */

import { z } from "zod";
import { listDemoAccounts } from "../auth";
import { unlockWay } from "../domain/device-input";
import { stepUpWay } from "../domain/step-up";
import { challengeSession, lockSession, showLife, unlockSession } from "../session-lock";
import { chooseOrganisation, listMemberships, signOutEverywhere } from "../sessions";
import { findWaitingCode, listOffered } from "../sso";
import { openWaiting } from "../sso-cookies";
import { stepUp, stepUpState } from "../step-up";
import { openProcedure, procedure, router, sessionProcedure, waitingProcedure } from "../trpc";

export const sessionRouter = router({
  me: procedure("session.use").query(({ ctx }) => ctx.actor),
  memberships: sessionProcedure("session.use").query(({ ctx }) => listMemberships(ctx)),
  choose: sessionProcedure("session.use")
    .input(z.object({ organisationId: z.int() }))
    .mutation(({ ctx, input }) => chooseOrganisation(ctx, input.organisationId)),
  signOutEverywhere: sessionProcedure("session.use").mutation(({ ctx }) => signOutEverywhere(ctx)),
  /** A sign of life: somebody touched the screen or pressed a key. At most once a minute. */
  alive: sessionProcedure("session.use").mutation(({ ctx }) => showLife(ctx)),
  /** Locks at once, without waiting for the five minutes. */
  lock: waitingProcedure("session.use", "unlock").mutation(({ ctx }) => lockSession(ctx)),
  /** What the device must answer (`proofOf` in domain/device.ts) to unlock. */
  challenge: waitingProcedure("session.use", "unlock").mutation(({ ctx }) => challengeSession(ctx)),
  unlock: waitingProcedure("session.use", "unlock")
    .input(unlockWay)
    .mutation(({ ctx, input }) => unlockSession(ctx, input)),
  /** Whether the caller has shown short enough ago that it is they, for what asks for it, and how they show it. */
  stepUpState: waitingProcedure("session.use").query(({ ctx }) => stepUpState(ctx)),
  stepUp: waitingProcedure("session.use")
    .input(stepUpWay)
    .mutation(({ ctx, input }) => stepUp(ctx, input)),
  /** Organisations whose people sign in at their own provider. */
  offeredSignIns: openProcedure("session.start").query(({ ctx }) => listOffered(ctx)),
  /** The code of somebody whom no administrator has linked yet, for whoever holds the cookie that says who they are. */
  waitingCode: openProcedure("session.start")
    .input(z.object({ token: z.string().max(4000) }))
    .query(async ({ ctx, input }) => {
      const waiting = await openWaiting(input.token);
      return waiting && findWaitingCode(ctx, waiting);
    }),
  /** Whom one can sign in as with one click: empty unless this is a demo installation. */
  demoAccounts: openProcedure("session.start").query(({ ctx }) => listDemoAccounts(ctx)),
});
