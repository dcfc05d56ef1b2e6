/** What people want to do with what an agreement shares. */

import {
  aboutAgreementSchema,
  removeValueActionSchema,
  saveValueActionSchema,
} from "../domain/agreements/value-map";
import { procedure, router } from "../trpc";
import { listValueActions, removeValueAction, saveValueAction } from "../value-map";

export const valueMapRouter = router({
  list: procedure("agreement.read")
    .input(aboutAgreementSchema)
    .query(({ ctx, input }) => listValueActions(ctx, input)),
  remove: procedure("agreement.write")
    .input(removeValueActionSchema)
    .mutation(({ ctx, input }) => removeValueAction(ctx, input)),
  save: procedure("agreement.write")
    .input(saveValueActionSchema)
    .mutation(({ ctx, input }) => saveValueAction(ctx, input)),
});
