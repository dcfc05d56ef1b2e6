/**
 * Nobody learns anything by adding a client: 2,000 people are added by the real procedure over HTTP, half of them known
 * to another organisation, with the linker at work beside it, and somebody who measures everything tries to tell which.
 * Who is known is drawn by chance, so that the two halves differ in nothing else. A control, in which adding somebody
 * known takes 5 ms longer, must be found out, or the measuring would be too blunt to mean anything.
 * Then some of those added are erased again, and the rest used while the other organisation changes somebody's details,
 * theirs or a stranger's. The short form, on answers, rows and locks, is in `server/people*.test.ts`.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import superjson from "superjson";
import { editClient } from "../server/client-edits";
import { logContacts } from "../server/contacts";
import { inTransaction } from "../server/context";
import { makeName } from "../server/demo/names";
import { Chance } from "../server/demo/random";
import type { NewContactInput } from "../server/domain/contact";
import { addDays } from "../server/domain/period";
import { editClientSchema } from "../server/domain/profile-edit";
import { uuidv7 } from "../server/ids";
import { handOver, keysFor } from "../server/keys";
import { appRouter } from "../server/routers";
import type { TestDatabase } from "../server/testing";
import { aClient, aContact, allowTestIdentifiers, arrangeTeam, type Team } from "../server/testing-casework";
import { auc, type Bench, median, type Run, round } from "./bench";
import { BENCH_RING, inEmptyWorld } from "./world";

const TRIES = 2_000;
const CONTROL_TRIES = 600;
const CONTROL_MS = 5;
const WARM_UP = 40;
const ROW_TRIES = 20;
const ERASURES = 600;
const EDITS = 300;
/** Contacts logged after each edit, one after the other: as long as the linker is at it. */
const POLLS = 5;
/** At 0.5 one may as well toss a coin. */
const MOST = 0.55;
const RESAMPLES = 1_000;
/** Tries on each side of one by whose times its own is judged, so that a busy minute tells nothing. */
const NEIGHBOURS = 10;

export const oracle: Bench = {
  name: "oracle",
  about: "whether somebody who adds people can tell which of them another organisation knows",
  run: (run) => inEmptyWorld(run, (db) => prove(run, db)),
};

async function prove(run: Run, db: TestDatabase): Promise<void> {
  const from = performance.now();
  await allowTestIdentifiers(db);
  const [elsewhere, here] = [await arrangeTeam(db, "Elsewhere"), await arrangeTeam(db, "Here")];
  const people = makePeople(elsewhere, here, TRIES + CONTROL_TRIES + WARM_UP + ROW_TRIES);
  run.say(
    `${people.length.toLocaleString("en-GB")} people, half of them added at another organisation first`,
  );
  for (const { known, theirs } of people) if (known) await store(elsewhere, theirs);

  const door = await openDoor(here, db);
  const linker = startLinker(db);
  try {
    await untilLinked(db);
    const some = (count: number) => people.splice(0, count);
    const added: Somebody[] = [];
    for (const person of some(WARM_UP)) await door.add(person, 0);
    for (const [extraMs, count] of [
      [0, TRIES],
      [CONTROL_MS, CONTROL_TRIES],
    ] as const) {
      const tries: Try[] = [];
      for (const person of some(count)) {
        tries.push(await door.add(person, extraMs));
        added.push(person);
        if (tries.length % 500 === 0) run.say(`  ${tries.length} of ${count}`);
      }
      report(run, tries, extraMs, performance.now() - from);
    }
    const linked = await untilLinked(db);
    await proveEdits(run, { elsewhere, here }, added.splice(0, EDITS), added);
    await untilLinked(db);
    await proveErasing(run, here, added.splice(0, ERASURES));
    await linker.stop();
    await proveRows(run, db, door, some(ROW_TRIES));
    run.say(`  ${linked} of those added were linked meanwhile`);
  } finally {
    await linker.stop();
    await door.close();
  }
}

/** How long a contact with one's own client takes while the other organisation changes them, or somebody else there. */
async function proveEdits(
  run: Run,
  { elsewhere, here }: { elsewhere: Team; here: Team },
  people: readonly Somebody[],
  others: readonly Somebody[],
): Promise<void> {
  const theirOwn = others.filter(({ known }) => known);
  const tries: { known: boolean; ms: number }[] = [];
  const from = performance.now();
  for (const [at, person] of people.entries()) {
    const edited = person.known ? person : theirOwn[at % theirOwn.length];
    if (!edited) throw new Error("The other organisation has nobody to change");
    await editClient(
      elsewhere.ctx,
      editClientSchema.parse({
        id: edited.theirs.clientId,
        editId: uuidv7(),
        changes: [{ field: "reference", from: null, to: `edit-${at}` }],
      }),
    );
    const { newClient: _, ...again } = aContact(here, { clientId: person.ours.clientId });
    const start = performance.now();
    for (let poll = 0; poll < POLLS; poll += 1) await store(here, { ...again, id: uuidv7() });
    tries.push({ known: person.known, ms: performance.now() - start });
  }
  tell(run, "a contact while the other organisation edits", tries, performance.now() - from);
}

