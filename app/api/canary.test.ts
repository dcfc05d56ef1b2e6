/**
 * Nothing of a person and no key gets out: somebody with unmistakable details goes through the real thing, in good
 * order and bad, and every log, answer, job, audit entry and table is searched for them and for every key, as they are
 * and in each writing that a dump could give them.
 */

import { type ChildProcess, spawn } from "node:child_process";
import fs, { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { encode } from "next-auth/jwt";
import superjson from "superjson";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ACTS_FOR, actsFor } from "../../server/domain/calls";
import { dayOf } from "../../server/domain/period";
import { uuidv7 } from "../../server/ids";
import { keepKeyRing } from "../../server/key-ring";
import { handOver, holdKeys, type KeyRing, keysFor, PURPOSES } from "../../server/keys";
import { sessionSecret } from "../../server/request";
import { testDatabase } from "../../server/testing";
import { allowTestIdentifiers, arrangeTeam } from "../../server/testing-casework";
import { keyTexts } from "../../server/testing-keys";
import { arrangeSession } from "../../server/testing-people";
import { POST as send } from "./trpc/[trpc]/route";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "debug";
});

const db = await testDatabase();
const root = join(import.meta.dirname, "../..");
const dataDir = mkdtempSync(join(tmpdir(), "canary-"));
const ring: KeyRing = {
  current: "1",
  secrets: { "1": Buffer.from("5a7e-canary-secret-of-the-ring!!") },
  derivations: { "1": 2 },
};

/** Somebody like nobody else. */
const person = {
  givenName: "Zaphqwert",
  familyName: "Beeblequux",
  dateOfBirth: "1931-07-23",
  phone: "07700 900471",
  email: "zaphqwert@quuxmail.example",
  reference: "ZQX/774311",
  postcode: "ZE9 9ZQ",
  address: "Flat 7, 471 Quillfeather Street",
  nhsNumber: "9990471118",
  nino: "ZR471199C",
};
const WORDS = { note: "Lanternfish note", label: "Lanternfish label", late: "Lanternfish late" };

/** Everything that may be found nowhere, in the form in which it was given and others that mean the same. */
const CANARIES: readonly string[] = [
  ...["Zaphqwert", "Beeblequux", "quuxmail", "ZQX/774311", "774311", "Lanternfish", "Quillfeather"],
  ...["ZE9 9ZQ", "ZE99ZQ"],
  ...["07700 900471", "7700900471", "900471"],
  ...["9990471118", "999 047 1118", "ZR471199C", "ZR 47 11 99 C"],
  ...["1931-07-23", "23/07/1931", "23 July 1931"],
];

/** What must be found nowhere: each canary as text and as bytes are written, and each key in four ways. */
function needles(): Map<string, string> {
  const found = new Map<string, string>();
  for (const canary of CANARIES) {
    found.set(canary.toLowerCase(), canary);
    const bytes = Buffer.from(canary);
    found.set(bytes.toString("hex"), `${canary} in hex`);
    // Wherever the bytes begin in a group of three: the letters that depend on neighbours are left out.
    for (const shift of [0, 1, 2]) {
      const text = Buffer.concat([Buffer.alloc(shift), bytes])
        .toString("base64")
        .replaceAll("=", "");
      const inner = text.slice(shift === 0 ? 0 : shift + 1, -2).toLowerCase();
      if (inner.length >= 8) found.set(inner, `${canary} in base64`);
    }
  }
  return new Map([...found, ...keyTexts(ring)]);
}

/** A few digits alone: they stand by chance within a long number, an id, or the parts of a second. */
const isShortNumber = (needle: string) => /^\d{1,8}$/.test(needle);

/** What of a person or a key is in a text. */
function hits(text: string): string[] {
  const lower = text.toLowerCase();
  const isThere = (needle: string) =>
    isShortNumber(needle)
      ? new RegExp(`(?<![0-9a-f.])${needle}(?![0-9a-f])`).test(lower)
      : lower.includes(needle);
  return [...needles()].flatMap(([needle, name]) => (isThere(needle) ? [name] : []));
}

