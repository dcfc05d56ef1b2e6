/** Scored instruments and the scores of clients. */

import { z } from "zod";
import {
  addInstrumentSchema,
  instrumentIdSchema,
  recordScoreSchema,
  voidScoreSchema,
} from "../domain/instrument";
import {
  addInstrument,
  closeInstrument,
  listClientScores,
  listInstruments,
  recordScore,
  voidScore,
} from "../instruments";
import { procedure, router } from "../trpc";

export const instrumentsRouter = router({
  list: procedure("instrument.read").query(({ ctx }) => listInstruments(ctx)),
  add: procedure("instrument.manage")
    .input(addInstrumentSchema)
    .mutation(({ ctx, input }) => addInstrument(ctx, input)),
  close: procedure("instrument.manage")
    .input(instrumentIdSchema.extend({ closed: z.boolean() }))
    .mutation(({ ctx, input }) => closeInstrument(ctx, input)),
  scores: procedure("score.read")
    .input(z.object({ clientId: z.uuid().toLowerCase() }))
    .query(({ ctx, input }) => listClientScores(ctx, input.clientId)),
  record: procedure("score.write")
    .input(recordScoreSchema)
    .mutation(({ ctx, input }) => recordScore(ctx, input)),
  void: procedure("score.write")
    .input(voidScoreSchema)
    .mutation(({ ctx, input }) => voidScore(ctx, input)),
});
