/** Every procedure there is. A room adds one line here, and a line for each procedure in `rights.test.ts`. */

import { createCallerFactory, router } from "../trpc";
import { impactRouter } from "./impact";
import { sessionRouter } from "./session";

export const appRouter = router({
  impact: impactRouter,
  session: sessionRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
