/**
 * The impact summary against a recount by hand: random contacts, entries, voids and several services are counted
 * once by the report's statement and once by plain loops over the rows, and must agree in every number.
 */

import { beforeAll, describe, expect, test } from "vitest";
import { type Actor, makeContext } from "../context";
import {
  type ImpactRequest,
  type ImpactSummary,
  type IssueCounts,
  impactRequestSchema,
} from "../domain/impact";
import { domainOf, getNeedByNumber } from "../domain/needs";
import { firstDayOf, lastDayOf, periodOf, shiftPeriod } from "../domain/period";
import { uuidv7 } from "../ids";
import { testDatabase } from "../testing";
import { impactOptions, impactSummary } from "./impact";
import { type ImpactWorld, type MadeContact, makeImpactWorld, makePlaces, pick } from "./impact-world";

const db = await testDatabase();

/** The same numbers by plain loops. */
function recount(world: ImpactWorld, { serviceId, period }: ImpactRequest) {
  const first = firstDayOf(period);
  const last = lastDayOf(period);
  const standing = world.contacts
    .filter((contact) => !contact.voided)
    .sort((a, b) => a.occurredOn.localeCompare(b.occurredOn) || a.receivedNo - b.receivedNo);
  const mine = standing.filter((contact) => serviceId === null || contact.serviceId === serviceId);
  const visits = mine.filter((contact) => contact.occurredOn >= first && contact.occurredOn <= last);
  const clientOf = new Map(world.clients.map((client) => [client.id, client]));
  const personOf = (clientId: string) => clientOf.get(clientId)?.personId;
  const people = new Set(visits.map((visit) => personOf(visit.clientId)));

  const empty = (): IssueCounts & { people: Set<string | undefined> } => ({
    mentioned: 0,
    opened: 0,
    open: 0,
    resolved: 0,
    noLongerRelevant: 0,
    theirs: 0,
    outsideList: 0,
    people: new Set(),
  });
  const total = empty();
  const domains = new Map<string, ReturnType<typeof empty>>();
  let openNotMentioned = 0;
  for (const issue of world.issues) {
    const entryAt = (contact: MadeContact) =>
      world.entries.find((entry) => entry.contactId === contact.id && entry.issueId === issue.id);
    const history = standing.filter((contact) => contact.occurredOn <= last && entryAt(contact));
    const status = history.length > 0 ? entryAt(pick(history, history.length - 1))?.status : undefined;
    const isOpen = status !== undefined && status !== "resolved" && status !== "no-longer-relevant";
    const mentions = visits.filter((contact) => entryAt(contact));
    if (mentions.length === 0) {
      const known = history.some((contact) => serviceId === null || contact.serviceId === serviceId);
      if (isOpen && known) openNotMentioned += 1;
      continue;
    }
    const code = domainOf(getNeedByNumber(issue.needNumber)).code;
    const domain = domains.get(code) ?? empty();
    domains.set(code, domain);
    const outside = mentions.every((contact) => {
      const list = world.services.find((service) => service.id === contact.serviceId)?.list;
      return list !== undefined && list.size > 0 && !list.has(issue.needNumber);
    });
    for (const counts of [total, domain]) {
      counts.mentioned += 1;
      if (pick(history, 0).occurredOn >= first) counts.opened += 1;
      if (isOpen) counts.open += 1;
      if (status === "resolved") counts.resolved += 1;
      if (status === "no-longer-relevant") counts.noLongerRelevant += 1;
      if (!entryAt(pick(mentions, mentions.length - 1))?.ours) counts.theirs += 1;
      if (outside) counts.outsideList += 1;
      counts.people.add(personOf(issue.clientId));
    }
  }

  const homes = new Map(visits.map((visit) => [personOf(visit.clientId), visit]));
  const deciles: Record<string, number[]> = {};
  const without = { noFixedAddress: 0, unknown: 0, outside: 0, noDecile: 0 };
  for (const home of homes.values()) {
    if (home.placeKind === "no-fixed-address") without.noFixedAddress += 1;
    else if (home.placeKind === "unknown") without.unknown += 1;
    else if (home.placeKind === "outside") without.outside += 1;
    else if (home.decile === null || home.editionName === null) without.noDecile += 1;
    else {
      const profile = deciles[home.editionName] ?? new Array<number>(10).fill(0);
      deciles[home.editionName] = profile;
      profile[home.decile - 1] = (profile[home.decile - 1] ?? 0) + 1;
    }
  }
  return {
    people: people.size,
    anonymousPeople: new Set(
      visits.filter((visit) => clientOf.get(visit.clientId)?.anonymous).map((visit) => visit.clientId),
    ).size,
    contacts: visits.length,
    openNotMentioned,
    issues: { ...total, people: total.people.size },
    domains: Object.fromEntries(
      [...domains].map(([code, counts]) => [code, { ...counts, people: counts.people.size }]),
    ),
    deciles,
    without,
  };
}

