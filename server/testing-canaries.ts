/**
 * Canaries for the data lab: a cohort of people like nobody else, the worker as it runs, and a search for them wherever
 * something could be left: the files of the database and its log of changes, temporary files, logs, and a dump.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "../db/client";
import type { ActorCtx } from "./context";
import { handOver, type KeyRing, keysFor } from "./keys";
import { getStudy } from "./studies";
import type { TestDatabase } from "./testing";
import { arrangeDataSet } from "./testing-outcomes";
import { arrangeMember, arrangeOrganisation, contextFor } from "./testing-people";
import { arrangeFixedStudy, madePeople, madePerson, madePlan } from "./testing-studies";

/** Words that stand in the file and nowhere else in the world. */
const WORDS = ["Zaphqwert", "Lanternfish", "quuxmail", "ZQX-774311", "1931-07-23", "23/07/1931", "ZR471199C"];

/** A word by which the search itself is tried. */
export const CONTROL = "Sealfinderstoat";

/** How words may be written: as they are, small, in UTF-16, in hexadecimal digits, and in base64 wherever they begin. */
function writingsOf(word: string): Buffer[] {
  return [...new Set([word, word.toLowerCase()])].flatMap((text) => {
    const bytes = Buffer.from(text);
    const base64 = [0, 1, 2].map((shift) => {
      const whole = Buffer.concat([Buffer.alloc(shift), bytes])
        .toString("base64")
        .replaceAll("=", "");
      return whole.slice(shift === 0 ? 0 : shift + 1, -2);
    });
    return [
      bytes,
      Buffer.from(text, "utf16le"),
      ...[bytes.toString("hex"), ...base64].map((made) => Buffer.from(made)),
    ];
  });
}

/** Canaries found in some bytes. */
export function canariesIn(bytes: Buffer, words: readonly string[] = WORDS): string[] {
  return words.filter((word) => writingsOf(word).some((writing) => bytes.includes(writing)));
}

const SIZE = 900;
const COHORT = 120;
const isCanary = (at: number) => at % 7 === 0;

/** Somebody of the made data set; every seventh is a canary. */
function person(at: number) {
  const made = madePerson(at);
  return {
    ...made,
    family: isCanary(at) ? made.family.replace("Marl", "Zaphqwert") : made.family,
    born: at === 0 ? "1931-07-23" : made.born,
  };
}

/** The cohort's file: every row of it holds a canary. */
export function canaryFile(): Uint8Array<ArrayBuffer> {
  const header =
    "record_id,first_name,last_name,date_of_birth,sex,address,email,nino,conviction_date,intervention_start";
  const rows = Array.from({ length: COHORT }, (_, at) => {
    const { given, family, born, sex, sentenced } = person(at * 7);
    return [
      ...[`ZQX-774311${at}`, given, family, at === 1 ? "23/07/1931" : born, sex, `${at} Lanternfish Row`],
      ...[`a${at}@quuxmail.example`, at === 2 ? "ZR471199C" : "", sentenced, sentenced],
    ].join(",");
  });
  return new TextEncoder().encode([header, ...rows].join("\r\n"));
}

/** The same people in a file that cannot be read. */
export const canaryRubbish = (): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode('Zaphqwert,Lanternfish,"quuxmail\nZQX-774311,1931-07-23,ZR471199C');

/** Somebody whose names are alike, in a file without a header: its first line is read for the names of columns. */
export const canaryHeaderless = (): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode("Zaphqwert,Zaphqwert,1931-07-23\nAda,Lanternfish,23/07/1931");

/** A charity, a second person and a data set that holds everybody of the file, sealed. */
export interface CanaryLab {
  manager: ActorCtx;
  /** A study whose plan is fixed. */
  fixed(): Promise<string>;
}

export async function arrangeCanaryLab(db: TestDatabase): Promise<CanaryLab> {
  const holder = await arrangeOrganisation(db, "Canary Police");
  const { people, events } = madePeople(SIZE, person);
  const { dataSetId } = await arrangeDataSet(db, holder, people, events);
  const charity = await arrangeOrganisation(db, "Canary Mentors");
  const manager = contextFor(db, await arrangeMember(db, charity, ["manager"]));
  const officer = contextFor(db, await arrangeMember(db, charity, ["officer"]));
  return { manager, fixed: () => arrangeFixedStudy(manager, officer, madePlan(dataSetId ?? "")) };
}

const WITHIN_MS = 90_000;

