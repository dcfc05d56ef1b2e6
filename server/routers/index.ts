/** Every procedure there is. A room adds one line here, and a line for each procedure in `rights.test.ts`. */

import { createCallerFactory, router } from "../trpc";
import { auditRouter } from "./audit";
import { clientsRouter } from "./clients";
import { contactsRouter } from "./contacts";
import { demoRouter } from "./demo";
import { deviceRouter } from "./device";
import { directoryRouter } from "./directory";
import { impactRouter } from "./impact";
import { mapRouter } from "./map";
import { membersRouter } from "./members";
import { organisationsRouter } from "./organisations";
import { passwordRouter } from "./password";
import { servicesRouter } from "./services";
import { sessionRouter } from "./session";

export const appRouter = router({
  audit: auditRouter,
  clients: clientsRouter,
  contacts: contactsRouter,
  demo: demoRouter,
  device: deviceRouter,
  directory: directoryRouter,
  impact: impactRouter,
  map: mapRouter,
  members: membersRouter,
  organisations: organisationsRouter,
  password: passwordRouter,
  services: servicesRouter,
  session: sessionRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
