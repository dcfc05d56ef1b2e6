/**
 * The directory changed by hand: services added, corrected, checked and taken out, and an organisation's own services
 * put in. The directory is shared, so any manager may correct what was loaded or added; a change is a row of the
 * organisation that made it, and only that organisation or an administrator undoes it. A service of an organisation
 * on this installation is its own to change.
 */

import { createHash } from "node:crypto";
import { record } from "./audit";
import { type ActorCtx, inTransaction, now, type TxCtx, withPurpose } from "./context";
import { noteDirectoryChange, placeFinder, readListings } from "./directory-store";
import {
  type AddEntry,
  type EditEntry,
  type HandFields,
  type ListService,
  MOST,
  type ServiceFacts,
} from "./domain/directory";
import {
  type DirectoryPage,
  factsFrom,
  formOf,
  type KeptFields,
  type Listing,
  type OwnService,
  serviceOf,
} from "./domain/directory-listing";
import { Conflict, Invalid, NotAllowed, NotFound } from "./domain/errors";
import { parsePostcode } from "./domain/geography";
import { type Day, dayOf } from "./domain/period";
import { uuidv7 } from "./ids";

/** An entry with its changes and what the one who looks may do. Throws NotFound without one. */
export function getDirectoryPage(ctx: ActorCtx, id: string): Promise<DirectoryPage> {
  return inTransaction(ctx, async (ctx) => {
    const listing = await getListing(ctx, id);
    const { actor } = ctx;
    const manages = ctx.decide(actor, "directory.manage", { organisationId: actor.organisationId }).allow;
    const isOwn = (organisationId: number | null) => organisationId === actor.organisationId;
    const mayUndo = (organisationId: number | null) =>
      manages && organisationId !== null && (isOwn(organisationId) || isAdministrator(ctx));
    return {
      service: serviceOf(listing, dayOf(await now(ctx))),
      form: formOf(listing.facts),
      changes: listing.changes.map((change) => ({ ...change, mayUndo: mayUndo(change.organisationId) })),
      sourceName: listing.sourceName,
      missingSince: listing.missingSince,
      withdrawnOn: listing.withdrawnOn,
      mayEdit:
        manages && listing.withdrawnOn === null && (listing.onPlatform === null || isOwn(listing.addedBy)),
      mayWithdraw: listing.withdrawnOn === null && mayUndo(listing.addedBy),
      isOwnService: listing.onPlatform !== null && isOwn(listing.addedBy),
    };
  });
}

/** Adds a service that no source has. Throws Conflict when the id is taken. */
export function addEntry(ctx: ActorCtx, { id, fields }: AddEntry): Promise<{ id: string }> {
  return inTransaction(ctx, async (ctx) => {
    await noteDirectoryChange(ctx.db);
    const today = dayOf(await now(ctx));
    const { name, organisationName } = fields;
    const stated = factsFrom({ ...(await keep(ctx, fields)), name, organisationName, checkedOn: today });
    const added = await ctx.db`
      insert into reference.directory_entry (id, organisation_id, stated, digest)
      values (${id}, ${ctx.actor.organisationId}, ${ctx.db.json(stated)}, ${digestOf(stated)})
      on conflict (id) do nothing`;
    if (added.count === 0) throw new Conflict("This service has been added already.");
    await record(ctx, "directory.add", { subjects: [{ kind: "directory-entry", id }] });
    return { id };
  });
}

/** Corrects fields of an entry; what is the same stays the source's. Gives back how many fields changed. */
export function editEntry(ctx: ActorCtx, { id, changes }: EditEntry): Promise<{ changed: number }> {
  return inTransaction(ctx, async (ctx) => {
    const listing = await getForChange(ctx, id);
    if (listing.onPlatform) {
      throw new Invalid("This is one of your own services: change what the directory says of it as a whole.");
    }
    const today = dayOf(await now(ctx));
    const before = formOf(listing.facts);
    const differing = Object.fromEntries(
      Object.entries(changes).filter(
        ([field, value]) => !isSame(Reflect.get(before, field), value ?? (field.endsWith("Age") ? null : "")),
      ),
    );
    const kept = await keep(ctx, differing);
    const { minimumAge, maximumAge } = { ...before, ...kept };
    if (minimumAge !== null && maximumAge !== null && minimumAge > maximumAge) {
      throw new Invalid("The ages do not fit.", { maximumAge: "The oldest age is below the youngest." });
    }
    const fields = Object.keys(kept);
    for (const field of fields) await storeChange(ctx, id, field, Reflect.get(kept, field), today);
    if (fields.length > 0) {
      await record(ctx, "directory.edit", {
        subjects: [{ kind: "directory-entry", id }],
        detail: { fields },
      });
    }
    return { changed: fields.length };
  });
}

