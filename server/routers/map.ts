/** The map of published figures: what may be asked, the figures of a level, one area's card and profile, and series. */

import { cardQuery, figuresQuery, seriesQuery } from "../domain/figures";
import { getCard, getFigures, getMapOptions, getSeries } from "../figures";
import { getSlices } from "../figures/slices";
import { procedure, router } from "../trpc";

export const mapRouter = router({
  options: procedure("figures.read").query(({ ctx }) => getMapOptions(ctx)),
  figures: procedure("figures.read")
    .input(figuresQuery)
    .query(({ ctx, input }) => getFigures(ctx, input)),
  card: procedure("figures.read")
    .input(cardQuery)
    .query(({ ctx, input }) => getCard(ctx, input)),
  series: procedure("figures.read")
    .input(seriesQuery)
    .query(({ ctx, input }) => getSeries(ctx, input)),
  slices: procedure("figures.read")
    .input(cardQuery)
    .query(({ ctx, input }) => getSlices(ctx, input)),
});
