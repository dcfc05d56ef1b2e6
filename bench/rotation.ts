/**
 * A new secret taken into use with writes going on, by processes that are ended by SIGKILL and whose connections are
 * cut at random moments, at times two of them at once: nothing unreadable, nothing lost, everybody found and nobody
 * parted or joined anew. The short form is `server/key-rotation.test.ts`.
 */

import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "../db/client";
import { addClient, findClients } from "../server/clients";
import { Chance } from "../server/demo/random";
import { addClientSchema } from "../server/domain/client";
import { uuidv7 } from "../server/ids";
import { withNewSecret, writeRingFile } from "../server/key-ring";
import { rowsByKey } from "../server/key-rotation";
import { currentKeyId, holdKeys, type KeyRing } from "../server/keys";
import { linkWhoWaits } from "../server/people-rounds";
import type { TestDatabase } from "../server/testing";
import { allowTestIdentifiers, arrangeTeam, type Team } from "../server/testing-casework";
import { openEverything, sowSealedRows } from "../server/testing-sealed";
import type { Bench, Run } from "./bench";
import { inEmptyWorld } from "./world";

export const ROTATION_NAME = "common-need prove rotation";
const KILLS = 200;
/** Of so many ends one is a SIGKILL of the process; the others cut its connection, which starts again sooner. */
const KILLS_A_SIGKILL = 5;
const PEOPLE = 150;
const LONGEST_LIFE_MS = 120;
/** A process may notice so much later that its connection is gone. */
const LAST_WORDS_MS = 5_000;

export const rotation: Bench = {
  name: "rotation",
  about:
    "new secrets taken into use by processes killed at random, with writes going on: nothing lost or parted",
  run: (run) => inEmptyWorld(run, (db) => prove(run, db)),
};

/** Somebody by whom it is noticed when a search finds another than before. */
interface Known {
  team: Team;
  id: string;
  familyName: string;
}

async function prove(run: Run, db: TestDatabase): Promise<void> {
  const from = performance.now();
  const chance = new Chance("rotation");
  let ring: KeyRing = { current: "1", secrets: { "1": Buffer.alloc(32, 7) } };
  holdKeys(ring);
  await allowTestIdentifiers(db);
  const teams = [
    await arrangeTeam(db, "First"),
    await arrangeTeam(db, "Second"),
    await arrangeTeam(db, "Third"),
  ];
  const known: Known[] = [];
  for (let number = 0; number < PEOPLE; number += 1)
    known.push(...(await addSomebody(chance, teams, number)));
  for (const team of teams.slice(0, 1)) {
    // Linking reads what it learnt and what it asked: rows of its own, not made-up ones.
    await sowSealedRows(db.administrator, team.organisationId, 40, [
      "identity.link_model",
      "identity.link_review",
    ]);
  }
  await linkWhoWaits(db.stats);
  const before = { values: await openEverything(db.administrator), people: await whoIsWho(db.administrator) };

  const faults: string[] = [];
  const children = new Children(db, faults);
  let secrets = 1;
  let looked = 0;
  let added = 0;
  for (let kills = 0; kills < KILLS; ) {
    if (children.nothingLeft || secrets === 1) {
      faults.push(...(await differences(db.administrator, before, `secret ${ring.current}`)));
      ring = withNewSecret(ring);
      secrets += 1;
      holdKeys(ring);
      await children.renew(ring);
    }
    await children.live(kills % 7 === 0 ? 2 : 1);
    // Meanwhile people are looked for and added.
    for (const stopAt = performance.now() + chance.below(LONGEST_LIFE_MS); performance.now() < stopAt; ) {
      const { team, id, familyName } = known[chance.below(known.length)] ?? known[0] ?? never();
      const found = await findClients(team.ctx, familyName);
      looked += 1;
      if (found[0]?.id !== id)
        faults.push(`${familyName} was not found while key ${currentKeyId()} came into use`);
      if (looked % 20 === 0) {
        known.push(...(await addSomebody(chance, teams.slice(0, 1), PEOPLE + added)));
        added += 1;
      }
    }
    await (kills % KILLS_A_SIGKILL === 0 ? children.kill() : children.cut(db.administrator));
    kills += 1;
    if (kills % 20 === 0)
      run.say(`${kills} kills, ${secrets} secrets, ${looked} searches, ${added} people added`);
  }
  children.nothingLeft = false;
  for (let waited = 0; !children.nothingLeft && waited < 600; waited += 1) {
    await children.live(1);
    await sleep(100);
  }
  await children.kill();
  faults.push(...(await differences(db.administrator, before, "the end")));
  const left = (await rowsByKey(db.stats)).filter(({ keyId, rows }) => keyId !== ring.current && rows > 0);
  for (const { what, rows } of left) faults.push(`${rows} of ${what} are left under an old key`);
  for (const fault of faults.slice(0, 20)) run.say(`  ${fault}`);
  run.measured({
    bench: "rotation",
    case: `${KILLS} kills`,
    rows: 0,
    product_ms: Math.round(performance.now() - from),
    secrets,
    values: before.values.size,
    clients: known.length,
    searches: looked,
    added_meanwhile: added,
    faults: faults.length,
    ok: faults.length === 0 && secrets > 2,
  });
}

