/** Unit costs for estimates of value. */

import { z } from "zod";
import { MOST_FILE_CHARACTERS } from "../domain/impact/table-rows";
import { saveUnitCostSchema } from "../domain/impact/value";
import { uuid } from "../domain/typed-text";
import { procedure, router } from "../trpc";
import { closeUnitCost, importUnitCosts, listUnitCosts, saveUnitCost } from "../unit-costs";

const file = z.object({
  text: z.string().max(MOST_FILE_CHARACTERS, "This file is too large. Keep it to the columns asked for."),
});

export const unitCostsRouter = router({
  list: procedure("unit-cost.read").query(({ ctx }) => listUnitCosts(ctx)),
  save: procedure("unit-cost.manage")
    .input(saveUnitCostSchema)
    .mutation(({ ctx, input }) => saveUnitCost(ctx, input)),
  close: procedure("unit-cost.manage")
    .input(z.object({ id: uuid, closed: z.boolean() }))
    .mutation(({ ctx, input }) => closeUnitCost(ctx, input)),
  import: procedure("unit-cost.manage")
    .input(file)
    .mutation(({ ctx, input }) => importUnitCosts(ctx, input.text)),
});
