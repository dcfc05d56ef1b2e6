/** The ledger of contacts: the one way in, which also corrects, the one way to take back, and to remove a note. */

import { logContacts, voidContact } from "../contacts";
import { getContactSchema, logContactsSchema, removeNoteSchema, voidContactSchema } from "../domain/contact";
import { getContact } from "../kept-contact";
import { removeNote } from "../note-removal";
import { procedure, router } from "../trpc";

export const contactsRouter = router({
  get: procedure("client.read")
    .input(getContactSchema)
    .query(({ ctx, input }) => getContact(ctx, input)),
  log: procedure("contact.log")
    .input(logContactsSchema)
    .mutation(({ ctx, input }) => logContacts(ctx, input.contacts)),
  removeNote: procedure("contact.remove-note")
    .input(removeNoteSchema)
    .mutation(({ ctx, input }) => removeNote(ctx, input)),
  void: procedure("contact.void")
    .input(voidContactSchema)
    .mutation(({ ctx, input }) => voidContact(ctx, input)),
});
