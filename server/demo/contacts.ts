/**
 * Two years of contacts of the made county, and the weeks after: what people bring by organisation, place, age
 * and season, and how each issue goes from contact to contact. Two things can be found in them: Thornbeck Works
 * closes in month 14, and a pantry opens in Saltersea in month 18. Some needs come together.
 */

import type { NewContactInput } from "../domain/contact";
import type { Channel } from "../domain/contact-terms";
import type { EntryStatus } from "../domain/issue";
import { findNeed, SEVERITIES, type Severity } from "../domain/needs";
import { addDays, type Day, daysBetween } from "../domain/period";
import { AUTHORITIES } from "./county";
import { type MadeOrganisation, ORGANISATIONS, type OrganisationKey } from "./organisations";
import { clientsOf, homeOn, type MadeClient, PANTRY_SECTORS, type Person } from "./people";
import { Chance, madeId } from "./random";
import type { Timeline } from "./timeline";

/** One made contact; services and workers are positions in their organisation's lists. */
export interface MadeContact {
  id: string;
  organisation: OrganisationKey;
  /** Null: anonymous. */
  client: MadeClient | null;
  clientId: string;
  service: number;
  worker: number;
  occurredOn: Day;
  /** The device's clock when it was written down. */
  claimedAt: string;
  channel: Channel;
  place: NonNullable<NewContactInput["place"]>;
  entries: readonly MadeEntry[];
}

export interface MadeEntry {
  issueId: string;
  need: string;
  status: EntryStatus;
  severity: Severity;
  ours: boolean;
}

/** An ask of an organisation, with what is needed to weigh it. */
interface Ask {
  need: string;
  weight: number;
}

const ASKS = new Map<OrganisationKey, readonly Ask[]>(
  ORGANISATIONS.map(({ key, asks }) => [
    key,
    Object.entries(asks).map(([need, weight]) => ({ need, weight })),
  ]),
);

/** What somebody brings who has just lost their work at Thornbeck Works. */
const WORKS_ASKS: readonly Ask[] = Object.entries({
  "BEN-01": 12,
  "BEN-07": 6,
  "BEN-02": 7,
  "MON-04": 9,
  "MON-01": 7,
  "MON-02": 6,
  "EMP-01": 14,
  "EMP-03": 4,
  "HOU-04": 5,
  "MEN-02": 2,
}).map(([need, weight]) => ({ need, weight }));

/** How much more often a need is brought in each month, January first; 1 where it does not matter. */
const SEASONS: Readonly<Record<string, readonly number[]>> = {
  "BAS-02": [2.4, 2.1, 1.5, 0.9, 0.6, 0.45, 0.4, 0.45, 0.7, 1.2, 1.9, 2.3],
  "HOU-05": [1.7, 1.6, 1.3, 1, 0.8, 0.7, 0.6, 0.7, 0.8, 1, 1.3, 1.6],
  "HOU-01": [1.4, 1.3, 1.1, 1, 0.9, 0.8, 0.8, 0.8, 0.9, 1, 1.2, 1.3],
  "SOC-01": [1.3, 1.1, 1, 1, 0.9, 0.9, 0.9, 0.9, 1, 1, 1.1, 1.4],
  "JUS-03": [0.7, 0.7, 0.8, 1, 1.2, 1.4, 1.6, 1.5, 1.1, 1.2, 0.9, 0.7],
  "MON-03": [1.4, 1.2, 1, 0.9, 0.9, 0.9, 0.9, 0.9, 1, 1, 1.1, 1.3],
};

/** Needs that come with hardship, and needs of old age, by the start of their codes. */
const OF_HARDSHIP = ["BEN", "MON", "BAS", "HOU", "SUB", "JUS-0", "SAF"];
const OF_AGE = ["PHY-03", "MEN-09", "CAR-0", "SOC-02"];
const OF_WORKING_AGE = ["EMP", "EDU", "FAM", "IMM", "MON-04"];

/** What often comes with a need: the demo's workers are offered these when they log the first. */
const TOGETHER: Readonly<Record<string, readonly string[]>> = {
  "HOU-04": ["MON-01", "BEN-06", "MON-03"],
  "BAS-01": ["BAS-02", "BEN-07"],
  "BEN-03": ["BEN-05"],
  "HOU-08": ["HOU-06", "BAS-04"],
  "SOC-01": ["SOC-03", "MEN-01"],
  "PHY-03": ["CAR-02", "SOC-02"],
  "JUS-03": ["JUS-02"],
};
const TOGETHER_CHANCE = 0.6;

