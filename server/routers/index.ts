/** Every procedure there is. A room adds one line here, and a line for each procedure in `rights.test.ts`. */

import { createCallerFactory, router } from "../trpc";
import { actionsRouter } from "./actions";
import { agreementsRouter } from "./agreements";
import { auditRouter } from "./audit";
import { calendarRouter } from "./calendar";
import { caseloadRouter } from "./caseload";
import { changeRouter } from "./change";
import { clientsRouter } from "./clients";
import { consentsRouter } from "./consents";
import { contactsRouter } from "./contacts";
import { coverageRouter } from "./coverage";
import { crisisCardsRouter } from "./crisis-cards";
import { dataAssetsRouter } from "./data-assets";
import { dataSetsRouter } from "./data-sets";
import { demoRouter } from "./demo";
import { deskRouter } from "./desk";
import { deviceRouter } from "./device";
import { directoryRouter } from "./directory";
import { earlyHelpRouter } from "./early-help";
import { instrumentsRouter } from "./instruments";
import { listsRouter } from "./lists";
import { mapRouter } from "./map";
import { membersRouter } from "./members";
import { objectionsRouter } from "./objections";
import { organisationsRouter } from "./organisations";
import { ownFrameworksRouter } from "./own-frameworks";
import { passwordRouter } from "./password";
import { placesRouter } from "./places";
import { programmesRouter } from "./programmes";
import { recordingBasisRouter } from "./recording-basis";
import { referralsRouter } from "./referrals";
import { residentsRouter } from "./residents";
import { reviewsRouter } from "./reviews";
import { rightsRouter } from "./rights";
import { secondFactorRouter } from "./second-factor";
import { servicesRouter } from "./services";
import { sessionRouter } from "./session";
import { sharingRouter } from "./sharing";
import { ssoRouter } from "./sso";
import { storiesRouter } from "./stories";
import { studiesRouter } from "./studies";
import { summariesRouter } from "./summaries";
import { togetherRouter } from "./together";
import { unitCostsRouter } from "./unit-costs";
import { valueMapRouter } from "./value-map";

export const appRouter = router({
  actions: actionsRouter,
  agreements: agreementsRouter,
  audit: auditRouter,
  calendar: calendarRouter,
  caseload: caseloadRouter,
  change: changeRouter,
  clients: clientsRouter,
  consents: consentsRouter,
  contacts: contactsRouter,
  coverage: coverageRouter,
  crisisCards: crisisCardsRouter,
  dataAssets: dataAssetsRouter,
  dataSets: dataSetsRouter,
  demo: demoRouter,
  desk: deskRouter,
  device: deviceRouter,
  directory: directoryRouter,
  earlyHelp: earlyHelpRouter,
  instruments: instrumentsRouter,
  lists: listsRouter,
  map: mapRouter,
  members: membersRouter,
  objections: objectionsRouter,
  organisations: organisationsRouter,
  ownFrameworks: ownFrameworksRouter,
  password: passwordRouter,
  places: placesRouter,
  programmes: programmesRouter,
  recordingBasis: recordingBasisRouter,
  residents: residentsRouter,
  secondFactor: secondFactorRouter,
  referrals: referralsRouter,
  reviews: reviewsRouter,
  rights: rightsRouter,
  services: servicesRouter,
  session: sessionRouter,
  sharing: sharingRouter,
  sso: ssoRouter,
  studies: studiesRouter,
  summaries: summariesRouter,
  stories: storiesRouter,
  together: togetherRouter,
  unitCosts: unitCostsRouter,
  valueMap: valueMapRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
