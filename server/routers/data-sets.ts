/** Outcome data sets: what there is to choose from, and for their holders taking one back. */

import { getDataSet, getHolding, listDataSets, withdrawDataSet } from "../data-sets";
import { dataSetIdSchema } from "../domain/lab/data-sets";
import { procedure, router } from "../trpc";

export const dataSetsRouter = router({
  list: procedure("data-set.read").query(({ ctx }) => listDataSets(ctx)),
  get: procedure("data-set.read")
    .input(dataSetIdSchema)
    .query(({ ctx, input }) => getDataSet(ctx, input.id)),
  holding: procedure("data-set.read").query(({ ctx }) => getHolding(ctx)),
  withdraw: procedure("data-set.manage")
    .input(dataSetIdSchema)
    .mutation(({ ctx, input }) => withdrawDataSet(ctx, input.id)),
});
