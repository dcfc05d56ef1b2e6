/**
 * The numbers of a summary once more, slowly and another way: whole tables are read as they lie, and each number is
 * found by loops over them with days as text. It shares with the count only the names of the sets. For proofs.
 */

import { NATIONS } from "../domain/geography";
import {
  type Measure,
  measures,
  NEED_MEASURES,
  type NeedMeasure,
  REFERRAL_MEASURES,
  type ReferralMeasure,
} from "../domain/impact/numbers";
import type { EntryStatus } from "../domain/issue";
import { DOMAINS, domainOf, getNeedByNumber, NEEDS, SEVERITIES, type Severity } from "../domain/needs";
import {
  addMonths,
  type Day,
  dayOf,
  daysBetween,
  firstDayOf,
  lastDayOf,
  type Period,
} from "../domain/period";
import { SLICES } from "../domain/slices";
import type { Value } from "./impact-oracle-estimates";
import type { ContactRow, EntryRow, RawCasework } from "./impact-oracle-rows";

interface RecountAsked {
  serviceId: string | null;
  period: Period;
  today: Day;
  framework: { name: string; lines: ReadonlyMap<number, readonly string[]> } | null;
}

export interface Recount {
  /** People by the name of the set. */
  sets: Map<Measure, Set<string>>;
  contacts: number;
  issues: Map<string, Record<NeedMeasure, number>>;
  referrals: Record<ReferralMeasure, number>;
  resolution: Value[];
  acceptance: Value[];
  completion: Value[];
  severity: Value[];
  scores: Map<string, Value[]>;
  servicesWithoutList: string[];
}

/** Slices of age with their youngest and oldest age. */
const AGES: readonly (readonly [name: string, from: number, to: number])[] = [
  ["age=0-15", -200, 15],
  ["age=16-24", 16, 24],
  ["age=25-34", 25, 34],
  ["age=35-49", 35, 49],
  ["age=50-64", 50, 64],
  ["age=65-79", 65, 79],
  ["age=80+", 80, 122],
];

const sliceNamed = (name: string) => SLICES.find((slice) => slice.name === name)?.number ?? -1;

const isOpen = (status: EntryStatus) =>
  status === "new" || status === "ongoing" || status === "improved" || status === "worsened";

