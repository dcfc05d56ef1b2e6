/** The session of whoever calls: who they are, where they may work, and how it ends. */

import { procedure, router } from "../trpc";

export const sessionRouter = router({
  me: procedure("session.use").query(({ ctx }) => ctx.actor),
});