/** The asks that somebody has on a day, weighed by place, season and age. */
function weighed(asks: readonly Ask[], person: Person, day: Day, timeline: Timeline): Ask[] {
  const { smallArea } = homeOn(person, day);
  const age = daysBetween(person.dateOfBirth, day) / 365.25;
  const month = Number(day.slice(5, 7)) - 1;
  const nearPantry = PANTRY_SECTORS.includes(smallArea.sector);
  return asks.map(({ need, weight }) => {
    const starts = (prefixes: readonly string[]) => prefixes.some((prefix) => need.startsWith(prefix));
    let factor = SEASONS[need]?.[month] ?? 1;
    if (starts(OF_HARDSHIP)) factor *= 0.5 + smallArea.deprivation;
    if (starts(OF_AGE)) factor *= age >= 65 ? 2.5 : 0.5;
    if (starts(OF_WORKING_AGE) && age >= 66) factor = 0;
    if (need === "BAS-01" && nearPantry) factor *= day < timeline.pantryOpensOn ? 4 : 0.7;
    return { need, weight: weight * factor };
  });
}

/** Records of everybody and their contacts up to the timeline's last day, in the order of the devices' clocks. */
export function makeContacts(
  seed: string,
  people: readonly Person[],
  timeline: Timeline,
): { clients: MadeClient[]; contacts: MadeContact[] } {
  const clients: MadeClient[] = [];
  const contacts: MadeContact[] = [];
  for (const person of people) {
    const chance = new Chance(`${seed}/contacts of ${person.number}`);
    const records = clientsOf(seed, person);
    const brought: string[] = [];
    records.forEach((client, i) => {
      // Whoever sends somebody on does so within some months.
      let start = i === 0 ? person.firstDay : addDays(person.firstDay, 5 + chance.below(150));
      for (let times = 0; times === 0 || chance.happens(0.28); times++) {
        if (times > 0) start = addDays(start, 60 + chance.below(300));
        if (start > timeline.lastDay) break;
        const episode = episodeOf(client, start, brought, timeline, chance);
        if (isRecorded(client.organisation, person, start, timeline)) contacts.push(...episode);
      }
    });
    const seen = new Set(contacts.slice(-40).map(({ clientId }) => clientId));
    clients.push(...records.filter(({ id }) => seen.has(id)));
    if (chance.happens(0.12)) {
      const contact = anonymousContact(person, timeline, chance);
      if (isRecorded(contact.organisation, person, person.firstDay, timeline)) contacts.push(contact);
    }
  }
  contacts.sort((a, b) => (a.claimedAt < b.claimedAt ? -1 : a.claimedAt > b.claimedAt ? 1 : 0));
  return { clients, contacts };
}

/** Whether an organisation records what begins on a day: the police of the city come to it later than everybody. */
function isRecorded(organisation: OrganisationKey, person: Person, day: Day, timeline: Timeline): boolean {
  const isCity = homeOn(person, day).smallArea.authority.code === AUTHORITIES.city.code;
  return organisation !== "police" || !isCity || day >= timeline.cityPoliceBeginOn;
}

/** Some contacts of one client about one situation, until it is settled or fades away. */
function episodeOf(
  client: MadeClient,
  start: Day,
  brought: string[],
  timeline: Timeline,
  chance: Chance,
): MadeContact[] {
  const organisation = organisationOf(client.organisation);
  const service = chance.below(organisation.services.length);
  const worker = chance.below(3);
  const list = organisation.services[service]?.needs ?? [];
  const issues = new Map<string, { entry: MadeEntry; open: boolean }>();
  const contacts: MadeContact[] = [];
  const length = chance.weighted([1, 2, 3, 4, 6], (count) => [0, 46, 24, 14, 10, 0, 6][count] ?? 0);
  let day = start;
  for (let number = 0; number < length && day <= timeline.lastDay; number++) {
    const claimedAt = clockTime(day, chance);
    const entries: MadeEntry[] = [];
    for (const issue of issues.values()) {
      if (!issue.open || chance.happens(0.12)) continue;
      const status = nextStatus(number, chance);
      const severity = changedSeverity(issue.entry.severity, status);
      issue.open = status !== "resolved" && status !== "no-longer-relevant";
      issue.entry = { ...issue.entry, status, severity };
      entries.push(issue.entry);
    }
    const fresh = number === 0 ? chance.pick([1, 1, 2, 2, 3]) : chance.happens(0.15) ? 1 : 0;
    for (let i = 0; i < fresh || (entries.length === 0 && i < 1); i++) {
      const need = broughtNeed(client, issues, brought, day, timeline, chance);
      const opened: MadeEntry = {
        issueId: madeId(chance, Date.parse(claimedAt)),
        need,
        status: chance.happens(0.05) ? "resolved" : "new",
        severity: firstSeverity(need, chance),
        ours: chance.happens(list.includes(need) ? 0.9 : 0.12),
      };
      issues.set(need, { entry: opened, open: opened.status === "new" });
      entries.push(opened);
      brought.push(need);
    }
    contacts.push({
      id: madeId(chance, Date.parse(claimedAt)),
      organisation: client.organisation,
      client,
      clientId: client.id,
      service,
      worker,
      occurredOn: occurredOn(day, start, chance),
      claimedAt,
      channel: channelOf(organisation, chance),
      place: placeOf(client.person, day),
      entries,
    });
    if ([...issues.values()].every(({ open }) => !open)) break;
    day = workday(addDays(day, 5 + chance.below(40)));
  }
  return contacts;
}

