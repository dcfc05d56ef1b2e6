/** Stories of people, and what they agreed to. */

import {
  confirmStorySchema,
  lookOverSchema,
  recordStoryConsentSchema,
  saveStorySchema,
  storyIdSchema,
} from "../domain/impact/story";
import {
  confirmStory,
  getStory,
  listStories,
  lookOverStory,
  recordStoryConsent,
  retireStory,
  saveStory,
} from "../stories";
import { procedure, router } from "../trpc";

export const storiesRouter = router({
  list: procedure("story.read").query(({ ctx }) => listStories(ctx)),
  get: procedure("story.read")
    .input(storyIdSchema)
    .query(({ ctx, input }) => getStory(ctx, input.id)),
  // Asks without changing anything, and yet a mutation: it is pressed, and its answer is kept in no cache.
  lookOver: procedure("story.write")
    .input(lookOverSchema)
    .mutation(({ ctx, input }) => lookOverStory(ctx, input)),
  save: procedure("story.write")
    .input(saveStorySchema)
    .mutation(({ ctx, input }) => saveStory(ctx, input)),
  consent: procedure("story.write")
    .input(recordStoryConsentSchema)
    .mutation(({ ctx, input }) => recordStoryConsent(ctx, input)),
  confirm: procedure("story.check")
    .input(confirmStorySchema)
    .mutation(({ ctx, input }) => confirmStory(ctx, input)),
  retire: procedure("story.write")
    .input(storyIdSchema)
    .mutation(({ ctx, input }) => retireStory(ctx, input.id)),
});
