/**
 * The one thing of a contact that can be taken out for good: its note, when somebody is named in it who should not be.
 * The contact, what it counts for and the fingerprint of what was sent stay, so a device that sends it again changes
 * nothing and brings no note back.
 */

import { record } from "./audit";
import { type ActorCtx, inTransaction, requireRight } from "./context";
import { Conflict, NotFound } from "./domain/errors";
import { seal } from "./identity-vault";

interface NoteRow {
  clientId: string;
  hasNote: boolean;
  removed: boolean;
}

/** Removes the note of a contact for good, once. Throws NotFound for a contact that is not the organisation's. */
export async function removeNote(
  ctx: ActorCtx,
  { id, reason }: { id: string; reason: string },
): Promise<{ id: string; outcome: "removed" | "already-removed" }> {
  requireRight(ctx, "contact.remove-note", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId, memberId } = ctx.actor;
    const [found] = await ctx.db<NoteRow[]>`
      select client_id, note is not null as has_note, note_removed_at is not null as removed
      from casework.contact
      where organisation_id = ${organisationId} and id = ${id}
      for update`;
    if (!found) throw new NotFound("This contact");
    if (found.removed) return { id, outcome: "already-removed" };
    if (!found.hasNote) throw new Conflict("This contact has no note.");
    await ctx.db`
      update casework.contact
      set note = null, note_removed_at = now(), note_removed_by = ${memberId},
          note_removal = ${seal("contact.note_removal", { organisationId, id }, reason)}
      where organisation_id = ${organisationId} and id = ${id}`;
    await record(ctx, "contact.remove-note", {
      subjects: [
        { kind: "contact", id },
        { kind: "client", id: found.clientId },
      ],
    });
    return { id, outcome: "removed" };
  });
}
