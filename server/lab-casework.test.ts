/** A study in these records: who first met a service, who is like them and never did, and what came of the need. */

import { beforeAll, describe, expect, test } from "vitest";
import { logContacts } from "./contacts";
import type { NewContactInput } from "./domain/contact";
import { caseworkOutcome, indexOfStart, type PersonContact } from "./domain/lab/casework-records";
import { CASEWORK_CODEBOOK } from "./domain/lab/casework-set";
import { uuidv7 } from "./ids";
import { findCaseworkCohort } from "./lab-casework";
import { readOutcomes } from "./lab-linking";
import { testDatabase } from "./testing";
import { aClient, aContact, anEntry, arrangeService, arrangeTeam, type Team } from "./testing-casework";

const db = await testDatabase();
const LATE = { lateReason: "Written up from paper" };

let mentors: Team;
let advice: Team;

type Said = Partial<NewContactInput["entries"][number]>;

/** Issues by client and need: what is said later is said of the one that was opened. */
const issues = new Map<string, string>();

/** Logs contacts of one client, each on a day with what was said of one need. */
async function log(team: Team, clientId: string, days: readonly (readonly [string, Said])[], client = {}) {
  for (const [day, said] of days) {
    const need = said.need ?? "HOU-04";
    const isNew = (said.status ?? "new") === "new";
    const issueId = isNew ? uuidv7() : (issues.get(clientId + need) ?? uuidv7());
    issues.set(clientId + need, issueId);
    const contact = aContact(team, {
      ...{ clientId, occurredOn: day, ...LATE },
      newClient: aClient(client),
      entries: [anEntry({ need, ...said, issueId })],
    });
    const answers = await logContacts(team.ctx, [contact]);
    expect(answers, JSON.stringify(answers)).toMatchObject([{ outcome: "stored" }]);
  }
}

const ids: Record<string, string> = {};
const person = async (clientId: string): Promise<string> => {
  const [row] = await db.administrator<{ personId: string }[]>`
    select person_id from identity.client_person where client_id = ${clientId}`;
  return row?.personId ?? "";
};

beforeAll(async () => {
  mentors = await arrangeTeam(db, "Wear Mentors");
  advice = await arrangeTeam(db, "Quayside Advice");
  const client = (name: string) => {
    ids[name] ??= uuidv7();
    return ids[name];
  };
  const named = (familyName: string) => ({ givenName: "Ottoline", familyName, dateOfBirth: "1984-05-31" });
  // Took part: comes back with the same need; resolved by a contact elsewhere after 40 days.
  await log(
    mentors,
    client("returns"),
    [
      ["2024-02-01", {}],
      ["2024-06-01", { status: "new" }],
    ],
    named("Farthingale"),
  );
  await log(mentors, client("resolved"), [["2024-02-10", { severity: "high" }]], named("Quillon"));
  // Met another service of theirs with a need, and this one only when it was met.
  const desk = await arrangeService(db, mentors.organisationId, "Front desk");
  await log({ ...mentors, serviceId: desk }, client("without"), [["2024-02-01", {}]], named("Ravensworth"));
  await log(mentors, client("without"), [["2024-02-12", { status: "resolved" }]], named("Ravensworth"));
  await log(
    mentors,
    client("too-late"),
    [
      ["2024-02-20", {}],
      ["2024-02-21", { status: "ongoing" }],
    ],
    named("Umbridge"),
  );
  // Were there before the days of the study.
  await log(
    mentors,
    client("earlier"),
    [
      ["2023-06-01", {}],
      ["2024-02-01", {}],
    ],
    named("Ainsworth"),
  );
  // Never met the mentors: the same need, another need, and somebody who met both.
  await log(
    advice,
    client("alike"),
    [
      ["2023-12-01", { need: "MON-01" }],
      ["2024-03-01", {}],
    ],
    named("Bickerstaff"),
  );
  await log(
    advice,
    client("alike-second"),
    [
      ["2024-03-05", {}],
      ["2024-03-20", { status: "resolved" }],
    ],
    named("Cholmondeley"),
  );
  await log(advice, client("other-need"), [["2024-03-01", { need: "MON-01" }]], named("Dalrymple"));
  await log(
    advice,
    client("resolved-elsewhere"),
    [
      ["2024-03-20", { status: "ongoing" }],
      ["2024-03-21", { status: "resolved" }],
    ],
    named("Quillon"),
  );
  await db.administrator`
    update identity.client_person set person_id = (
      select person_id from identity.client_person where client_id = ${client("resolved")})
    where client_id = ${client("resolved-elsewhere")}`;
});

