/** What was done in the caller's organisation, for its officers. */

import { findAuditState } from "../audit-checks";
import { auditQuestion, listTrail } from "../audit-trail";
import { getNewPeople } from "../new-people";
import { procedure, router } from "../trpc";

export const auditRouter = router({
  list: procedure("audit.read")
    .input(auditQuestion)
    .query(({ ctx, input }) => listTrail(ctx, input)),
  /** What the last check of the chain found; null before the first. */
  state: procedure("audit.read").query(({ ctx }) => findAuditState(ctx)),
  newPeople: procedure("audit.read").query(({ ctx }) => getNewPeople(ctx)),
});
