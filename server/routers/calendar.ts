/** The secret address of the caller's own calendar of due actions. */

import { calendarStatus, renewCalendar, revokeCalendar } from "../calendar";
import { procedure, router } from "../trpc";

export const calendarRouter = router({
  status: procedure("calendar.own").query(({ ctx }) => calendarStatus(ctx)),
  renew: procedure("calendar.own").mutation(({ ctx }) => renewCalendar(ctx)),
  revoke: procedure("calendar.own").mutation(({ ctx }) => revokeCalendar(ctx)),
});
