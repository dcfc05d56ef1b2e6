/** The ledger of contacts: the one way in, and the one way to take back. */

import { logContacts, voidContact } from "../contacts";
import { logContactsSchema, voidContactSchema } from "../domain/contact";
import { procedure, router } from "../trpc";

export const contactsRouter = router({
  log: procedure("contact.log")
    .input(logContactsSchema)
    .mutation(({ ctx, input }) => logContacts(ctx, input.contacts)),
  void: procedure("contact.void")
    .input(voidContactSchema)
    .mutation(({ ctx, input }) => voidContact(ctx, input)),
});
