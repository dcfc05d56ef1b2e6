/** Who looks after whom: a worker's day, and a manager's view of the team. */

import { listPeople, myDay, setNotSeenDays } from "../caseload";
import {
  assignSchema,
  listPeopleSchema,
  notSeenSchema,
  reassignSchema,
  undoMoveSchema,
} from "../domain/caseload";
import { assignClient, reassign, undoMove } from "../reassignment";
import { listWorkers, teamCaseload } from "../team-caseload";
import { procedure, router } from "../trpc";

export const caseloadRouter = router({
  myDay: procedure("caseload.read").query(({ ctx }) => myDay(ctx)),
  setNotSeenDays: procedure("caseload.read")
    .input(notSeenSchema)
    .mutation(({ ctx, input }) => setNotSeenDays(ctx, input.days)),
  people: procedure("caseload.read")
    .input(listPeopleSchema)
    .query(({ ctx, input }) => listPeople(ctx, input)),
  team: procedure("caseload.manage").query(({ ctx }) => teamCaseload(ctx)),
  workers: procedure("caseload.manage").query(({ ctx }) => listWorkers(ctx)),
  assign: procedure("client.assign")
    .input(assignSchema)
    .mutation(({ ctx, input }) => assignClient(ctx, input)),
  reassign: procedure("caseload.manage")
    .input(reassignSchema)
    .mutation(({ ctx, input }) => reassign(ctx, input)),
  undo: procedure("caseload.manage")
    .input(undoMoveSchema)
    .mutation(({ ctx, input }) => undoMove(ctx, input)),
});
