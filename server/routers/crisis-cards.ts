/** What to do at once when a crisis need comes up. */

import { listCrisisCards, saveCrisisCard } from "../crisis-cards";
import { saveCrisisCardSchema } from "../domain/crisis-cards";
import { procedure, router } from "../trpc";

export const crisisCardsRouter = router({
  list: procedure("crisis-card.read").query(({ ctx }) => listCrisisCards(ctx)),
  save: procedure("crisis-card.manage")
    .input(saveCrisisCardSchema)
    .mutation(({ ctx, input }) => saveCrisisCard(ctx, input)),
});