/** Counts everything of one period. */
export function recountImpact(
  raw: RawCasework,
  { serviceId, period, today, framework }: RecountAsked,
): Recount {
  const first = firstDayOf(period);
  const until = lastDayOf(period) < today ? lastDayOf(period) : today;
  const sets = new Map<Measure, Set<string>>();
  const put = (measure: Measure, person: string) =>
    sets.set(measure, (sets.get(measure) ?? new Set<string>()).add(person));

  const ownOf = new Map(raw.clients.map((client) => [client.id, client.ownClientId ?? client.id]));
  const personOf = (clientId: string) => ownOf.get(clientId) ?? "nobody";
  const anonymous = new Set(raw.clients.filter((client) => client.anonymous).map(({ id }) => id));
  const listOf = (service: string) => raw.lists.filter((row) => row.serviceId === service);
  const mine = (service: string) => serviceId === null || service === serviceId;

  const standing = raw.contacts
    .filter((contact) => contact.voidedAt === null && contact.occurredOn <= until)
    .sort((a, b) =>
      a.occurredOn === b.occurredOn
        ? Number(a.receivedNo - b.receivedNo)
        : a.occurredOn.localeCompare(b.occurredOn),
    );
  const visits = standing.filter((contact) => contact.occurredOn >= first && mine(contact.serviceId));
  for (const visit of visits) {
    put(measures.helped, personOf(visit.clientId));
    if (anonymous.has(visit.clientId)) put(measures.anonymous, personOf(visit.clientId));
  }
  const helped = sets.get(measures.helped) ?? new Set<string>();

  countHomes(raw, visits, personOf, put);
  countPeople(raw, helped, first, put);

  // Issues, each with its entries in order and the contact of each.
  const contactById = new Map(standing.map((contact, at) => [contact.id, { contact, at }]));
  const entriesOf = new Map<string, { entry: EntryRow; contact: ContactRow; at: number }[]>();
  for (const entry of raw.entries) {
    const found = contactById.get(entry.contactId);
    if (found) entriesOf.set(entry.issueId, [...(entriesOf.get(entry.issueId) ?? []), { entry, ...found }]);
  }
  for (const entries of entriesOf.values()) entries.sort((a, b) => a.at - b.at);

  const stepOn = (referralId: string, kind: string): Day | null => {
    const event = raw.referralEvents.find((row) => row.referralId === referralId && row.kind === kind);
    return event && dayOf(event.at) <= until ? dayOf(event.at) : null;
  };
  const sent = raw.referrals.filter((referral) => dayOf(referral.sentAt) <= until);
  const standingReferralsOf = (issueId: string) =>
    sent.filter(
      ({ id }) =>
        raw.referralIssues.some((row) => row.referralId === id && row.issueId === issueId) &&
        stepOn(id, "withdrawn") === null,
    );

  const issuesOfPerson = new Map<string, typeof raw.issues>();
  for (const issue of raw.issues) {
    const person = personOf(issue.clientId);
    issuesOfPerson.set(person, [...(issuesOfPerson.get(person) ?? []), issue]);
  }
  const issueCounts = new Map<string, Record<NeedMeasure, number>>();
  const none = () =>
    Object.fromEntries(NEED_MEASURES.map((what) => [what, 0])) as Record<NeedMeasure, number>;
  issueCounts.set("*", none());
  const severities = new Map<string, [number, number][]>();
  const onlyOnce = new Set<string>();
  const openSince = new Map<string, Day>();
  const resolution: Value[] = [];

  for (const issue of raw.issues) {
    const history = entriesOf.get(issue.id) ?? [];
    const [opening] = history;
    const last = history.at(-1);
    if (!opening || !last) continue;
    const person = personOf(issue.clientId);
    const need = getNeedByNumber(issue.needNumber);

    if (
      first <= until &&
      opening.contact.occurredOn > addMonths(until, -12) &&
      mine(opening.contact.serviceId) &&
      !anonymous.has(issue.clientId)
    ) {
      const resolved = history.find(({ entry }) => entry.status === "resolved");
      const ends = resolved
        ? resolved.contact.occurredOn
        : last.entry.status === "no-longer-relevant"
          ? last.contact.occurredOn
          : until;
      resolution.push([person, daysBetween(opening.contact.occurredOn, ends), resolved ? 1 : 0]);
    }

    const mentions = history.filter(({ contact }) => contact.occurredOn >= first && mine(contact.serviceId));
    const lastMention = mentions.at(-1);
    if (!lastMention) continue;
    const is = new Set<NeedMeasure>(["brought"]);
    if (opening.contact.occurredOn >= first) is.add("opened");
    if (isOpen(last.entry.status)) is.add("open");
    if (last.entry.status === "resolved") is.add("resolved");
    if (last.entry.status === "no-longer-relevant") is.add("no-longer-relevant");
    for (const { entry } of mentions) {
      if (entry.status === "improved") is.add("improved");
      if (entry.status === "worsened") is.add("worsened");
    }
    const handed = standingReferralsOf(issue.id);
    if (!lastMention.entry.ours) {
      is.add("theirs");
      if (is.has("resolved")) is.add("theirs-resolved");
      if (handed.length > 0) is.add("theirs-referred");
    }
    if (
      mentions.every(({ contact }) => {
        const list = listOf(contact.serviceId);
        return list.length > 0 && list.every((row) => row.needNumber !== issue.needNumber);
      })
    ) {
      is.add("outside-list");
    }
    if (
      is.has("open") &&
      (is.has("theirs") || is.has("outside-list")) &&
      handed.every(({ id }) => stepOn(id, "accepted") === null)
    ) {
      is.add("unmet");
    }
    for (const mention of mentions) {
      const day = mention.contact.occurredOn;
      const isSoonAfter = (resolved: Day) => resolved < day && day <= addMonths(resolved, 12);
      const before = history[history.indexOf(mention) - 1];
      if (before) {
        const reopened = before.entry.status === "resolved" && isOpen(mention.entry.status);
        if (reopened && isSoonAfter(before.contact.occurredOn)) is.add("again");
        continue;
      }
      for (const other of issuesOfPerson.get(person) ?? []) {
        if (other.id === issue.id || other.needNumber !== issue.needNumber) continue;
        const earlier = (entriesOf.get(other.id) ?? [])
          .filter(({ contact }) => contact.occurredOn < day)
          .at(-1);
        if (earlier?.entry.status === "resolved" && isSoonAfter(earlier.contact.occurredOn)) is.add("again");
      }
    }

    for (const path of ["*", domainOf(need).code, need.code]) {
      const counts = issueCounts.get(path) ?? none();
      issueCounts.set(path, counts);
      for (const what of is) {
        put(measures.need(what, path), person);
        counts[what] += 1;
      }
    }
    if (framework) {
      const lines = framework.lines.get(issue.needNumber) ?? [];
      for (const line of lines.length > 0 ? lines : [""])
        put(measures.framework(framework.name, line), person);
    }
    if (history.length >= 2) {
      const points = (severity: Severity) => SEVERITIES.indexOf(severity) + 1;
      const pair: [number, number] = [points(opening.entry.severity), points(last.entry.severity)];
      severities.set(person, [...(severities.get(person) ?? []), pair]);
    } else {
      onlyOnce.add(person);
    }
    if (is.has("open")) {
      const since = openSince.get(person);
      if (since === undefined || opening.contact.occurredOn < since) {
        openSince.set(person, opening.contact.occurredOn);
      }
    }
  }

  const severity: Value[] = [];
  for (const [person, pairs] of severities) {
    const sum = (at: 0 | 1) => pairs.reduce((total, pair) => total + pair[at], 0);
    put(measures.severity("both"), person);
    put(measures.severity(sum(1) < sum(0) ? "better" : sum(1) > sum(0) ? "worse" : "same"), person);
    severity.push([person, sum(0) / pairs.length, sum(1) / pairs.length]);
  }
  for (const person of onlyOnce) if (!severities.has(person)) put(measures.severity("once"), person);
  for (const [person, since] of openSince) {
    const days = daysBetween(since, until);
    put(measures.waiting(days >= 183 ? 183 : days >= 91 ? 91 : days >= 31 ? 31 : 0), person);
  }

  const scores = countScores(raw, { first, until, helped }, personOf, put);

  // Referrals sent in the period.
  const referrals = Object.fromEntries(REFERRAL_MEASURES.map((what) => [what, 0])) as Record<
    ReferralMeasure,
    number
  >;
  const acceptance: Value[] = [];
  const completion: Value[] = [];
  for (const referral of sent) {
    const sentOn = dayOf(referral.sentAt);
    const isMine =
      serviceId === null ||
      raw.referralIssues.some(
        (row) =>
          row.referralId === referral.id &&
          (entriesOf.get(row.issueId) ?? []).some(
            ({ contact }) => contact.serviceId === serviceId && contact.occurredOn <= sentOn,
          ),
      );
    if (sentOn < first || !isMine) continue;
    const person = personOf(referral.clientId);
    const on = (kind: string) => stepOn(referral.id, kind);
    const is: ReferralMeasure[] = ["sent"];
    for (const kind of ["accepted", "declined", "started", "completed", "lost-touch"] as const) {
      if (on(kind) !== null) is.push(kind);
    }
    if (on("accepted") === null && on("declined") === null && on("withdrawn") === null) is.push("waiting");
    for (const what of is) {
      referrals[what] += 1;
      put(measures.referral(what), person);
    }
    const [accepted, completed] = [on("accepted"), on("completed")];
    if (accepted) acceptance.push([person, daysBetween(sentOn, accepted)]);
    if (completed) completion.push([person, daysBetween(sentOn, completed)]);
  }

  return {
    ...{ sets, referrals, resolution, acceptance, completion, severity, scores },
    contacts: visits.length,
    issues: issueCounts,
    servicesWithoutList: raw.services
      .filter(({ id }) => listOf(id).length === 0 && visits.some((visit) => visit.serviceId === id))
      .map(({ name }) => name)
      .sort(),
  };
}