/** Waits until something is so, looking often: what is waited for may be over in milliseconds. */
export async function until(isSo: () => Promise<boolean>, what: string, everyMs = 5): Promise<void> {
  for (const deadline = Date.now() + WITHIN_MS; !(await isSo()); await sleep(everyMs)) {
    if (Date.now() > deadline) throw new Error(`It did not come about in time that ${what}`);
  }
}

/** Waits until a study has come to a state with so many receipts. */
export const untilStudy = (ctx: ActorCtx, id: string, state: string, receipts = 1): Promise<void> =>
  until(
    async () => {
      const study = await getStudy(ctx, id);
      return study.state === state && study.receipts.length === receipts;
    },
    `a study is ${state}`,
    50,
  );

/** The worker in a process of its own, as `npm start` runs it, with its temporary files and its log where they are found. */
export class LabWorker {
  readonly places = mkdtempSync(join(tmpdir(), "lab-canaries-"));
  #child: ChildProcess | undefined;
  #said = "";

  constructor(
    private readonly db: TestDatabase,
    private readonly ring: KeyRing,
  ) {}

  /** What it wrote to either stream, over all its lives. */
  get log(): string {
    return this.#said;
  }

  start(): void {
    const child = spawn(process.execPath, ["--import", "tsx", "server/worker.ts"], {
      cwd: join(import.meta.dirname, ".."),
      env: {
        ...process.env,
        NODE_ENV: "production",
        LOG_LEVEL: "debug",
        TMPDIR: this.places,
        DATA_DIR: join(this.places, "data"),
        DATABASE_URL: this.db.urls.owner,
        DATABASE_URL_APP: this.db.urls.app,
        DATABASE_URL_STATS: this.db.urls.stats,
        DATABASE_URL_READER: this.db.urls.reader,
        HANDED_KEYS: handOver(this.ring, keysFor("worker")),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (text) => {
        this.#said += String(text);
      });
    }
    this.#child = child;
  }

  async end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("close", resolve));
    child.kill(signal);
    await gone;
  }

  /** Ends it and removes its files. */
  async leave(): Promise<void> {
    await this.end("SIGKILL");
    rmSync(this.places, { recursive: true, force: true });
  }
}

/** Where something could be left. */
export interface Searched {
  /** Files and folders that are looked through. */
  paths: readonly string[];
  /** Texts besides, by what they are. */
  texts: Readonly<Record<string, string>>;
}

/** Every place that holds a canary, and how much was looked through. A checkpoint comes first, so that all is on the disk. */
export async function searchFor(
  administrator: Sql,
  { paths, texts }: Searched,
  words: readonly string[] = WORDS,
): Promise<{ hits: string[]; files: number; bytes: number; rows: number }> {
  await administrator`checkpoint`;
  const found = { hits: [] as string[], files: 0, bytes: 0, rows: 0 };
  const note = (place: string, bytes: Buffer) => {
    found.bytes += bytes.length;
    for (const word of canariesIn(bytes, words)) found.hits.push(`${place}: ${word}`);
  };
  for (const path of paths.flatMap(filesUnder)) {
    const bytes = readIfThere(path);
    if (!bytes) continue;
    found.files += 1;
    note(path, bytes);
  }
  for (const [place, text] of Object.entries(texts)) note(place, Buffer.from(text));
  for (const { name, rows } of await dumpOf(administrator)) {
    found.rows += rows.length;
    note(`a dump of ${name}`, Buffer.from(rows.join("\n")));
  }
  return found;
}

const filesUnder = (path: string): string[] => {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );
};

/** Files of a running server come and go. */
function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

/** Every row of every table as a dump writes it. */
export async function dumpOf(administrator: Sql): Promise<{ name: string; rows: string[] }[]> {
  const tables = await administrator<{ name: string }[]>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`;
  const dump = [];
  for (const { name } of tables) {
    const rows = await administrator.unsafe<{ text: string }[]>(`select t::text as text from ${name} as t`);
    dump.push({ name, rows: rows.map(({ text }) => text) });
  }
  return dump;
}

/** The folder of a database server: data, log of changes (pg_wal), temporary files, and its own log beside it. */
export async function serverPlaces(
  administrator: Sql,
): Promise<{ data: string; database: string; changes: string; log: string }> {
  const [where] = await administrator<{ dataDirectory: string }[]>`show data_directory`;
  const [own] = await administrator<{ oid: string }[]>`
    select oid::text from pg_database where datname = current_database()`;
  const data = where?.dataDirectory ?? "";
  return {
    data,
    database: join(data, "base", own?.oid ?? ""),
    changes: join(data, "pg_wal"),
    log: join(dirname(data), "postgres.log"),
  };
}
