import { describe, expect, test } from "vitest";
import { readIdentifier } from "../domain/identifiers";
import { periodOf, periodText } from "../domain/period";
import { namedPlaces } from "../domain/place-breadth";
import type { MadeContact } from "./contacts";
import { homeOn, PANTRY_SECTORS, WORKS_SECTORS } from "./people";
import { makeWorld } from "./world";

const holidays = new Set<string>();
const options = { seed: "wythershire", loadedOn: "2026-11-22", holidays } as const;
const world = makeWorld({ ...options, size: "full" });
const past = world.contacts.filter((contact) => contact.claimedAt.slice(0, 10) < world.timeline.today);

/** People of some sectors who brought a need or domain, by quarter. */
function peopleWith(code: string, sectors: readonly string[] | null): Map<string, number> {
  const sets = new Map<string, Set<number>>();
  for (const { client, occurredOn, entries } of past) {
    if (!client || !entries.some((entry) => entry.need.startsWith(code))) continue;
    if (sectors && !sectors.includes(homeOn(client.person, occurredOn).smallArea.sector)) continue;
    const quarter = periodText(periodOf("quarter", occurredOn));
    sets.set(quarter, (sets.get(quarter) ?? new Set()).add(client.person.number));
  }
  return new Map([...sets].map(([quarter, people]) => [quarter, people.size]));
}

describe("the made world", () => {
  test("is the same for the same seed, size and day", () => {
    const small = makeWorld({ ...options, size: "small" });
    const again = makeWorld({ ...options, size: "small" });
    expect(again.contacts).toEqual(small.contacts);
    expect(again.clients).toEqual(small.clients);
  });

  test("has about 60,000 contacts of 20,000 people, some of whom several organisations know", () => {
    expect(past.length).toBeGreaterThan(55_000);
    expect(past.length).toBeLessThan(66_000);
    const known = new Map<number, Set<string>>();
    for (const { client } of past) {
      if (!client) continue;
      const { number } = client.person;
      known.set(number, (known.get(number) ?? new Set()).add(client.organisation));
    }
    expect(known.size).toBeGreaterThan(18_000);
    expect(known.size).toBeLessThan(22_000);
    const counts = [...known.values()].map((organisations) => organisations.size);
    expect(Math.max(...counts)).toBe(3);
    expect(counts.filter((count) => count > 1).length / counts.length).toBeGreaterThan(0.15);
  });

  test("gives ids once and keeps the order of the devices' clocks", () => {
    const ids = world.contacts.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const clients = world.clients.map(({ id }) => id);
    expect(new Set(clients).size).toBe(clients.length);
    const clocks = world.contacts.map(({ claimedAt }) => claimedAt);
    expect(clocks).toEqual([...clocks].sort());
  });

  test("opens every issue once, and says nothing more of one that is closed", () => {
    const faults: string[] = [];
    const state = new Map<string, { client: string; open: boolean }>();
    for (const { clientId, entries } of world.contacts) {
      for (const { issueId, status } of entries) {
        const known = state.get(issueId);
        const goesOn = known ? known.open && known.client === clientId && status !== "new" : false;
        const opens = !known && (status === "new" || status === "resolved");
        if (!goesOn && !opens) faults.push(issueId);
        state.set(issueId, {
          client: clientId,
          open: status !== "resolved" && status !== "no-longer-relevant",
        });
      }
    }
    expect(faults).toEqual([]);
  });

  test("records identifiers that keep their rules and name one person each", () => {
    const holders = new Map<string, number>();
    for (const { person, identifiers } of world.clients) {
      for (const { kind, value } of identifiers) {
        expect(readIdentifier(kind, value, { currentYear: 2026, testRanges: true })).toEqual({ kind, value });
        expect(holders.get(value) ?? person.number).toBe(person.number);
        holders.set(value, person.number);
      }
    }
    const people = new Map<string, Set<string>>();
    for (const { id, identifiers } of world.clients) {
      for (const { value } of identifiers) people.set(value, (people.get(value) ?? new Set()).add(id));
    }
    const shared = [...people.values()].filter((clients) => clients.size > 1);
    expect(shared.length).toBeGreaterThan(1_400);
  });

  test("has people who share a home, each organisation with its own way to write it", () => {
    const homes = new Map<string, typeof world.clients>();
    for (const client of world.clients) {
      const { household, street } = namedPlaces(client);
      expect(household === null).toBe(client.address === null);
      expect(street === null).toBe(client.address === null);
      if (household) homes.set(household.text, [...(homes.get(household.text) ?? []), client]);
    }
    const shared = [...homes.values()].filter(
      (clients) =>
        new Set(clients.map(({ person }) => person)).size > 1 &&
        new Set(clients.map(({ organisation }) => organisation)).size > 1,
    );
    expect(shared.length).toBeGreaterThan(1_000);
    expect(shared.some((clients) => new Set(clients.map(({ address }) => address)).size > 2)).toBe(true);
  });

  test("has the closing of the Works to be found in three sectors", () => {
    const work = peopleWith("EMP", WORKS_SECTORS);
    const [before, after] = [work.get("q:2025-Q2") ?? 0, work.get("q:2026-Q1") ?? 0];
    expect(after).toBeGreaterThan(2.5 * before);
    const elsewhere = peopleWith("EMP", null);
    const rest = (quarter: string) => (elsewhere.get(quarter) ?? 0) - (work.get(quarter) ?? 0);
    expect(rest("q:2026-Q1")).toBeLessThan(1.5 * rest("q:2025-Q2"));
  });

  test("has the pantry to be found round Saltersea", () => {
    const food = peopleWith("BAS-01", PANTRY_SECTORS);
    expect(food.get("q:2026-Q3") ?? 0).toBeLessThan(0.5 * (food.get("q:2025-Q4") ?? 0));
  });

  test("has police who begin to record in the city in month 16, and who recorded elsewhere all along", () => {
    const ofPolice = past.filter(({ organisation, client }) => organisation === "police" && client !== null);
    const inCity = ({ client, occurredOn }: MadeContact) =>
      client !== null && homeOn(client.person, occurredOn).smallArea.authority.name === "Wytherhaven";
    const quarters = (contacts: readonly MadeContact[]) =>
      [...new Set(contacts.map(({ occurredOn }) => periodText(periodOf("quarter", occurredOn))))].sort();
    expect(quarters(ofPolice.filter((contact) => !inCity(contact)))[0]).toBe("q:2024-Q4");
    // Somebody who moved to the city may have begun elsewhere.
    const before = ofPolice.filter(
      (contact) => inCity(contact) && contact.occurredOn < world.timeline.cityPoliceBeginOn,
    );
    expect(before.length / ofPolice.length).toBeLessThan(0.01);
    expect(ofPolice.filter(inCity).length).toBeGreaterThan(500);
  });

  test("brings energy needs in winter", () => {
    const energy = peopleWith("BAS-02", null);
    const share = (quarter: string) => (energy.get(quarter) ?? 0) / (peopleWith("", null).get(quarter) ?? 1);
    expect(share("q:2025-Q4")).toBeGreaterThan(1.8 * share("q:2025-Q2"));
  });

  test("some contacts are anonymous and some people have no fixed address", () => {
    const share = (test: (contact: MadeContact) => boolean) => past.filter(test).length / past.length;
    expect(share(({ client }) => client === null)).toBeGreaterThan(0.02);
    expect(share(({ place }) => place.kind === "no-fixed-address")).toBeGreaterThan(0.005);
  });
});
