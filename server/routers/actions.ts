/** What is still to do for clients. */

import { addAction, changeAction, finishAction, listClientActions, reopenAction } from "../actions";
import {
  actionIdSchema,
  addActionSchema,
  changeActionSchema,
  clientActionsSchema,
  finishActionSchema,
} from "../domain/action";
import { procedure, router } from "../trpc";

export const actionsRouter = router({
  ofClient: procedure("action.read")
    .input(clientActionsSchema)
    .query(({ ctx, input }) => listClientActions(ctx, input.clientId)),
  add: procedure("action.write")
    .input(addActionSchema)
    .mutation(({ ctx, input }) => addAction(ctx, input)),
  change: procedure("action.write")
    .input(changeActionSchema)
    .mutation(({ ctx, input }) => changeAction(ctx, input)),
  finish: procedure("action.write")
    .input(finishActionSchema)
    .mutation(({ ctx, input }) => finishAction(ctx, input)),
  reopen: procedure("action.write")
    .input(actionIdSchema)
    .mutation(({ ctx, input }) => reopenAction(ctx, input)),
});
