/** Outcome data sets: what there is to choose from, and for their holders taking one back. */

import { askDataSetUpload, getDataSetLoad } from "../data-set-uploads";
import { getDataSet, getHolding, listDataSets, withdrawDataSet } from "../data-sets";
import { askDataSetUploadSchema, dataSetIdSchema, dataSetUploadSchema } from "../domain/lab/data-sets";
import { procedure, router } from "../trpc";

export const dataSetsRouter = router({
  askUpload: procedure("data-set.manage")
    .input(askDataSetUploadSchema)
    .mutation(({ ctx, input }) => askDataSetUpload(ctx, input)),
  load: procedure("data-set.manage")
    .input(dataSetUploadSchema)
    .query(({ ctx, input }) => getDataSetLoad(ctx, input.uploadId)),
  list: procedure("data-set.read").query(({ ctx }) => listDataSets(ctx)),
  get: procedure("data-set.read")
    .input(dataSetIdSchema)
    .query(({ ctx, input }) => getDataSet(ctx, input.id)),
  holding: procedure("data-set.read").query(({ ctx }) => getHolding(ctx)),
  withdraw: procedure("data-set.manage")
    .input(dataSetIdSchema)
    .mutation(({ ctx, input }) => withdrawDataSet(ctx, input.id)),
});
