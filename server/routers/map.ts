/**
 * The map of published figures: what may be asked, the figures of a level, one area's card and profile,
 * series, places by name and the reader's own patch.
 */

import { gradientQuery } from "../domain/deprivation-gradient";
import { areasQuery, cardQuery, figuresQuery, seriesQuery } from "../domain/figures";
import { toNumbers } from "../domain/figures-wire";
import { patchQuery, placeQuery } from "../domain/place-search";
import { getAreas, getCard, getFigures, getMapOptions } from "../figures";
import { getGradients } from "../figures/gradient";
import { findPlaces, listPatchAreas } from "../figures/places";
import { getSeries } from "../figures/series";
import { getSlices } from "../figures/slices";
import { procedure, router } from "../trpc";

export const mapRouter = router({
  options: procedure("figures.read").query(({ ctx }) => getMapOptions(ctx)),
  figures: procedure("figures.read")
    .input(figuresQuery)
    .query(async ({ ctx, input }) => toNumbers(await getFigures(ctx, input))),
  areas: procedure("figures.read")
    .input(areasQuery)
    .query(({ ctx, input }) => getAreas(ctx, input)),
  card: procedure("figures.read")
    .input(cardQuery)
    .query(({ ctx, input }) => getCard(ctx, input)),
  series: procedure("figures.read")
    .input(seriesQuery)
    .query(({ ctx, input }) => getSeries(ctx, input)),
  gradients: procedure("figures.read")
    .input(gradientQuery)
    .query(({ ctx, input }) => getGradients(ctx, input)),
  patch: procedure("figures.read")
    .input(patchQuery)
    .query(({ ctx, input }) => listPatchAreas(ctx, input)),
  places: procedure("figures.read")
    .input(placeQuery)
    .query(({ ctx, input }) => findPlaces(ctx, input)),
  slices: procedure("figures.read")
    .input(cardQuery)
    .query(({ ctx, input }) => getSlices(ctx, input)),
});