/** Notes that somebody asked the service today and that all the directory says of it is right. */
export function markChecked(ctx: ActorCtx, id: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await getForChange(ctx, id);
    const today = dayOf(await now(ctx));
    await storeChange(ctx, id, "checkedOn", today, today);
    await record(ctx, "directory.check", { subjects: [{ kind: "directory-entry", id }] });
  });
}

/**
 * Undoes a change: what stood before it stands again. Throws NotFound unless the organisation made it, or an
 * administrator asks.
 */
export function undoChange(ctx: ActorCtx, changeId: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await noteDirectoryChange(ctx.db);
    const [undone] = await asOwnerOfRow(
      ctx,
      () => ctx.db<{ entryId: string; field: string }[]>`
        update reference.directory_change set undone_at = now()
        where id = ${changeId} and undone_at is null
          and (${isAdministrator(ctx)} or organisation_id = ${ctx.actor.organisationId})
        returning entry_id, field`,
    );
    if (!undone) throw new NotFound("This change");
    await record(ctx, "directory.undo", {
      subjects: [{ kind: "directory-entry", id: undone.entryId }],
      detail: { fields: [undone.field] },
    });
  });
}

/** Takes out an entry that the organisation entered. Throws NotFound unless it did, or an administrator asks. */
export function withdrawEntry(ctx: ActorCtx, id: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await noteDirectoryChange(ctx.db);
    const today = dayOf(await now(ctx));
    const withdrawn = await asOwnerOfRow(
      ctx,
      () => ctx.db`
        update reference.directory_entry set withdrawn_on = ${today}
        where id = ${id} and withdrawn_on is null and organisation_id is not null
          and (${isAdministrator(ctx)} or organisation_id = ${ctx.actor.organisationId})`,
    );
    if (withdrawn.count === 0) throw new NotFound("This service");
    await record(ctx, "directory.withdraw", { subjects: [{ kind: "directory-entry", id }] });
  });
}

/** The organisation's services that are open, each with what the directory says of it or would say at first. */
export function listOwnServices(ctx: ActorCtx): Promise<OwnService[]> {
  return inTransaction(ctx, async (ctx) => {
    const services = await ctx.db<{ id: string; name: string; needs: string[]; entryId: string | null }[]>`
      select s.id, s.name, e.id as entry_id,
        array(select n.code from casework.service_need as l join reference.need as n on n.number = l.need_number
              where l.organisation_id = s.organisation_id and l.service_id = s.id order by l.position) as needs
      from casework.service as s
      left join reference.directory_entry as e on e.organisation_id = s.organisation_id and e.service_id = s.id
        and e.withdrawn_on is null
      where s.organisation_id = ${ctx.actor.organisationId} and s.closed_on is null
      order by lower(s.name)`;
    const listings = await readListings(
      ctx.db,
      services.flatMap(({ entryId }) => entryId ?? []),
    );
    return services.map(({ id, name, needs, entryId }) => {
      const listing = listings.find((one) => one.id === entryId);
      const bare = factsFrom({ name, organisationName: ctx.actor.organisationName, needs: byHand(needs) });
      return { serviceId: id, name, entryId, form: formOf(listing?.facts ?? bare) };
    });
  });
}

