/**
 * The cohort of a study that is done in these records themselves: everybody who first met a service between two days,
 * beside everybody else who first met another one then with the same need and never met that one. No file is sent, and
 * nobody is looked up by name: who is one person is known by the links of clients. What came of them is read by
 * `readOutcomes` of lab-linking.ts, after it is known who is compared with whom.
 */

import type { Sql } from "../db/client";
import type { Loss } from "./domain/lab/attrition";
import {
  type CaseworkIndex,
  caseworkOutcome,
  covariatesAt,
  indexOfStart,
  type PersonContact,
  type SaidOfNeed,
  type ServiceStart,
} from "./domain/lab/casework-records";
import { CASEWORK_CODEBOOK, CASEWORK_DAYS } from "./domain/lab/casework-set";
import { type IndexRecord, tableOf } from "./domain/lab/index-records";
import type { Severity } from "./domain/needs";
import { addDays, type Day } from "./domain/period";
import { UNKNOWN_TRAITS } from "./domain/slices";
import { codebookHash } from "./importers/outcomes";
import type { FoundCohort } from "./lab-linking";
import { readTraitsOf } from "./statistics/traits";

export interface CaseworkQuestion {
  /** The service that the study is of. */
  organisationId: number;
  serviceId: string;
  startedFrom: Day;
  startedTo: Day;
  /** Names of the codebook. */
  covariates: readonly string[];
  /** The day it is: nobody is followed beyond it. */
  today: Day;
}

/** Somebody in the table: who, and the day and need that their row is about. In the order of the table. */
export interface CaseworkPerson {
  personId: string;
  index: Pick<CaseworkIndex, "day" | "need">;
}

/** These records as what a cohort was found in. */
export interface CaseworkSource {
  kind: "casework";
  /** By row of the table. */
  people: readonly CaseworkPerson[];
  /** Persons of the cohort, lost or not, as `losses` has them. */
  cohort: readonly string[];
}

/** People whose contacts are read at once. */
const AT_ONCE = 2_000;

/** Finds the cohort. When the signal ends, throws its reason. */
export async function findCaseworkCohort(
  stats: Sql,
  question: CaseworkQuestion,
  signal?: AbortSignal,
): Promise<FoundCohort> {
  const { startedFrom, startedTo, today } = question;
  const { participants, others } = await readStarts(stats, question);
  const isFollowedUp = (day: Day) => addDays(day, CASEWORK_DAYS) <= today;
  const from = addDays(startedFrom, -CASEWORK_DAYS);

  // Of whoever has no contact left that can be read it is not known what they brought.
  const losses = new Map<string, Loss | null>(
    [...participants.keys()].sort().map((person) => [person, "no-index-in-window"]),
  );
  const rows: Row[] = [];
  const needs = new Set<number>();
  for await (const { personId, contacts, values } of readPeople(
    stats,
    [...participants.keys()],
    from,
    startedTo,
    signal,
  )) {
    const start = participants.get(personId);
    const index = start ? indexOfStart(contacts, start) : null;
    if (!index) continue;
    if (!isFollowedUp(index.day)) losses.set(personId, "follow-up-not-over");
    else {
      losses.set(personId, null);
      needs.add(index.need);
      rows.push({ personId, index, values: values(index), took: 1 });
    }
  }
  for await (const { personId, contacts, values } of readPeople(
    stats,
    [...others.keys()],
    from,
    startedTo,
    signal,
  )) {
    const possible = (others.get(personId) ?? []).flatMap((start) => {
      const index = indexOfStart(contacts, start);
      return index && needs.has(index.need) && isFollowedUp(index.day) ? [index] : [];
    });
    const index = possible[placeOf(personId) % Math.max(1, possible.length)];
    if (index) rows.push({ personId, index, values: values(index), took: 0 });
  }
  // By what is random in an id, so that the order says nothing of when somebody came.
  rows.sort((one, other) => placeOf(one.personId) - placeOf(other.personId));
  const records: IndexRecord[] = rows.map(({ personId, index, values }) => ({
    ...{ person: placeOf(personId), date: index.day, values },
  }));
  return {
    source: {
      kind: "casework",
      people: rows.map(({ personId, index }) => ({ personId, index })),
      cohort: [...losses.keys()],
    },
    codebook: CASEWORK_CODEBOOK,
    codebookHash: codebookHash(CASEWORK_CODEBOOK),
    losses: [...losses.values()],
    records,
    table: tableOf(
      CASEWORK_CODEBOOK,
      records,
      Uint8Array.from(rows, ({ took }) => took),
      question.covariates,
    ),
  };
}

interface Row extends CaseworkPerson {
  index: CaseworkIndex;
  values: IndexRecord["values"];
  took: 0 | 1;
}