type Put = (measure: Measure, person: string) => void;

/** Where everybody lived at their last contact. */
function countHomes(
  raw: RawCasework,
  visits: readonly ContactRow[],
  personOf: (clientId: string) => string,
  put: Put,
): void {
  const homes = new Map<string, ContactRow>();
  for (const visit of visits) homes.set(personOf(visit.clientId), visit);
  for (const [person, home] of homes) {
    const edition = raw.editions.find(({ number }) => number === home.deprivationEdition)?.name;
    const nation = home.nation === null ? undefined : (NATIONS[home.nation] ?? home.nation);
    if (home.placeKind !== "postcode") put(measures.notPlaced(home.placeKind), person);
    else if (home.deprivationDecile === null || edition === undefined || nation === undefined) {
      put(measures.notPlaced("no-decile"), person);
    } else {
      put(measures.placed(nation, edition), person);
      put(measures.decile(nation, edition, home.deprivationDecile), person);
      if (home.deprivationDecile < 3) put(measures.mostDeprivedFifth(nation, edition), person);
      if (home.authority !== null) put(measures.authority(nation, edition, home.authority), person);
    }
  }
}

/** Age on a day and sex of everybody, each as most of their records say it, the eldest record of equals. */
function countPeople(raw: RawCasework, helped: ReadonlySet<string>, first: Day, put: Put): void {
  const said = new Map(raw.identities.map((identity) => [identity.clientId, identity]));
  for (const person of helped) {
    const records = raw.clients
      .filter((client) => (client.ownClientId ?? client.id) === person)
      .map(({ id }) => said.get(id))
      .filter((identity) => identity !== undefined)
      .sort((a, b) => a.clientId.localeCompare(b.clientId));
    // Records agree on a month: the age on the first of any month is then the same.
    const months = records.flatMap(({ dateOfBirth }) =>
      dateOfBirth === null
        ? []
        : [dateOfBirth.endsWith("-01") ? dateOfBirth : `${addMonths(dateOfBirth, 1).slice(0, 7)}-01`],
    );
    const born = commonest(months);
    const sex = commonest(records.map((record) => record.sex).filter((each) => each !== "not-known"));
    const age = born === undefined ? Number.POSITIVE_INFINITY : wholeYears(born, first);
    const band = AGES.find(([, from, to]) => age >= from && age <= to);
    put(measures.slice(sliceNamed(band?.[0] ?? "age=unknown")), person);
    put(measures.slice(sliceNamed(`sex=${sex ?? "unknown"}`)), person);
  }
}

