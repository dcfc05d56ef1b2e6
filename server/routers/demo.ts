/** The demo: where it stands, and "Run a week". */

import { demoStatus, runWeek } from "../demo";
import { procedure, router } from "../trpc";

export const demoRouter = router({
  /** Null where there is no demo. */
  status: procedure("demo.run-week").query(({ ctx }) => demoStatus(ctx)),
  runWeek: procedure("demo.run-week").mutation(({ ctx }) => runWeek(ctx)),
});
