/** Every procedure there is. A room adds one line here, and a line for each procedure in `rights.test.ts`. */

import { createCallerFactory, router } from "../trpc";
import { clientsRouter } from "./clients";
import { contactsRouter } from "./contacts";
import { impactRouter } from "./impact";
import { servicesRouter } from "./services";
import { sessionRouter } from "./session";

export const appRouter = router({
  clients: clientsRouter,
  contacts: contactsRouter,
  impact: impactRouter,
  services: servicesRouter,
  session: sessionRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