const find = (today = "2026-01-01") =>
  findCaseworkCohort(db.stats, {
    ...{ organisationId: mentors.organisationId, serviceId: mentors.serviceId, today },
    ...{ startedFrom: "2024-01-01", startedTo: "2024-12-31" },
    covariates: CASEWORK_CODEBOOK.covariates.map(({ name }) => name),
  });

test("the cohort is everybody who first met the service between the days, each with a reason when lost", async () => {
  const { losses, table } = await find();
  expect([...losses].sort()).toEqual(["no-index-in-window", null, null, null]);
  expect(table.treated.reduce((sum, took) => sum + took, 0)).toBe(3);
  expect((await find("2025-02-05")).losses.filter((loss) => loss === "follow-up-not-over")).toHaveLength(2);
});

test("they are compared with people of the same need who never met the service", async () => {
  const { source, table } = await find();
  if (source.kind !== "casework") throw new Error("Not these records");
  const compared = source.people.filter((_, row) => table.treated[row] === 0).map(({ personId }) => personId);
  expect(compared.sort()).toEqual([await person(ids["alike-second"] ?? "")].sort());
});

test("what was known of somebody on the day is what they are compared by", async () => {
  const { source, table } = await find();
  if (source.kind !== "casework") throw new Error("Not these records");
  const row = source.people.findIndex(({ index }) => index.day === "2024-02-10");
  const column = (name: string) => {
    const found = table.covariates.get(name);
    return found?.type === "number" ? found.values[row] : found?.levels[found.codes[row] ?? -1];
  };
  expect([column("need"), column("severity"), column("needs_before")]).toEqual(["HOU-04", "high", 0]);
});

test("what came of the need is read anywhere here, and only when it is asked for", async () => {
  const found = await find();
  const { source } = found;
  if (source.kind !== "casework") throw new Error("Not these records");
  expect(found.table.outcomes.size).toBe(0);
  const outcomes = await readOutcomes(db.stats, found, ["again", "resolved", "days_to_resolved"]);
  const of = async (client: string) => {
    const personId = await person(ids[client] ?? "");
    const row = source.people.findIndex((one) => one.personId === personId);
    return ["again", "resolved", "days_to_resolved"].map((name) => outcomes.get(name)?.[row]);
  };
  expect(await of("returns")).toEqual([1, 0, Number.NaN]);
  expect(await of("resolved")).toEqual([0, 1, 40]);
  expect(await of("alike-second")).toEqual([0, 1, 15]);
});

describe("what came of a need", () => {
  const contact = (day: string, ...said: PersonContact["said"]): PersonContact => ({
    ...{ day, organisationId: 1, serviceId: "s", decile: 3, said },
  });
  const said = (need: number, status: PersonContact["said"][number]["status"] = "new") =>
    ({ need, status, severity: "low" }) as const;
  const index = { day: "2024-01-10", need: 7 };

  test.each([
    ["again", [contact("2024-01-10", said(7))], 0],
    ["again", [contact("2024-01-11", said(7))], 1],
    ["again", [contact("2024-01-11", said(8))], 0],
    ["again", [contact("2024-01-11", said(7, "ongoing"))], 0],
    ["again", [contact("2025-01-09", said(7))], 1],
    ["again", [contact("2025-01-10", said(7))], 0],
    ["resolved", [contact("2024-01-10", said(7, "resolved"))], 1],
    ["resolved", [contact("2024-01-09", said(7, "resolved"))], 0],
    ["days_to_resolved", [contact("2024-01-10", said(7, "resolved"))], 1],
    [
      "days_to_resolved",
      [contact("2024-03-01", said(7, "resolved")), contact("2024-02-01", said(7, "resolved"))],
      22,
    ],
    ["days_to_resolved", [], Number.NaN],
  ] as [string, PersonContact[], number][])("%s after %j is %d", (name, contacts, expected) => {
    expect(caseworkOutcome(name, index, contacts)).toBe(expected);
  });

  test("it is the most serious need of the first day that counts, and the lower number of two as serious", () => {
    const start = { organisationId: 1, serviceId: "s", day: "2024-01-10" };
    const serious = { need: 9, status: "ongoing", severity: "crisis" } as const;
    expect(indexOfStart([contact("2024-01-10", said(7), serious)], start)).toMatchObject({ need: 9 });
    expect(indexOfStart([contact("2024-01-10", said(8), said(7))], start)).toMatchObject({ need: 7 });
    expect(indexOfStart([contact("2024-01-10", said(7, "resolved"))], start)).toBeNull();
    expect(indexOfStart([contact("2024-01-11", said(7))], start)).toBeNull();
  });
});
