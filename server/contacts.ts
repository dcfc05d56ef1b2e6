/** The ledger of contacts: takes each one once, however often a device sends it. */

import type { ActorCtx } from "./context";
import type { ContactAnswer, NewContactInput } from "./domain/contact";
import { NotFound } from "./domain/errors";

export function logContacts(_ctx: ActorCtx, contacts: readonly NewContactInput[]): Promise<ContactAnswer[]> {
  return Promise.resolve(contacts.map(({ id }) => ({ id, outcome: "refused" })));
}

export function voidContact(
  _ctx: ActorCtx,
  _request: { id: string; reason: string },
): Promise<{ id: string; outcome: "voided" | "already-voided" }> {
  return Promise.reject(new NotFound("This contact"));
}
