/** Services of an organisation: teams that deliver help, each with the part of the taxonomy it shows first. */

import { record } from "./audit";
import { type ActorCtx, inTransaction, type TxCtx } from "./context";
import { Conflict, NotFound } from "./domain/errors";
import { findNeed, getNeedByNumber } from "./domain/needs";
import type { Day } from "./domain/period";
import type { Service, SetServiceNeeds, SetServiceTeam, TeamContact } from "./domain/service";
import { uuidv7 } from "./ids";

/** All services of the actor's organisation by name, closed ones last. */
export function listServices(ctx: ActorCtx): Promise<Service[]> {
  return inTransaction(ctx, (ctx) => readServices(ctx));
}

/** One service. Throws NotFound when the organisation has none with this id. */
export function getService(ctx: ActorCtx, id: string): Promise<Service> {
  return inTransaction(ctx, async (ctx) => {
    const [service] = await readServices(ctx, id);
    if (!service) throw new NotFound("This service");
    return service;
  });
}

/** Adds a service with an empty need list. Throws Conflict when another one has the name. */
export function addService(ctx: ActorCtx, name: string): Promise<Service> {
  return inTransaction(ctx, async (ctx) => {
    const id = uuidv7();
    const added = await ctx.db`
      insert into casework.service (organisation_id, id, name)
      values (${ctx.actor.organisationId}, ${id}, ${name})
      on conflict (organisation_id, name) do nothing
      returning id`;
    if (added.length === 0) {
      throw new Conflict("Another service has this name. Choose a name that tells the two apart.");
    }
    await record(ctx, "service.add", { subjects: [{ kind: "service", id }] });
    return { id, name, closedOn: null, needs: [], team: { name: null, phone: null, email: null } };
  });
}

/** Replaces the need list of a service. Throws NotFound when the organisation has no such service. */
export function setServiceNeeds(ctx: ActorCtx, { id, needs }: SetServiceNeeds): Promise<Service> {
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    const [found] = await ctx.db`
      select id from casework.service
      where organisation_id = ${organisationId} and id = ${id}
      for update`;
    if (!found) throw new NotFound("This service");
    await ctx.db`
      delete from casework.service_need
      where organisation_id = ${organisationId} and service_id = ${id}`;
    const numbers = needs.map((code) => findNeed(code)?.number ?? null);
    await ctx.db`
      insert into casework.service_need (organisation_id, service_id, need_number, position)
      select ${organisationId}, ${id}, need_number, position
      from unnest(${numbers}::smallint[]) with ordinality as chosen (need_number, position)`;
    await record(ctx, "service.set-needs", {
      subjects: [{ kind: "service", id }],
      detail: { needs: needs.length },
    });
    const [service] = await readServices(ctx, id);
    if (!service) throw new NotFound("This service");
    return service;
  });
}

/** Sets how other services reach the team. Throws NotFound when the organisation has no such service. */
export function setServiceTeam(ctx: ActorCtx, { id, team }: SetServiceTeam): Promise<Service> {
  return inTransaction(ctx, async (ctx) => {
    const { organisationId } = ctx.actor;
    await ctx.db`
      update casework.service
      set team_name = ${team.name}, team_phone = ${team.phone}, team_email = ${team.email}
      where organisation_id = ${organisationId} and id = ${id}`;
    const [service] = await readServices(ctx, id);
    if (!service) throw new NotFound("This service");
    await record(ctx, "service.set-team", { subjects: [{ kind: "service", id }] });
    return service;
  });
}

interface ServiceRow {
  id: string;
  name: string;
  closedOn: Day | null;
  needs: number[];
  team: TeamContact;
}

async function readServices(ctx: TxCtx, id: string | null = null): Promise<Service[]> {
  const rows = await ctx.db<ServiceRow[]>`
    select s.id, s.name, s.closed_on,
           json_build_object('name', s.team_name, 'phone', s.team_phone, 'email', s.team_email) as team,
           array(select n.need_number from casework.service_need as n
                 where n.organisation_id = s.organisation_id and n.service_id = s.id
                 order by n.position) as needs
    from casework.service as s
    where s.organisation_id = ${ctx.actor.organisationId} and (${id}::uuid is null or s.id = ${id})
    order by s.closed_on is not null, lower(s.name)`;
  return rows.map(({ needs, ...service }) => ({
    ...service,
    needs: needs.map((number) => getNeedByNumber(number).code),
  }));
}