/** How long erasing takes, of those whom another organisation knows and of others. */
async function proveErasing(run: Run, here: Team, people: readonly Somebody[]): Promise<void> {
  const tries: { known: boolean; ms: number }[] = [];
  const from = performance.now();
  for (const { known, ours } of people) {
    const start = performance.now();
    await inTransaction(
      here.ctx,
      ({ db }) => db`select casework.erase_clients(${here.organisationId}, ${[ours.clientId]}::uuid[])`,
    );
    tries.push({ known, ms: performance.now() - start });
  }
  tell(run, "erasing a person", tries, performance.now() - from);
}

/** Says how well the times of something tell the known from the unknown. */
function tell(
  { measured }: Run,
  what: string,
  tries: readonly { known: boolean; ms: number }[],
  ms: number,
): void {
  const known = tries.map((one) => one.known);
  const signals = signalsOf(tries.map((one) => one.ms));
  const best = signals.reduce((one, other) => (auc(one, known) >= auc(other, known) ? one : other));
  const [low, high] = interval(best, known);
  measured({
    bench: "oracle",
    case: `${what}: time`,
    rows: tries.length,
    product_ms: round(ms),
    auc: round(auc(best, known), 3),
    auc_low: round(low, 3),
    auc_high: round(high, 3),
    at_most: MOST,
    middle_ms_known: round(median(tries.filter((one) => one.known).map((one) => one.ms)), 2),
    middle_ms_unknown: round(median(tries.filter((one) => !one.known).map((one) => one.ms)), 2),
    // With so few tries chance alone goes a little above: what counts is whether it is surely above.
    ok: low <= MOST,
  });
}

interface Somebody {
  known: boolean;
  theirs: NewContactInput;
  ours: NewContactInput;
}

/** People with everything that linking could go by; who is known elsewhere is drawn by chance. */
function makePeople(elsewhere: Team, here: Team, count: number): Somebody[] {
  const chance = new Chance("oracle");
  return Array.from({ length: count }, (_, number) => {
    const { given, family } = makeName(chance, chance.pick(["female", "male"] as const));
    const client = aClient({
      givenName: given,
      familyName: family,
      dateOfBirth: addDays("1940-01-01", chance.below(24_000)),
      phone: `07700 9${String(number).padStart(5, "0")}`,
      identifiers: [{ kind: "nino", value: `AB${100_000 + number}C` }],
    });
    const contact = (team: Team) => aContact(team, { newClient: client });
    return { known: chance.happens(0.5), theirs: contact(elsewhere), ours: contact(here) };
  });
}

async function store(team: Team, contact: NewContactInput): Promise<void> {
  const [answer] = await logContacts(team.ctx, [contact]);
  if (answer?.outcome !== "stored") throw new Error(`A contact was not stored: ${answer?.reason}`);
}

/** What somebody who adds a person can see of it. */
interface Try {
  known: boolean;
  /** From the request to the last byte of the answer. */
  ms: number;
  /** The same of the next contact with that person, sent at once, while the linker is at them. */
  nextMs: number;
  bytes: number;
  status: number;
}

interface Door {
  add(person: Somebody, extraMs: number): Promise<Try>;
  close(): Promise<void>;
}

