/** Lists by agreement, and what is done at their places. */

import {
  actionsStandSchema,
  addListActionSchema,
  closeListActionSchema,
  listEffectSchema,
} from "../domain/agreements/list-action";
import { askListSchema } from "../domain/agreements/shared-list";
import { byId } from "../domain/typed-text";
import {
  addListAction,
  closeListAction,
  listActionsStand,
  listDoers,
  listEffect,
  listListActions,
} from "../list-actions";
import { exportList, listChoices, listStands, makeList } from "../shared-lists";
import { procedure, router } from "../trpc";

export const listsRouter = router({
  act: procedure("list.act")
    .input(addListActionSchema)
    .mutation(({ ctx, input }) => addListAction(ctx, input)),
  actions: procedure("list.act").query(({ ctx }) => listListActions(ctx)),
  actionsStand: procedure("list.act")
    .input(actionsStandSchema)
    .query(({ ctx, input }) => listActionsStand(ctx, input)),
  choices: procedure("list.make").query(({ ctx }) => listChoices(ctx)),
  close: procedure("list.act")
    .input(closeListActionSchema)
    .mutation(({ ctx, input }) => closeListAction(ctx, input)),
  doers: procedure("list.act").query(({ ctx }) => listDoers(ctx)),
  effect: procedure("list.act")
    .input(listEffectSchema)
    .mutation(({ ctx, input }) => listEffect(ctx, input)),
  export: procedure("list.make")
    .input(askListSchema)
    .mutation(({ ctx, input }) => exportList(ctx, input)),
  make: procedure("list.make")
    .input(askListSchema)
    .mutation(({ ctx, input }) => makeList(ctx, input)),
  stands: procedure("list.make")
    .input(byId)
    .query(({ ctx, input }) => listStands(ctx, input)),
});
