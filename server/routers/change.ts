/** Change over time: series with what came before and after, areas side by side, and the events that people wrote down. */

import { areasAsk, placesAsk, seriesAsk } from "../domain/change/ask";
import { noteEventSchema, writeEventSchema } from "../domain/event-marker";
import { listEvents, noteEvent, writeEvent } from "../event-markers";
import { getChangedAreas, getChangeSeries, listPlaces } from "../figures/change";
import { procedure, router } from "../trpc";

export const changeRouter = router({
  series: procedure("figures.read")
    .input(seriesAsk)
    .query(({ ctx, input }) => getChangeSeries(ctx, input)),
  areas: procedure("figures.read")
    .input(areasAsk)
    .query(({ ctx, input }) => getChangedAreas(ctx, input)),
  places: procedure("figures.read")
    .input(placesAsk)
    .query(({ ctx, input }) => listPlaces(ctx, input.level)),
  events: procedure("figures.read").query(({ ctx }) => listEvents(ctx)),
  write: procedure("event.write")
    .input(writeEventSchema)
    .mutation(({ ctx, input }) => writeEvent(ctx, input)),
  note: procedure("event.write")
    .input(noteEventSchema)
    .mutation(({ ctx, input }) => noteEvent(ctx, input)),
});
