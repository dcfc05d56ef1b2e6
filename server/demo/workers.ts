/** The made workers as the product sees them: whoever logs a made contact acts as one of its own members. */

import { logContacts } from "../contacts";
import { type Actor, type Ctx, inTransaction } from "../context";
import type { Role } from "../domain/access";
import type { NewContactInput } from "../domain/contact";
import type { Arrival } from "./arrivals";

interface Worker {
  actor: Actor;
  /** Ids of the organisation's services by name. */
  services: ReadonlyMap<string, string>;
}

/** Everybody in the made county who has a role, by e-mail address: caseworkers record the contacts. */
export async function listWorkers(ctx: Ctx, role: Role = "caseworker"): Promise<ReadonlyMap<string, Worker>> {
  const members = await inTransaction(
    ctx,
    ({ db }) => db<
      {
        accountId: string;
        memberId: string;
        organisationId: number;
        organisationName: string;
        name: string;
        email: string;
        roles: Role[];
        serviceId: string | null;
      }[]
    >`
      select a.id as account_id, m.id as member_id, o.id as organisation_id, o.name as organisation_name,
             a.name, a.email, m.roles, m.service_id
      from casework.account as a
      join casework.member as m on m.account_id = a.id and m.ended_at is null
      join casework.organisation as o on o.id = m.organisation_id
      where a.email like '%.example' and a.password_hash is null and ${role} = any (m.roles)`,
    "sign-in",
  );
  const workers = new Map<string, Worker>();
  const services = new Map<number, ReadonlyMap<string, string>>();
  for (const { email, ...member } of members) {
    const actor: Actor = { ...member, sessionId: null, patch: [] };
    if (!services.has(actor.organisationId)) {
      const rows = await inTransaction(
        { ...ctx, actor },
        ({ db }) => db<{ id: string; name: string }[]>`
          select id, name from casework.service where organisation_id = ${actor.organisationId}`,
      );
      services.set(actor.organisationId, new Map(rows.map(({ id, name }) => [name, id])));
    }
    workers.set(email, { actor, services: services.get(actor.organisationId) ?? new Map() });
  }
  return workers;
}

/**
 * Sends contacts to the ledger, worker by worker, each worker's in order. Gives the number that it holds now.
 * Throws when one is refused: a made contact keeps every rule.
 */
export async function send(
  ctx: Ctx,
  workers: ReadonlyMap<string, Worker>,
  arrivals: readonly Arrival[],
): Promise<number> {
  const batches = new Map<string, NewContactInput[]>();
  for (const { worker, service, contact } of arrivals) {
    const serviceId = workers.get(worker)?.services.get(service);
    if (!serviceId) throw new Error(`Nobody is ${worker}, or they have no service "${service}"`);
    const batch = batches.get(worker) ?? [];
    batch.push({ ...contact, serviceId });
    batches.set(worker, batch);
  }
  let held = 0;
  for (const [email, contacts] of batches) {
    const worker = workers.get(email);
    if (!worker) continue;
    const answers = await logContacts({ ...ctx, actor: worker.actor }, contacts);
    const refused = answers.find(({ outcome }) => outcome === "refused" || outcome === "conflict");
    if (refused) throw new Error(`A made contact was not taken: ${refused.reason}`);
    held += answers.length;
  }
  return held;
}