/** The commonest of some values; of equally common ones the first. */
function commonest<T>(values: readonly T[]): T | undefined {
  let best: T | undefined;
  for (const value of values) {
    const count = (of: T) => values.filter((other) => other === of).length;
    if (best === undefined || count(value) > count(best)) best = value;
  }
  return best;
}

/** Birthdays had by a day. */
function wholeYears(born: Day, on: Day): number {
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4));
  return on.slice(5) < born.slice(5) ? years - 1 : years;
}

function countScores(
  raw: RawCasework,
  { first, until, helped }: { first: Day; until: Day; helped: ReadonlySet<string> },
  personOf: (clientId: string) => string,
  put: Put,
): Map<string, Value[]> {
  const found = new Map<string, Value[]>();
  for (const { id, direction } of raw.instruments) {
    for (const person of helped) {
      const scores = raw.scores
        .filter((row) => row.instrumentId === id && row.voidedAt === null && row.scoredOn <= until)
        .filter((row) => personOf(row.clientId) === person)
        .sort(
          (a, b) =>
            a.scoredOn.localeCompare(b.scoredOn) ||
            a.recordedAt.localeCompare(b.recordedAt) ||
            a.id.localeCompare(b.id),
        );
      const [earliest] = scores;
      const latest = scores.at(-1);
      if (!earliest || !latest || latest.scoredOn < first) continue;
      if (scores.length === 1) {
        put(measures.instrument(id, "once"), person);
        continue;
      }
      const change = (latest.score - earliest.score) * (direction === "higher-better" ? 1 : -1);
      put(measures.instrument(id, "both"), person);
      put(measures.instrument(id, change > 0 ? "better" : change < 0 ? "worse" : "same"), person);
      found.set(id, [...(found.get(id) ?? []), [person, earliest.score, latest.score]]);
    }
  }
  return found;
}

/** All paths there are. */
export const ALL_PATHS = ["*", ...DOMAINS.map(({ code }) => code), ...NEEDS.map(({ code }) => code)];
