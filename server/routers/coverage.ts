/** Who reports where, the panels of those that reported throughout, and published indicators beside recorded need. */

import { coverageCardQuery, panelQuery } from "../domain/coverage";
import { besideQuery } from "../domain/indicators";
import { getCoverage, getCoverageCard, getPanels } from "../figures/coverage";
import { getBeside } from "../figures/indicators";
import { procedure, router } from "../trpc";

export const coverageRouter = router({
  areas: procedure("figures.compare").query(({ ctx }) => getCoverage(ctx)),
  card: procedure("figures.read")
    .input(coverageCardQuery)
    .query(({ ctx, input }) => getCoverageCard(ctx, input)),
  panels: procedure("figures.compare")
    .input(panelQuery)
    .query(({ ctx, input }) => getPanels(ctx, input)),
  beside: procedure("figures.compare")
    .input(besideQuery)
    .query(({ ctx, input }) => getBeside(ctx, input)),
});
