/** Domains that come together, and areas whose needs are alike. */

import { alikeQuery, togetherQuery } from "../domain/together";
import { getAlike, getTogether, getTogetherChoices } from "../figures/together";
import { procedure, router } from "../trpc";

export const togetherRouter = router({
  choices: procedure("figures.compare").query(({ ctx }) => getTogetherChoices(ctx)),
  pairs: procedure("figures.compare")
    .input(togetherQuery)
    .query(({ ctx, input }) => getTogether(ctx, input)),
  alike: procedure("figures.compare")
    .input(alikeQuery)
    .query(({ ctx, input }) => getAlike(ctx, input)),
});
