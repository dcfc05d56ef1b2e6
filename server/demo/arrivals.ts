/**
 * How made contacts arrive: as the devices of made workers would send them. The contacts of days to come wait in
 * one file a day beside the county's files, so that whoever runs a week need not make the world again.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { NewContactInput } from "../domain/contact";
import { type Day, daysBetween } from "../domain/period";
import type { MadeContact } from "./contacts";
import { ORGANISATIONS } from "./organisations";
import type { MadeClient } from "./people";

/** A contact on its way, and the worker whose device sends it. */
export interface Arrival {
  /** E-mail address of the worker. */
  worker: string;
  /** Name of the service it is for. */
  service: string;
  contact: Omit<NewContactInput, "serviceId">;
}

/** How long a client's contacts bring the client, so that it does not matter whose device sends first. */
const NEW_FOR_DAYS = 90;

/** Contacts as they are sent, in order; the first ones of a client bring the client. */
export function* arrivalsOf(contacts: Iterable<MadeContact>): Generator<Arrival & { claimedAt: string }> {
  const firstDays = new Map<string, Day>();
  const organisations = new Map(ORGANISATIONS.map((organisation) => [organisation.key, organisation]));
  for (const made of contacts) {
    const { client, clientId } = made;
    const organisation = organisations.get(made.organisation);
    const worker = organisation?.accounts[made.worker];
    const service = organisation?.services[made.service];
    if (!worker || !service) throw new Error(`Nobody of ${made.organisation} made contact ${made.id}`);
    const day = made.claimedAt.slice(0, 10);
    const firstDay = firstDays.get(clientId) ?? day;
    firstDays.set(clientId, firstDay);
    const isNew = daysBetween(firstDay, day) < NEW_FOR_DAYS;
    yield {
      worker: worker.email,
      service: service.name,
      claimedAt: made.claimedAt,
      contact: {
        id: made.id,
        clientId,
        ...(client === null && { anonymous: true }),
        ...(client !== null && isNew && { newClient: detailsOf(client) }),
        occurredOn: made.occurredOn,
        channel: made.channel,
        deviceClaimedAt: made.claimedAt,
        place: made.place,
        entries: made.entries.map((entry) => ({ ...entry })),
      },
    };
  }
}

function detailsOf(client: MadeClient): NonNullable<NewContactInput["newClient"]> {
  return {
    givenName: client.givenName,
    familyName: client.familyName,
    dateOfBirth: client.dateOfBirth,
    place:
      client.postcode === null
        ? { kind: "no-fixed-address" }
        : { kind: "postcode", postcode: client.postcode },
    address: client.address,
    sex: client.sex,
    phone: client.phone,
    email: client.email,
    reference: client.reference,
    identifiers: client.identifiers.map((identifier) => ({ ...identifier })),
  };
}

const folderOf = (dataDir: string) => join(dataDir, "demo", "arrivals");
const fileOf = (dataDir: string, day: Day) => join(folderOf(dataDir), `${day}.json`);

/** Puts the arrivals of days to come where `readArrivals` finds them. */
export function keepArrivals(dataDir: string, arrivals: Iterable<Arrival & { claimedAt: string }>): void {
  mkdirSync(folderOf(dataDir), { recursive: true, mode: 0o700 });
  const days = new Map<Day, Arrival[]>();
  for (const { claimedAt, ...arrival } of arrivals) {
    const day = claimedAt.slice(0, 10);
    const list = days.get(day) ?? [];
    list.push(arrival);
    days.set(day, list);
  }
  for (const [day, list] of days) writeFileSync(fileOf(dataDir, day), JSON.stringify(list), { mode: 0o600 });
}

/** What arrives on a day, in order; nothing on a day for which nothing was made. */
export function readArrivals(dataDir: string, day: Day): Arrival[] {
  const file = fileOf(dataDir, day);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}
