/** The people whom an organisation helps. */

import { editClient, listConflicts, settleConflict } from "../client-edits";
import { addClient, findClients, getClient, recentClients } from "../clients";
import { addClientSchema, findClientsSchema, getClientSchema } from "../domain/client";
import { editClientSchema, listConflictsSchema, settleConflictSchema } from "../domain/profile-edit";
import { procedure, router } from "../trpc";

export const clientsRouter = router({
  find: procedure("client.find")
    .input(findClientsSchema)
    .query(({ ctx, input }) => findClients(ctx, input.text)),
  recent: procedure("client.read").query(({ ctx }) => recentClients(ctx)),
  get: procedure("client.read")
    .input(getClientSchema)
    .query(({ ctx, input }) => getClient(ctx, input)),
  add: procedure("client.add")
    .input(addClientSchema)
    .mutation(({ ctx, input }) => addClient(ctx, input)),
  edit: procedure("client.edit")
    .input(editClientSchema)
    .mutation(({ ctx, input }) => editClient(ctx, input)),
  conflicts: procedure("client.read")
    .input(listConflictsSchema)
    .query(({ ctx, input }) => listConflicts(ctx, input)),
  settle: procedure("client.edit")
    .input(settleConflictSchema)
    .mutation(({ ctx, input }) => settleConflict(ctx, input)),
});
