/** One contact as it was logged: what is shown of it, and what a correction begins from. */

import { record } from "./audit";
import { readEntriesOf } from "./client-timeline";
import { type ActorCtx, inTransaction, requireRight } from "./context";
import type { Channel } from "./domain/contact-terms";
import { NotFound } from "./domain/errors";
import type { Day } from "./domain/period";
import type { KeptContact } from "./domain/profile";
import { openIfAny } from "./identity-vault";

interface GotRow {
  clientId: string;
  anonymous: boolean;
  serviceId: string;
  occurredOn: Day;
  channel: Channel;
  lateReason: string | null;
  lateReasonSealed: Buffer | null;
  placeKind: KeptContact["placeKind"];
  note: Buffer | null;
  consent: KeptContact["consent"];
  voidedAt: Date | null;
  memberId: string | null;
}

/** One contact as it was logged, to be shown or corrected. Throws NotFound for one that is not the organisation's. */
export function getContact(ctx: ActorCtx, { id }: { id: string }): Promise<KeptContact> {
  requireRight(ctx, "client.read", ctx.actor.organisationId);
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    const [row] = await ctx.db<GotRow[]>`
      select c.client_id, p.anonymous, c.service_id, c.occurred_on, c.channel, c.late_reason, c.late_reason_sealed,
             c.place_kind, c.note, c.consent, c.voided_at, c.member_id
      from casework.contact as c
      join casework.client as p on p.organisation_id = c.organisation_id and p.id = c.client_id
      where c.organisation_id = ${organisationId} and c.id = ${id}`;
    if (!row) throw new NotFound("This contact");
    const entries = await readEntriesOf(ctx, row.clientId, id);
    await record(ctx, "contact.read", {
      subjects: [
        { kind: "contact", id },
        { kind: "client", id: row.clientId },
      ],
    });
    const { lateReason, lateReasonSealed, note, voidedAt, memberId, ...contact } = row;
    return {
      id,
      ...contact,
      lateReason: openIfAny("contact.late_reason", { organisationId, id }, lateReasonSealed) ?? lateReason,
      note: openIfAny("contact.note", { organisationId, id }, note),
      entries,
      fixed: voidedAt ? "voided" : memberId === null ? "imported" : null,
    };
  });
}