const never = (): never => {
  throw new Error("There is nobody");
};

/** Somebody with a name of their own, known to some organisations by one NHS number or by name and date of birth. */
async function addSomebody(chance: Chance, teams: readonly Team[], number: number): Promise<Known[]> {
  const letters = [...String(number).padStart(4, "0")].map((digit) => "bcdfghklmn"[Number(digit)]).join("a");
  const familyName = `Zo${letters}a`;
  const at = teams.filter((_, index) => index === 0 || chance.below(2) === 0);
  const known: Known[] = [];
  for (const team of at) {
    const id = uuidv7();
    const nhs = nhsNumber(number);
    await addClient(
      team.ctx,
      addClientSchema.parse({
        id,
        givenName: "Ottoline",
        familyName,
        dateOfBirth: `19${50 + (number % 50)}-0${1 + (number % 9)}-1${number % 10}`,
        identifiers: nhs && number % 2 === 0 ? [{ kind: "nhs-number", value: nhs }] : [],
      }),
    );
    known.push({ team, id, familyName });
  }
  return known;
}

/** A number of the range for tests (NHS 999…) with its check digit; null when it has none. */
function nhsNumber(stem: number): string | null {
  const nine = `999${String(stem).padStart(6, "0")}`;
  const sum = [...nine].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? null : nine + check;
}

interface WhoIsWho {
  people: ReadonlyMap<string, string>;
  assertions: number;
}

/** The person of each client, and how often a pair was said to be the same. */
async function whoIsWho(administrator: Sql): Promise<WhoIsWho> {
  const rows = await administrator<{ client: string; person: string }[]>`
    select organisation_id || ':' || client_id as client, person_id::text as person from identity.client_person`;
  const [said] = await administrator<{ assertions: number }[]>`
    select count(*)::int as assertions from identity.link_assertion`;
  return {
    people: new Map(rows.map(({ client, person }) => [client, person])),
    assertions: said?.assertions ?? 0,
  };
}

async function differences(
  administrator: Sql,
  before: { values: ReadonlyMap<string, string>; people: WhoIsWho },
  when: string,
): Promise<string[]> {
  const faults: string[] = [];
  const [values, who] = [await openEverything(administrator), await whoIsWho(administrator)];
  for (const [place, words] of before.values) {
    // What linking learnt may be learnt anew.
    if (values.get(place) !== words && !place.includes("link_"))
      faults.push(`${when}: ${place} is not what it was`);
  }
  for (const [client, person] of before.people.people) {
    if (who.people.get(client) !== person) faults.push(`${when}: ${client} is another person`);
  }
  if (who.assertions !== before.people.assertions) {
    faults.push(`${when}: ${before.people.assertions} links were said, now ${who.assertions}`);
  }
  return faults;
}

/** The processes that take a secret into use. */
class Children {
  private children: ChildProcess[] = [];
  private ring = "";
  private cutAt = 0;
  nothingLeft = false;

  constructor(
    private readonly db: TestDatabase,
    private readonly faults: string[],
  ) {}

  /** Another secret: who knows the old ring alone must go. */
  async renew(ring: KeyRing): Promise<void> {
    await this.kill();
    const directory = mkdtempSync(join(tmpdir(), "proved-ring-"));
    writeRingFile(join(directory, "ring.json"), ring);
    this.ring = readFileSync(join(directory, "ring.json"), "utf8");
    rmSync(directory, { recursive: true });
    this.nothingLeft = false;
  }

  /** At least so many are there. */
  async live(count: number): Promise<void> {
    while (this.children.length < count) {
      const child = fork(join(import.meta.dirname, "rotation-worker.ts"), [this.db.urls.stats], {
        stdio: ["ignore", "ignore", "ignore", "ipc"],
        env: { ...process.env, PROVED_RING: this.ring },
      });
      this.children.push(child);
      await new Promise<void>((begun) => {
        child.on("message", (said) => {
          if (said === "ready") begun();
          else if (said !== "nothing left") this.faults.push(String(said));
          else if (this.children.includes(child)) this.nothingLeft = true;
        });
        child.once("exit", (code) => {
          begun();
          if (!this.children.includes(child)) return;
          this.children = this.children.filter((other) => other !== child);
          // A connection that is cut can end a process; anything else that ends one is a fault.
          if (performance.now() - this.cutAt > LAST_WORDS_MS)
            this.faults.push(`A process ended with ${code}`);
        });
      });
    }
  }

  async kill(): Promise<void> {
    const dying = this.children;
    this.children = [];
    const ended = dying.map((child) => new Promise((resolve) => child.once("exit", resolve)));
    for (const child of dying) child.kill("SIGKILL");
    await Promise.all(ended);
  }

  async cut(administrator: Sql): Promise<void> {
    this.cutAt = performance.now();
    await administrator`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = ${ROTATION_NAME} and datname = current_database()`;
  }
}