/** The procedures behind a real port of this machine, for somebody who is signed in at one organisation. */
async function openDoor(team: Team, { app }: TestDatabase): Promise<Door> {
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = await fetchRequestHandler({
      endpoint: "/api/trpc",
      req: new Request(`http://127.0.0.1${request.url}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: Buffer.concat(chunks),
      }),
      router: appRouter,
      createContext: () => team.ctx,
    });
    const extra = Number(request.headers["x-extra-ms"] ?? 0);
    if (extra > 0) await app`select pg_sleep(${extra / 1000})`;
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The port has no number");
  const send = async (contact: NewContactInput, extraMs: number) => {
    const body = JSON.stringify(superjson.serialize({ contacts: [contact] }));
    const from = performance.now();
    const response = await fetch(`http://127.0.0.1:${address.port}/api/trpc/contacts.log`, {
      method: "POST",
      body,
      headers: extraMs > 0 ? { "x-extra-ms": String(extraMs) } : {},
    });
    const text = await response.text();
    const ms = performance.now() - from;
    if (!text.includes('"stored"')) throw new Error(`A contact was not stored: ${response.status}`);
    return { ms, bytes: text.length, status: response.status };
  };
  return {
    async add({ known, ours }, extraMs) {
      const seen = await send(ours, known ? extraMs : 0);
      const { newClient: _, ...again } = aContact(team, { clientId: ours.clientId });
      const next = await send(again, 0);
      return { known, ...seen, nextMs: next.ms };
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

interface Linker {
  stop(): Promise<void>;
}

/** The linker as an installation runs it: a process of its own with its own keys. */
function startLinker({ urls }: TestDatabase): Linker {
  const dataDir = mkdtempSync(join(tmpdir(), "oracle-"));
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", "server/linker.ts"], {
    cwd: join(import.meta.dirname, ".."),
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      DATABASE_URL_STATS: urls.stats,
      HANDED_KEYS: handOver(BENCH_RING, keysFor("linker")),
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Waits until the linker has nothing left to do. Gives the number of people who have clients at two organisations. */
async function untilLinked({ administrator }: TestDatabase): Promise<number> {
  for (;;) {
    const [row] = await administrator<{ waiting: number }[]>`
      select count(*)::int as waiting from graphile_worker._private_jobs as j
      join graphile_worker._private_tasks as t on t.id = j.task_id where t.identifier = 'people.link'`;
    if (row?.waiting === 0) break;
    await sleep(250);
  }
  const [row] = await administrator<{ linked: number }[]>`
    select count(*)::int as linked from (
      select person_id from identity.client_person group by 1 having count(distinct organisation_id) > 1) as p`;
  return row?.linked ?? 0;
}

/** Says how well each thing that can be seen tells the known from the unknown. */
function report({ measured }: Run, tries: readonly Try[], extraMs: number, ms: number): void {
  const isControl = extraMs > 0;
  const seen = {
    time: signalsOf(tries.map((one) => one.ms)),
    "time of the next contact": signalsOf(tries.map(({ nextMs }) => nextMs)),
    "bytes and status": [tries.map(({ bytes, status }) => bytes + 1e6 * status)],
  };
  for (const [what, signals] of Object.entries(seen)) {
    if (isControl && what !== "time") continue;
    const known = tries.map((one) => one.known);
    const best = signals.reduce((one, other) => (auc(one, known) >= auc(other, known) ? one : other));
    const reached = auc(best, known);
    const [low, high] = interval(best, known);
    measured({
      bench: "oracle",
      case: isControl ? `control: known ones take ${extraMs} ms longer` : `adding a person: ${what}`,
      rows: tries.length,
      product_ms: round(ms),
      auc: round(reached, 3),
      auc_low: round(low, 3),
      auc_high: round(high, 3),
      [isControl ? "at_least" : "at_most"]: MOST,
      middle_ms_known: round(median(tries.filter((one) => one.known).map((one) => one.ms)), 2),
      middle_ms_unknown: round(median(tries.filter((one) => !one.known).map((one) => one.ms)), 2),
      ok: isControl ? low > MOST : reached <= MOST,
    });
  }
}

/** What could be made of times: as they are, against those about them, and how far they are from the usual. */
function signalsOf(times: readonly number[]): number[][] {
  const usual = median(times);
  const local = times.map(
    (ms, at) => ms - median(times.slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1)),
  );
  return [[...times], local, times.map((ms) => Math.abs(ms - usual)), local.map(Math.abs)];
}

/** 95% of the areas of tries drawn anew from these (Efron's percentile bootstrap). */
function interval(signal: readonly number[], known: readonly boolean[]): [number, number] {
  const chance = new Chance("bootstrap");
  const areas = Array.from({ length: RESAMPLES }, () => {
    const drawn = signal.map(() => chance.below(signal.length));
    return auc(
      drawn.map((at) => signal[at] ?? 0),
      drawn.map((at) => known[at] === true),
    );
  }).sort((x, y) => x - y);
  return [areas[Math.floor(0.025 * RESAMPLES)] ?? 0, areas[Math.floor(0.975 * RESAMPLES)] ?? 1];
}

/**
 * Without the linker beside it, adding somebody known writes as many rows, table by table, as adding anybody. All have
 * one name, because a longer one has more pieces to be found by.
 */
async function proveRows(
  { measured }: Run,
  db: TestDatabase,
  door: Door,
  people: readonly Somebody[],
): Promise<void> {
  const written = { known: new Set<string>(), unknown: new Set<string>() };
  for (const person of people) {
    const { newClient, ...rest } = person.ours;
    const ours = { ...rest, newClient: { ...newClient, givenName: "Amina", familyName: "Okafor" } };
    const before = await rowCounts(db);
    await door.add({ ...person, ours }, 0);
    const after = await rowCounts(db);
    const grew = [...after].flatMap(([table, rows]) => {
      const by = rows - (before.get(table) ?? 0);
      return by === 0 ? [] : [`${table} ${by}`];
    });
    written[person.known ? "known" : "unknown"].add(grew.join(", "));
  }
  const [known = "", ...others] = written.known;
  const ok = others.length === 0 && written.unknown.size === 1 && written.unknown.has(known) && known !== "";
  measured({
    bench: "oracle",
    case: "rows written, by table",
    rows: people.length,
    tables: known.split(", ").length,
    ok,
  });
}

async function rowCounts({ administrator }: TestDatabase): Promise<Map<string, number>> {
  const tables = await administrator<{ name: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('identity', 'casework', 'statistics', 'governance', 'graphile_worker')
    order by 1`;
  const counts = new Map<string, number>();
  for (const { name } of tables) {
    const [row] = await administrator.unsafe<{ rows: number }[]>(`select count(*)::int as rows from ${name}`);
    counts.set(name, row?.rows ?? 0);
  }
  return counts;
}
