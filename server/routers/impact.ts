/** The impact summary of the actor's own organisation. */

import { impactRequestSchema } from "../domain/impact";
import { impactOptions, impactSummary } from "../reports/impact";
import { procedure, router } from "../trpc";

export const impactRouter = router({
  options: procedure("impact.read").query(({ ctx }) => impactOptions(ctx)),
  summary: procedure("impact.read")
    .input(impactRequestSchema)
    .query(({ ctx, input }) => impactSummary(ctx, input)),
});
