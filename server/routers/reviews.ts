/** Whether two records are one person: the queue of a link steward, and how good links and words are. */

import { giveOpinionSchema, reviewIdSchema } from "../domain/link-review";
import { getLinkQuality } from "../link-quality";
import {
  getReview,
  giveOpinion,
  listDepartedOpinions,
  listOwnOpinions,
  listQueue,
  takeBackOpinion,
} from "../reviewing";
import { procedure, router } from "../trpc";

export const reviewsRouter = router({
  queue: procedure("review.decide").query(({ ctx }) => listQueue(ctx)),
  get: procedure("review.decide")
    .input(reviewIdSchema)
    .query(({ ctx, input }) => getReview(ctx, input.id)),
  decide: procedure("review.decide")
    .input(giveOpinionSchema)
    .mutation(({ ctx, input }) => giveOpinion(ctx, input)),
  takeBack: procedure("review.decide")
    .input(reviewIdSchema)
    .mutation(({ ctx, input }) => takeBackOpinion(ctx, input.id)),
  own: procedure("review.decide").query(({ ctx }) => listOwnOpinions(ctx)),
  departed: procedure("review.decide").query(({ ctx }) => listDepartedOpinions(ctx)),
  quality: procedure("review.quality").query(({ ctx }) => getLinkQuality(ctx)),
});
