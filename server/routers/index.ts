/** Every procedure there is. A room adds one line here, and a line for each procedure in `rights.test.ts`. */

import { createCallerFactory, router } from "../trpc";
import { actionsRouter } from "./actions";
import { auditRouter } from "./audit";
import { calendarRouter } from "./calendar";
import { caseloadRouter } from "./caseload";
import { changeRouter } from "./change";
import { clientsRouter } from "./clients";
import { consentsRouter } from "./consents";
import { contactsRouter } from "./contacts";
import { coverageRouter } from "./coverage";
import { crisisCardsRouter } from "./crisis-cards";
import { dataSetsRouter } from "./data-sets";
import { demoRouter } from "./demo";
import { deviceRouter } from "./device";
import { directoryRouter } from "./directory";
import { instrumentsRouter } from "./instruments";
import { mapRouter } from "./map";
import { membersRouter } from "./members";
import { organisationsRouter } from "./organisations";
import { ownFrameworksRouter } from "./own-frameworks";
import { passwordRouter } from "./password";
import { placesRouter } from "./places";
import { programmesRouter } from "./programmes";
import { referralsRouter } from "./referrals";
import { reviewsRouter } from "./reviews";
import { secondFactorRouter } from "./second-factor";
import { servicesRouter } from "./services";
import { sessionRouter } from "./session";
import { storiesRouter } from "./stories";
import { studiesRouter } from "./studies";
import { summariesRouter } from "./summaries";
import { togetherRouter } from "./together";
import { unitCostsRouter } from "./unit-costs";

export const appRouter = router({
  actions: actionsRouter,
  audit: auditRouter,
  calendar: calendarRouter,
  caseload: caseloadRouter,
  change: changeRouter,
  clients: clientsRouter,
  consents: consentsRouter,
  contacts: contactsRouter,
  coverage: coverageRouter,
  crisisCards: crisisCardsRouter,
  dataSets: dataSetsRouter,
  demo: demoRouter,
  device: deviceRouter,
  directory: directoryRouter,
  instruments: instrumentsRouter,
  map: mapRouter,
  members: membersRouter,
  organisations: organisationsRouter,
  ownFrameworks: ownFrameworksRouter,
  password: passwordRouter,
  places: placesRouter,
  programmes: programmesRouter,
  secondFactor: secondFactorRouter,
  referrals: referralsRouter,
  reviews: reviewsRouter,
  services: servicesRouter,
  session: sessionRouter,
  studies: studiesRouter,
  summaries: summariesRouter,
  stories: storiesRouter,
  together: togetherRouter,
  unitCosts: unitCostsRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
