/** The data asset register. */

import { listDataAssets, retireDataAsset, saveDataAsset } from "../data-assets";
import { retireDataAssetSchema, saveDataAssetSchema } from "../domain/agreements/data-asset";
import { procedure, router } from "../trpc";

export const dataAssetsRouter = router({
  list: procedure("agreement.read").query(({ ctx }) => listDataAssets(ctx)),
  retire: procedure("agreement.write")
    .input(retireDataAssetSchema)
    .mutation(({ ctx, input }) => retireDataAsset(ctx, input)),
  save: procedure("agreement.write")
    .input(saveDataAssetSchema)
    .mutation(({ ctx, input }) => saveDataAsset(ctx, input)),
});