const team = await arrangeTeam(db, "Canary Advice", ["caseworker", "manager"]);
const other = await arrangeTeam(db, "Canary Housing", ["caseworker", "manager"]);
/** What the process wrote to its standard error: the log of the web process. */
const logged: string[] = [];
/** What was answered to anything that went wrong, and to what shows nobody. */
const answers: string[] = [];
let cookie = "";

beforeAll(async () => {
  holdKeys(ring);
  keepKeyRing(dataDir, ring, {});
  await allowTestIdentifiers(db);
  globalThis.commonNeedPools = { app: db.app, reader: db.reader };
  const write = fs.writeSync.bind(fs);
  vi.spyOn(fs, "writeSync").mockImplementation(((descriptor: number, data: never, ...rest: never[]) => {
    if (descriptor !== 2) return write(descriptor, data, ...rest);
    logged.push(String(data));
    return Buffer.byteLength(String(data));
  }) as typeof fs.writeSync);
  const sid = await arrangeSession(db, team.ctx.actor.accountId);
  cookie = `common-need.session=${await encode({ token: { sid }, secret: sessionSecret() })}`;
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(dataDir, { recursive: true });
});

/** A call over HTTP, as the browser makes it. */
async function call(path: string, input: unknown): Promise<{ status: number; body: string }> {
  const { accountId, organisationId } = team.ctx.actor;
  const body = JSON.stringify(superjson.serialize(input));
  const response = await send(
    new Request(`http://canary.test/api/trpc/${path}`, {
      method: "POST",
      headers: {
        host: "canary.test",
        origin: "http://canary.test",
        "content-type": "application/json",
        "content-length": String(Buffer.byteLength(body)),
        [ACTS_FOR]: actsFor(accountId, organisationId),
        cookie,
      },
      body,
    }),
  );
  return { status: response.status, body: await response.text() };
}

const today = dayOf(new Date());
const client = {
  givenName: person.givenName,
  familyName: person.familyName,
  dateOfBirth: person.dateOfBirth,
  place: { kind: "postcode", postcode: person.postcode },
  address: person.address,
  phone: person.phone,
  email: person.email,
  reference: person.reference,
  identifiers: [
    { kind: "nhs-number", value: person.nhsNumber },
    { kind: "nino", value: person.nino },
  ],
};
const contact = (over: object = {}) => ({
  id: uuidv7(),
  clientId: uuidv7(),
  newClient: client,
  serviceId: team.serviceId,
  occurredOn: today,
  channel: "phone",
  note: WORDS.note,
  entries: [
    { issueId: uuidv7(), need: "OTH-01", status: "new", severity: "high", label: WORDS.label, ours: true },
  ],
  ...over,
});

/** A command of the operator's in a process of its own, with the logins of this database and the ring in its files. */
async function admin(...args: string[]): Promise<string> {
  const command = spawn(process.execPath, ["--import", "tsx", "server/cli/index.ts", ...args], {
    cwd: root,
    env: environment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  return saidBy(command);
}

/** All that a process says until its end, on either stream. */
async function saidBy(child: ChildProcess): Promise<string> {
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (text) => {
      said += String(text);
    });
  }
  await new Promise((resolve) => child.once("close", resolve));
  return said;
}

const environment = (more: Record<string, string> = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_ENV: "production",
  LOG_LEVEL: "debug",
  DATA_DIR: dataDir,
  DATABASE_URL: db.urls.owner,
  DATABASE_URL_APP: db.urls.app,
  DATABASE_URL_STATS: db.urls.stats,
  DATABASE_URL_READER: db.urls.reader,
  HANDED_KEYS: "",
  ...more,
});

const LINKER_WITHIN_MS = 45_000;

