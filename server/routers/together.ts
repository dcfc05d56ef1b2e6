/** Domains that come together, and areas whose needs are alike. */

import { alikeQuery, togetherQuery } from "../domain/together";
import { getAlike, getTogether, getTogetherChoices } from "../figures/together";
import { procedure, router } from "../trpc";

export const togetherRouter = router({
  choices: procedure("figures.read").query(({ ctx }) => getTogetherChoices(ctx)),
  pairs: procedure("figures.read")
    .input(togetherQuery)
    .query(({ ctx, input }) => getTogether(ctx, input)),
  alike: procedure("figures.read")
    .input(alikeQuery)
    .query(({ ctx, input }) => getAlike(ctx, input)),
});