function organisationOf(key: OrganisationKey): MadeOrganisation {
  const found = ORGANISATIONS.find((organisation) => organisation.key === key);
  if (!found) throw new Error(`There is no organisation ${key}`);
  return found;
}

/** A need not open already; a second organisation often hears of one that another knows of. */
function broughtNeed(
  client: MadeClient,
  issues: ReadonlyMap<string, unknown>,
  brought: readonly string[],
  day: Day,
  timeline: Timeline,
  chance: Chance,
): string {
  const { person, organisation } = client;
  const known = brought.filter((need) => !issues.has(need) && !need.startsWith("JUS"));
  if (known.length > 0 && chance.happens(0.4)) return chance.pick(known);
  const asks = person.worksClosed && chance.happens(0.85) ? WORKS_ASKS : (ASKS.get(organisation) ?? []);
  const free = asks.filter(({ need }) => !issues.has(need));
  const companions = [...issues.keys()].flatMap((need) => TOGETHER[need] ?? []);
  const near = free.filter(({ need }) => companions.includes(need));
  if (near.length > 0 && chance.happens(TOGETHER_CHANCE)) return chance.pick(near).need;
  return chance.weighted(weighed(free, person, day, timeline), ({ weight }) => weight).need;
}

function firstSeverity(need: string, chance: Chance): Severity {
  const hint = findNeed(need)?.severityHint ?? "medium";
  return shifted(hint, chance.pick([-1, 0, 0, 0, 0, 1]));
}

function nextStatus(number: number, chance: Chance): EntryStatus {
  const settled = 0.16 + 0.06 * number;
  return chance.weighted(
    ["ongoing", "improved", "worsened", "resolved", "no-longer-relevant"] as const,
    (status) =>
      ({ ongoing: 0.36, improved: 0.28, worsened: 0.1, resolved: settled, "no-longer-relevant": 0.03 })[
        status
      ],
  );
}

function changedSeverity(severity: Severity, status: EntryStatus): Severity {
  if (status === "improved" || status === "resolved") return shifted(severity, -1);
  return status === "worsened" ? shifted(severity, 1) : severity;
}

function shifted(severity: Severity, steps: number): Severity {
  const at = Math.min(SEVERITIES.length - 1, Math.max(0, SEVERITIES.indexOf(severity) + steps));
  return SEVERITIES[at] ?? severity;
}

function channelOf({ channels }: MadeOrganisation, chance: Chance): Channel {
  const used = Object.entries(channels) as [Channel, number][];
  return chance.weighted(used, ([, weight]) => weight)[0];
}

function placeOf(person: Person, day: Day): MadeContact["place"] {
  const { postcode } = homeOn(person, day);
  return postcode === null ? { kind: "no-fixed-address" } : { kind: "postcode", postcode };
}

function clockTime(day: Day, chance: Chance): string {
  const minutes = 8 * 60 + 30 + chance.below(9 * 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const two = (number: number) => String(number).padStart(2, "0");
  return `${day}T${two(hours)}:${two(rest)}:${two(chance.below(60))}Z`;
}

/** Some contacts are written down days after they happened. */
function occurredOn(day: Day, start: Day, chance: Chance): Day {
  if (day === start || !chance.happens(0.03)) return day;
  const earlier = addDays(day, -1 - chance.below(4));
  return earlier > start ? earlier : day;
}

/** The same day, or the Monday after a weekend. */
function workday(day: Day): Day {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 6 ? addDays(day, 2) : weekday === 0 ? addDays(day, 1) : day;
}

/** A call to the advice line, or a word with an officer in the street, by somebody who gives no name. */
function anonymousContact(person: Person, timeline: Timeline, chance: Chance): MadeContact {
  const key = chance.happens(0.75) ? "advice" : "police";
  const occurredOn = person.firstDay;
  const claimedAt = clockTime(occurredOn, chance);
  const asks = weighed(ASKS.get(key) ?? [], person, occurredOn, timeline);
  const { need } = chance.weighted(asks, ({ weight }) => weight);
  const at = Date.parse(claimedAt);
  return {
    id: madeId(chance, at),
    organisation: key,
    client: null,
    clientId: madeId(chance, at),
    service: key === "advice" ? 1 : 0,
    worker: chance.below(3),
    occurredOn,
    claimedAt,
    channel: key === "advice" ? "phone" : "face-to-face",
    place: chance.happens(0.6) ? placeOf(person, occurredOn) : { kind: "unknown" },
    entries: [
      {
        issueId: madeId(chance, at),
        need,
        status: "new",
        severity: firstSeverity(need, chance),
        ours: chance.happens(0.7),
      },
    ],
  };
}