/** A number of a person that is the same in every run: the 48 random bits that its id ends with. */
const placeOf = (personId: string): number => Number.parseInt(personId.slice(-12), 16);

/** Who first met the service between the days, and whoever never met it and first met another one then. */
async function readStarts(
  stats: Sql,
  { organisationId, serviceId, startedFrom, startedTo }: CaseworkQuestion,
): Promise<{ participants: Map<string, ServiceStart>; others: Map<string, ServiceStart[]> }> {
  const met = await stats<{ personId: string }[]>`
    select person_id from lab.service_people(${organisationId}, ${serviceId})`;
  const everMet = new Set(met.map(({ personId }) => personId));
  const participants = new Map<string, ServiceStart>();
  const others = new Map<string, ServiceStart[]>();
  const rows = await stats<{ personId: string; organisationId: number; serviceId: string; startedOn: Day }[]>`
    select * from lab.service_starts(${startedFrom}, ${startedTo})
    order by person_id, started_on, organisation_id, service_id`;
  for (const { personId, startedOn, ...service } of rows) {
    const start = { ...service, day: startedOn };
    if (service.organisationId === organisationId && service.serviceId === serviceId) {
      participants.set(personId, start);
    } else if (!everMet.has(personId)) {
      const own = others.get(personId);
      if (own) own.push(start);
      else others.set(personId, [start]);
    }
  }
  return { participants, others };
}

interface ReadPerson {
  personId: string;
  contacts: readonly PersonContact[];
  /** What is known of them on the day of an index. */
  values(index: CaseworkIndex): IndexRecord["values"];
}

/** People with their contacts between two days, some at a time. */
async function* readPeople(
  stats: Sql,
  people: readonly string[],
  from: Day,
  to: Day,
  signal?: AbortSignal,
): AsyncGenerator<ReadPerson> {
  for (let first = 0; first < people.length; first += AT_ONCE) {
    signal?.throwIfAborted();
    const some = people.slice(first, first + AT_ONCE);
    const [contacts, traits] = await Promise.all([
      readContacts(stats, some, from, to),
      readTraitsOf(stats, some),
    ]);
    for (const [personId, own] of contacts) {
      const known = traits.get(personId) ?? UNKNOWN_TRAITS;
      yield { personId, contacts: own, values: (index) => covariatesAt(index, own, known) };
    }
  }
}

interface ContactRow {
  personId: string;
  organisationId: number;
  serviceId: string;
  contactId: string;
  occurredOn: Day;
  decile: number | null;
  needNumber: number | null;
  status: SaidOfNeed["status"] | null;
  severity: Severity | null;
}

async function readContacts(
  stats: Sql,
  people: readonly string[],
  from: Day,
  to: Day,
): Promise<Map<string, PersonContact[]>> {
  const rows = await stats<
    ContactRow[]
  >`select * from lab.contacts_of(${[...people]}::uuid[], ${from}, ${to})`;
  const found = new Map<string, PersonContact[]>();
  let last = "";
  for (const { personId, contactId, occurredOn, needNumber, status, severity, ...contact } of rows) {
    const own = found.get(personId) ?? [];
    found.set(personId, own);
    const said = needNumber !== null && status && severity ? [{ need: needNumber, status, severity }] : [];
    const before = own.at(-1);
    if (contactId === last && before) own[own.length - 1] = { ...before, said: [...before.said, ...said] };
    else own.push({ ...contact, day: occurredOn, said });
    last = contactId;
  }
  return found;
}

/** What came of the need of everybody in the table. Columns by the names of the outcomes. */
export async function readCaseworkOutcomes(
  stats: Sql,
  people: readonly CaseworkPerson[],
  outcomes: readonly string[],
): Promise<Map<string, Float64Array>> {
  const asked = CASEWORK_CODEBOOK.outcomes.map(({ name }) => name).filter((name) => outcomes.includes(name));
  const columns = new Map(asked.map((name) => [name, new Float64Array(people.length).fill(Number.NaN)]));
  for (let first = 0; first < people.length; first += AT_ONCE) {
    const some = people.slice(first, first + AT_ONCE);
    const days = some.map(({ index }) => index.day).sort();
    const from = days[0] ?? "";
    const to = addDays(days.at(-1) ?? from, CASEWORK_DAYS);
    const contacts = await readContacts(
      stats,
      some.map(({ personId }) => personId),
      from,
      to,
    );
    for (const [at, { personId, index }] of some.entries()) {
      for (const name of asked) {
        const column = columns.get(name);
        if (column) column[first + at] = caseworkOutcome(name, index, contacts.get(personId) ?? []);
      }
    }
  }
  return columns;
}