/** Puts one of the organisation's services into the directory, or says anew what the directory says of it. */
export function listService(ctx: ActorCtx, { serviceId, fields }: ListService): Promise<{ id: string }> {
  return inTransaction(ctx, async (ctx) => {
    await noteDirectoryChange(ctx.db);
    const { organisationId, organisationName } = ctx.actor;
    const [service] = await ctx.db<{ name: string }[]>`
      select name from casework.service
      where organisation_id = ${organisationId} and id = ${serviceId} and closed_on is null`;
    if (!service) throw new NotFound("This service");
    const checkedOn = dayOf(await now(ctx));
    const kept = await keep(ctx, fields);
    const stated = factsFrom({ ...kept, name: service.name, organisationName, checkedOn });
    const [entry] = await ctx.db<{ id: string }[]>`
      insert into reference.directory_entry (id, organisation_id, service_id, stated, digest)
      values (${uuidv7()}, ${organisationId}, ${serviceId}, ${ctx.db.json(stated)}, ${digestOf(stated)})
      on conflict (organisation_id, service_id) do update
        set stated = excluded.stated, digest = excluded.digest, withdrawn_on = null
      returning id`;
    if (!entry) throw new Error("The entry was not stored");
    await record(ctx, "directory.list-service", {
      subjects: [
        { kind: "directory-entry", id: entry.id },
        { kind: "service", id: serviceId },
      ],
    });
    return entry;
  });
}

async function getListing(ctx: TxCtx, id: string): Promise<Listing> {
  const [listing] = await readListings(ctx.db, [id]);
  if (!listing) throw new NotFound("This service");
  return listing;
}

/** The entry, and nobody else's change until this one is done. A service of another organisation is refused. */
async function getForChange(ctx: TxCtx, id: string): Promise<Listing> {
  await noteDirectoryChange(ctx.db);
  const listing = await getListing(ctx, id);
  if (listing.withdrawnOn !== null) throw new Conflict("This service has been taken out of the directory.");
  if (listing.onPlatform && listing.addedBy !== ctx.actor.organisationId) {
    throw new NotAllowed(
      `${listing.facts.organisationName} works with Common Need and says itself what this service does. Ask them.`,
    );
  }
  return listing;
}

async function storeChange(
  ctx: TxCtx,
  entryId: string,
  field: string,
  value: unknown,
  day: Day,
): Promise<void> {
  const { organisationId, organisationName } = ctx.actor;
  await ctx.db`
    insert into reference.directory_change
      (id, entry_id, organisation_id, organisation_name, field, value, changed_on, changed_at)
    values (${uuidv7()}, ${entryId}, ${organisationId}, ${organisationName}, ${field},
            ${JSON.stringify(value)}::text::jsonb, ${day}, clock_timestamp())`;
}

/** What was typed as it is kept: names of places with their codes, postcodes in one form. Throws Invalid. */
async function keep(ctx: TxCtx, fields: Partial<HandFields>): Promise<KeptFields> {
  const { needs, areas, postcode, ...plain } = fields;
  const finder = areas && areas.length > 0 ? await placeFinder(ctx.db) : null;
  const served = areas?.flatMap((words) => finder?.find(words) ?? []);
  // One line can name many places, and an entry that holds too much could be read by nobody.
  if (served && served.length > MOST.places) {
    const words = `Name ${MOST.places} places at most, or a larger one that holds them.`;
    throw new Invalid(words, { areas: words });
  }
  return {
    ...plain,
    ...(needs && { needs: byHand(needs) }),
    ...(served && { areas: served }),
    ...(postcode !== undefined && { postcode: readPostcode(postcode) }),
  };
}

const byHand = (codes: readonly string[]): ServiceFacts["needs"] =>
  codes.map((code) => ({ code, by: "hand" as const, from: "" }));

function readPostcode(text: string): string {
  if (text.trim() === "") return "";
  const reading = parsePostcode(text);
  if (reading.ok && reading.kind === "postcode") return reading.postcode;
  throw new Invalid("The postcode cannot be read.", { postcode: reading.reason });
}

const isAdministrator = ({ actor }: ActorCtx) => actor.roles.includes("administrator");

/** An administrator's work reaches rows of every organisation; Postgres checks that they are one. */
function asOwnerOfRow<T>(ctx: TxCtx, work: () => Promise<T>): Promise<T> {
  return isAdministrator(ctx) ? withPurpose(ctx, "administration", work) : work();
}

const isSame = (before: unknown, after: unknown) => JSON.stringify(before) === JSON.stringify(after);
const digestOf = (stated: ServiceFacts) =>
  createHash("sha256").update(JSON.stringify(stated)).digest("base64url");
