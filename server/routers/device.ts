/** The devices on which the caller works: see devices.ts for what they are promised. */

import { z } from "zod";
import { isRevoked, listPlaces, openDevice, revokePlace } from "../devices";
import { deviceId, openDevice as openDeviceInput } from "../domain/device-input";
import { takeAlong } from "../take-along";
import { openProcedure, procedure, router, sessionProcedure } from "../trpc";

export const deviceRouter = router({
  open: sessionProcedure("session.use")
    .input(openDeviceInput)
    .mutation(({ ctx, input }) => openDevice(ctx, input)),
  /** What the device carries for working without signal; nothing when it holds this version already. */
  takeAlong: procedure("client.read")
    .input(z.object({ known: z.string().max(100).nullable() }))
    .query(({ ctx, input }) => takeAlong(ctx, input)),
  list: sessionProcedure("session.use").query(({ ctx }) => listPlaces(ctx)),
  revoke: sessionProcedure("session.use")
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => revokePlace(ctx, input)),
  /** For the device itself, whose session may be over: whether it must wipe what it keeps. */
  isRevoked: openProcedure("session.start")
    .input(z.object({ accountId: z.uuid(), deviceId }))
    .query(({ ctx, input }) => isRevoked(ctx, input)),
});