/** A summary in the shape of the recount. */
function comparable(summary: ImpactSummary, expected: ReturnType<typeof recount>) {
  return {
    people: summary.people,
    anonymousPeople: summary.anonymousPeople,
    contacts: summary.contacts,
    openNotMentioned: summary.openNotMentioned,
    issues: { ...summary.issues, people: expected.issues.people },
    domains: Object.fromEntries(summary.domains.map(({ code, label: _, ...counts }) => [code, counts])),
    deciles: Object.fromEntries(summary.deprivation.map((profile) => [profile.edition, profile.deciles])),
    without: summary.withoutDecile,
  };
}

function actorOf(organisationId: number): Actor {
  return {
    accountId: uuidv7(),
    memberId: uuidv7(),
    sessionId: null,
    organisationId,
    organisationName: "Wear Advice",
    name: "Lena K",
    roles: ["manager"],
    serviceId: null,
    patch: [],
  };
}

const ctxOf = (organisationId: number) => makeContext(db, actorOf(organisationId));
const request = (period: string, serviceId: string | null = null) =>
  impactRequestSchema.parse({ period, serviceId });

describe("an organisation's own numbers", () => {
  let world: ImpactWorld;
  beforeAll(async () => {
    const editions = await makePlaces(db.administrator);
    world = await makeImpactWorld(db.administrator, "Wear Advice", 20_260_731, editions);
    // A neighbour with as much of everything: nothing of it may be counted.
    await makeImpactWorld(db.administrator, "Wear Housing", 7, editions);
  });

  const periods = ["m:2025-06", "q:2025-Q1", "q:2025-Q2", "y:2024", "y:2025", "y:2030"];
  test.each(periods)("agree with a recount by hand in %s, for the whole and each service", async (period) => {
    for (const serviceId of [null, ...world.services.map((service) => service.id)]) {
      const asked = request(period, serviceId);
      const summary = await impactSummary(ctxOf(world.organisationId), asked);
      const expected = recount(world, asked);
      expect(comparable(summary, expected)).toEqual(expected);
      const { issues } = summary;
      expect(issues.open + issues.resolved + issues.noLongerRelevant).toBe(issues.mentioned);
      const placed = summary.deprivation.reduce((sum, profile) => sum + profile.people, 0);
      const { noFixedAddress, unknown, outside, noDecile } = summary.withoutDecile;
      expect(placed + noFixedAddress + unknown + outside + noDecile).toBe(summary.people);
    }
  });

  test("a year before is the same period, counted the same way", async () => {
    const asked = request("q:2025-Q1");
    const summary = await impactSummary(ctxOf(world.organisationId), asked);
    const before = recount(world, { ...asked, period: shiftPeriod(asked.period, -4) });
    expect(summary.yearBefore).toEqual({ people: before.people, contacts: before.contacts });
  });

  test("a service without a need list is named, and nothing it records is outside one", async () => {
    const service = pick(world.services, 2);
    const summary = await impactSummary(ctxOf(world.organisationId), request("y:2025", service.id));
    expect(summary.servicesWithoutList).toEqual(["No list yet"]);
    expect(summary.issues.outsideList).toBe(0);
  });

  test("each summary is in the audit, with the form in which it left", async () => {
    const before = await auditEntries(world.organisationId);
    await impactSummary(ctxOf(world.organisationId), request("q:2025-Q1"), "csv");
    const after = await auditEntries(world.organisationId);
    expect(after.length).toBe(before.length + 1);
    expect(after.at(-1)).toEqual({ action: "impact.read", detail: { period: "q:2025-Q1", form: "csv" } });
  });

  test("another organisation's service reads as not found", async () => {
    await expect(impactSummary(ctxOf(world.organisationId), request("q:2025-Q1", uuidv7()))).rejects.toThrow(
      /not found/,
    );
  });

  test("a caseworker may not read it", async () => {
    const ctx = makeContext(db, { ...actorOf(world.organisationId), roles: ["caseworker"] });
    await expect(impactSummary(ctx, request("q:2025-Q1"))).rejects.toThrow(/role/);
  });

  test("the options name the services and the first day that counts", async () => {
    const options = await impactOptions(ctxOf(world.organisationId));
    expect(options.services.map((service) => service.name)).toEqual(["Advice", "Housing", "No list yet"]);
    const days = world.contacts.filter((contact) => !contact.voided).map((contact) => contact.occurredOn);
    expect(options.firstDay).toBe(days.sort()[0]);
    expect(periodOf("month", options.today)).toBeDefined();
  });
});

async function auditEntries(organisationId: number) {
  return db.administrator<{ action: string; detail: unknown }[]>`
    select action, detail from governance.audit_entry where organisation_id = ${organisationId} order by id`.then(
    (rows) => rows.map(({ action, detail }) => ({ action, detail })),
  );
}
