/** The ledger of contacts: the one way in, which also corrects, and the one way to take back. */

import { logContacts, voidContact } from "../contacts";
import { getContactSchema, logContactsSchema, voidContactSchema } from "../domain/contact";
import { getContact } from "../kept-contact";
import { procedure, router } from "../trpc";

export const contactsRouter = router({
  get: procedure("client.read")
    .input(getContactSchema)
    .query(({ ctx, input }) => getContact(ctx, input)),
  log: procedure("contact.log")
    .input(logContactsSchema)
    .mutation(({ ctx, input }) => logContacts(ctx, input.contacts)),
  void: procedure("contact.void")
    .input(voidContactSchema)
    .mutation(({ ctx, input }) => voidContact(ctx, input)),
});
