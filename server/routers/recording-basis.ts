/** Why an organisation may hold what it records. */

import { z } from "zod";
import { PROFESSIONS } from "../domain/plain-wording";
import { setBasisSchema } from "../domain/recording-basis";
import { getBasis, setBasis, setProfession } from "../recording-basis";
import { procedure, router } from "../trpc";

export const recordingBasisRouter = router({
  get: procedure("basis.read").query(({ ctx }) => getBasis(ctx)),
  set: procedure("basis.set")
    .input(setBasisSchema)
    .mutation(({ ctx, input }) => setBasis(ctx, input)),
  setProfession: procedure("basis.set")
    .input(z.strictObject({ profession: z.enum(PROFESSIONS) }))
    .mutation(({ ctx, input }) => setProfession(ctx, input.profession)),
});