/** The linker as it runs, until something is so; what it logged. It is gone afterwards, whatever happens. */
async function linkUntil(isSo: () => Promise<boolean>): Promise<string> {
  const linker = spawn(process.execPath, ["--import", "tsx", "server/linker.ts"], {
    cwd: root,
    env: environment({ HANDED_KEYS: handOver(ring, keysFor("linker")) }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = saidBy(linker);
  let ended = false;
  linker.once("exit", () => {
    ended = true;
  });
  const deadline = Date.now() + LINKER_WITHIN_MS;
  try {
    while (!(await isSo())) {
      if (ended) throw new Error(`The linker ended by itself: ${await said}`);
      if (Date.now() > deadline) throw new Error("The linker did not get there in time");
      await sleep(200);
    }
    linker.kill("SIGTERM");
    return await said;
  } finally {
    if (!ended) linker.kill("SIGKILL");
  }
}

/** Whether a task has failed and says so in its row. */
async function hasFailed(): Promise<boolean> {
  const rows = await db.administrator`
    select from graphile_worker._private_jobs where last_error is not null`;
  return rows.length > 0;
}

/** How many people are behind those who have an identifier. */
async function peopleIdentified(): Promise<number> {
  const [row] = await db.administrator<{ people: number }[]>`
    select count(distinct p.person_id)::int as people
    from identity.client_person as p join identity.client_identifier as i using (organisation_id, client_id)`;
  return row?.people ?? 0;
}

test("the search for canaries finds each of them where it is", () => {
  for (const canary of CANARIES) {
    expect(hits(`… ${canary} …`), canary).not.toEqual([]);
    expect(hits(Buffer.from(`… ${canary} …`).toString("hex")), canary).not.toEqual([]);
  }
  expect(hits(handOver(ring, PURPOSES)).length).toBe(PURPOSES.length);
});

describe("somebody who is like nobody else", () => {
  test("is logged, found and opened by those who may, which is what everything else is compared with", async () => {
    const logs = contact({ occurredOn: "2026-01-05", lateReason: WORDS.late });
    const stored = await call("contacts.log", { contacts: [logs] });
    expect(stored.body).toContain('"stored"');
    const found = await call("clients.find", { text: "beeblequux" });
    expect(hits(found.body)).toContain("Beeblequux");
    const housed = contact({ serviceId: other.serviceId });
    const { logContacts } = await import("../../server/contacts");
    expect(await logContacts(other.ctx, [housed as never])).toMatchObject([{ outcome: "stored" }]);
  });

  test("is not repeated by answers that say what is wrong", async () => {
    const wrong = [
      ["contacts.log", { contacts: [contact({ occurredOn: "2199-01-01" })] }],
      ["contacts.log", { contacts: [contact({ serviceId: other.serviceId })] }],
      ["contacts.log", { contacts: [contact({ occurredOn: `not a day ${person.familyName}` })] }],
      ["contacts.log", { contacts: [contact({ newClient: { ...client, dateOfBirth: "1931-07-99" } })] }],
      [
        "clients.add",
        { id: uuidv7(), ...client, identifiers: [{ kind: "nhs-number", value: "9990471119" }] },
      ],
      ["clients.add", { ...client, id: person.familyName }],
      ["clients.get", { id: uuidv7(), showIdentifiers: true, familyName: person.familyName }],
      [`clients.${person.familyName}`, { text: person.familyName }],
    ] as const;
    for (const [path, input] of wrong) {
      const { body } = await call(path, input);
      expect(body, path).toMatch(/refused|error/);
      // The name of a procedure that there is not is what was asked for, and by whom.
      answers.push(path.includes(person.familyName) ? body.replaceAll(person.familyName, "") : body);
    }
  });

  test("is not repeated when the server breaks, nor by its log", async () => {
    await db.administrator`alter table identity.client_token rename to client_token_gone`;
    const search = await call("clients.find", { text: person.familyName });
    const add = await call("clients.add", { id: uuidv7(), ...client });
    await db.administrator`alter table identity.client_token_gone rename to client_token`;
    await db.administrator`alter table identity.client_identity add constraint broken check (sex is null) not valid`;
    const log = await call("contacts.log", { contacts: [contact()] });
    await db.administrator`alter table identity.client_identity drop constraint broken`;
    for (const { status, body } of [search, add, log]) {
      expect(status).toBe(500);
      answers.push(body);
    }
    expect(logged.join("")).toContain('"level":50');
  });

  test("is not repeated by the linker, when it breaks and when it works", async () => {
    expect(await peopleIdentified()).toBe(2);
    await db.administrator`alter function identity.link_records(integer[], uuid[]) rename to link_records_gone`;
    answers.push(await linkUntil(hasFailed));
    await db.administrator`alter function identity.link_records_gone(integer[], uuid[]) rename to link_records`;
    expect(answers.at(-1)).toContain("task failed");
    await db.administrator`update graphile_worker._private_jobs set run_at = now(), attempts = 0`;
    answers.push(await linkUntil(async () => (await peopleIdentified()) === 1));
  });

  test("is not repeated by the operator's commands, whose files are good and bad", async () => {
    const file = join(dataDir, "extract.csv");
    const map = join(dataDir, "map.json");
    const row = (day: string, nhs: string) =>
      `${day},Rent,${person.givenName},${person.familyName},${person.dateOfBirth},${nhs},${person.reference}`;
    writeFileSync(
      file,
      [
        "Date,Theme,Given,Family,Born,NHS,Ref",
        row("31/05/2024", person.nhsNumber),
        row("31/02/2024", person.nhsNumber),
        row("31/05/2024", "9990471119"),
        `31/05/2024,${person.familyName},,,,,`,
      ].join("\n"),
    );
    writeFileSync(
      map,
      JSON.stringify({
        columns: {
          date: "Date",
          category: "Theme",
          reference: "Ref",
          givenName: "Given",
          familyName: "Family",
          dateOfBirth: "Born",
          "nhs-number": "NHS",
        },
        people: "named",
        categories: { Rent: ["HOU-04"] },
        service: "Canary Advice service",
      }),
    );
    const organisation = String(team.organisationId);
    const said = await Promise.all([
      admin("import", "contacts", file, "--organisation", organisation, "--map", map, "--json"),
      admin("keys", "rotate", "--out", join(dataDir, "ring.out"), "--json"),
      admin("keys", "list"),
      admin("keys", "renew", "--json"),
    ]);
    expect(said[0]).toContain('"rejected":3');
    expect(said[1]).toContain('"key":"2"');
    expect(said[2]).toContain("in use");
    expect(said[3]).toContain('"waits":null');
    answers.push(...said);
  }, 240_000);
});

describe("afterwards nothing of them is", () => {
  test("in what was answered", () => {
    expect(answers.length).toBeGreaterThan(15);
    expect(answers.flatMap(hits)).toEqual([]);
  });

  test("in the log of the web process", () => {
    expect(hits(logged.join("\n"))).toEqual([]);
  });

  test("in any table: a dump of all of them, jobs and their errors and the audit among them", async () => {
    const tables = await db.administrator<{ name: string }[]>`
      select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`;
    expect(tables.length).toBeGreaterThan(60);
    const found: string[] = [];
    let jobs = 0;
    for (const { name } of tables) {
      const rows = await db.administrator.unsafe<{ text: string }[]>(
        `select t::text as text from ${name} as t`,
      );
      if (name.includes("_private_jobs") || name.includes("audit_entry")) jobs += rows.length;
      for (const hit of hits(rows.map(({ text }) => text).join("\n"))) found.push(`${name}: ${hit}`);
    }
    expect(jobs).toBeGreaterThan(5);
    expect(found).toEqual([]);
  });

  test("in the log of Postgres", async () => {
    const [where] = await db.administrator<{ dataDirectory: string }[]>`show data_directory`;
    const log = readFileSync(join(dirname(where?.dataDirectory ?? ""), "postgres.log"), "utf8");
    expect(log).toContain("ERROR");
    expect(hits(log)).toEqual([]);
  });
});
