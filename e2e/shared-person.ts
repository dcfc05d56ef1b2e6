/**
 * Somebody of the demo county whom two organisations know under one identifier: worked out from the seed that
 * the county is made from, so that a journey can look for them by name.
 */
import { BANK_HOLIDAYS } from "../db/bank-holidays";
import type { MadeClient } from "../server/demo/people";
import { DEFAULT_SEED, makeWorld } from "../server/demo/world";
import { dayOf } from "../server/domain/period";

export interface SharedPerson {
  advice: MadeClient;
  housing: MadeClient;
}

/** The people whom both have met by now and who share an identifier; the same at every call of a day. */
export function sharedPeople(): SharedPerson[] {
  const holidays = new Set(
    BANK_HOLIDAYS.filter(({ calendar }) => calendar === "england-and-wales").map(({ day }) => day),
  );
  const world = makeWorld({ seed: DEFAULT_SEED, size: "small", loadedOn: dayOf(new Date()), holidays });
  const met = new Set(
    world.contacts
      .filter(({ claimedAt }) => claimedAt.slice(0, 10) < world.timeline.today)
      .map(({ client }) => client?.id),
  );
  const known = world.clients.filter(({ id, identifiers }) => met.has(id) && identifiers.length > 0);
  const housing = new Map(
    known
      .filter((client) => client.organisation === "housing")
      .map((client) => [client.person.number, client]),
  );
  return known.flatMap((advice) => {
    const other = advice.organisation === "advice" ? housing.get(advice.person.number) : undefined;
    const shared = other?.identifiers.some((theirs) =>
      advice.identifiers.some(({ kind, value }) => kind === theirs.kind && value === theirs.value),
    );
    return other && shared ? [{ advice, housing: other }] : [];
  });
}
