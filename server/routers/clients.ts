/** The people whom an organisation helps. */

import { z } from "zod";
import { editClient, settleConflict } from "../client-edits";
import { listLooks, looksQuestion } from "../client-looks";
import { getRecord, listContacts, printRecord } from "../client-record";
import { isCursor } from "../client-timeline";
import { addClient, findClients, getClient, recentClients } from "../clients";
import { closeClient, reopenClient } from "../closing";
import { addClientSchema, findClientsSchema, getClientSchema } from "../domain/client";
import { closeClientSchema, reopenClientSchema } from "../domain/closing";
import { editClientSchema, listConflictsSchema, settleConflictSchema } from "../domain/profile-edit";
import { findClientsAsOfficer } from "../officer-search";
import { listConflicts } from "../profile-conflicts";
import { procedure, router } from "../trpc";

const one = z.object({ id: z.uuid().toLowerCase() });
const nextContacts = z.object({ clientId: z.uuid().toLowerCase(), before: z.string().refine(isCursor) });

export const clientsRouter = router({
  find: procedure("client.find")
    .input(findClientsSchema)
    .query(({ ctx, input }) => findClients(ctx, input.text)),
  findAsOfficer: procedure("client.find-as-officer")
    .input(findClientsSchema)
    .query(({ ctx, input }) => findClientsAsOfficer(ctx, input.text)),
  recent: procedure("client.read").query(({ ctx }) => recentClients(ctx)),
  get: procedure("client.read")
    .input(getClientSchema)
    .query(({ ctx, input }) => getClient(ctx, input)),
  record: procedure("client.read")
    .input(one)
    .query(({ ctx, input }) => getRecord(ctx, input)),
  print: procedure("client.read")
    .input(one)
    .mutation(({ ctx, input }) => printRecord(ctx, input)),
  contacts: procedure("client.read")
    .input(nextContacts)
    .query(({ ctx, input }) => listContacts(ctx, input)),
  looks: procedure("client.read")
    .input(looksQuestion)
    .query(({ ctx, input }) => listLooks(ctx, input)),
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
  close: procedure("client.close")
    .input(closeClientSchema)
    .mutation(({ ctx, input }) => closeClient(ctx, input)),
  reopen: procedure("client.close")
    .input(reopenClientSchema)
    .mutation(({ ctx, input }) => reopenClient(ctx, input)),
});
