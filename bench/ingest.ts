/**
 * How fast contacts are taken, one a call as devices send them: through the ledger as it is, against the same writes
 * with the mark for counting left out. Then whether the engine keeps up with 300 contacts a second beside it.
 * The cluster is durable, as an installation's is: every answer waits for its write to be on disk.
 */

import { fork } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { connect, type Sql, type Tx } from "../db/client";
import { logContacts } from "../server/contacts";
import { type Actor, type Ctx, makeContext } from "../server/context";
import { Chance } from "../server/demo/random";
import { NEEDS } from "../server/domain/needs";
import { addDays } from "../server/domain/period";
import { uuidv7 } from "../server/ids";
import { type Bench, median, type Run, round } from "./bench";
import { closeLiveCells, openLiveCells } from "./live-cells";
import { inEachWorld, type World } from "./world";

const CONNECTIONS = 8;
const ROUNDS = 5;
const ROUND_MS = 4_000;
const TARGET_SHARE = 0.8;

const ENGINE_RATE = 300;
const ENGINE_MS = 45_000;
/** Contacts that wait at once to be accepted. */
const MOST_OPEN = 64;
/** Two seconds and the engine's ten. */
const FRESH_WITHIN_MS = 12_000;
const LOOK_EVERY_MS = 200;
/** How long the last of them may wait to be counted before the measurement ends without them. */
const LAST_WAIT_MS = 120_000;

export const ingest: Bench = {
  name: "ingest",
  about: "contacts through the ledger against the same writes without statistics; the engine beside it",
  limit: "round trips to the database and one flush to disk for each contact",
  run: (run) => inEachWorld(run, "copy", (world) => measureIngest(run, world)),
};

/** Both measurements, in a world that is written to. */
export async function measureIngest(run: Run, world: World): Promise<void> {
  await compare(run, world);
  await keepUp(run, world);
}

/** Somebody whose device sends, and whom it can send of. */
interface Sender {
  actor: Actor;
  serviceId: string;
  clients: readonly string[];
}

async function sendersOf({ administrator }: World): Promise<Sender[]> {
  const rows = await administrator<
    { organisationId: number; memberId: string; accountId: string; serviceId: string; clients: string[] }[]
  >`
    select m.organisation_id, m.id as member_id, m.account_id, m.service_id,
           array(select c.id from casework.client as c where c.organisation_id = m.organisation_id
                 order by c.id limit 5000) as clients
    from casework.member as m order by m.organisation_id`;
  return rows
    .filter(({ clients }) => clients.length > 0)
    .map(({ organisationId, memberId, accountId, serviceId, clients }) => ({
      actor: {
        accountId,
        memberId,
        sessionId: null,
        organisationId,
        organisationName: `Organisation ${organisationId}`,
        name: `Worker ${organisationId}`,
        roles: ["caseworker"],
        serviceId,
        patch: [],
      },
      serviceId,
      clients,
    }));
}

const today = new Date().toISOString().slice(0, 10);

/** Sends one contact with two issues, as a device does. Throws when it is not stored. */
async function sendOne(ctx: Ctx, senders: readonly Sender[], postcodes: readonly string[], chance: Chance) {
  const { actor, serviceId, clients } = chance.pick(senders);
  const entry = () => ({
    issueId: uuidv7(),
    need: chance.pick(NEEDS.slice(0, 100)).code,
    status: "new" as const,
    severity: "medium" as const,
    ours: true,
  });
  const [answer] = await logContacts({ ...ctx, actor, requestId: uuidv7() }, [
    {
      id: uuidv7(),
      clientId: chance.pick(clients),
      serviceId,
      occurredOn: addDays(today, -chance.below(60)),
      channel: "phone",
      place: { kind: "postcode", postcode: chance.pick(postcodes) },
      entries: [entry(), entry()],
    },
  ]);
  if (answer?.outcome !== "stored") throw new Error(`A contact was not stored: ${answer?.reason}`);
}

/** The same connection with the mark for counting left out of what is sent. */
function withoutMarks<S extends Sql | Tx>(sql: S): S {
  return new Proxy(sql, {
    apply(target, self, args: unknown[]) {
      const [text] = args;
      if (Array.isArray(text) && String(text[0]).includes("statistics.mark_changed"))
        return Promise.resolve([]);
      return Reflect.apply(target, self, args);
    },
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if ((name !== "begin" && name !== "savepoint") || typeof value !== "function") return value;
      return (...args: unknown[]) => {
        const work = args.pop();
        if (typeof work !== "function") throw new Error("A transaction needs its work");
        return Reflect.apply(value, target, [...args, (tx: Tx) => work(withoutMarks(tx))]);
      };
    },
  });
}

/** Contacts a second over some time on several connections, and the middle of their times in milliseconds. */
async function rateOf(
  ctx: Ctx,
  senders: readonly Sender[],
  postcodes: readonly string[],
  forMs: number,
): Promise<{ rate: number; middleMs: number }> {
  const times: number[] = [];
  const from = performance.now();
  const until = from + forMs;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async (_, i) => {
      const chance = new Chance(`sender ${i} ${from}`);
      while (performance.now() < until) {
        const began = performance.now();
        await sendOne(ctx, senders, postcodes, chance);
        times.push(performance.now() - began);
      }
    }),
  );
  return { rate: (times.length / (performance.now() - from)) * 1000, middleMs: median(times) };
}

async function compare({ measured }: Run, world: World): Promise<void> {
  const app = connect(world.urls.app, { max: CONNECTIONS, name: "common-need bench" });
  const reader = connect(world.urls.reader, { max: 1 });
  try {
    const senders = await sendersOf(world);
    const postcodes = await postcodesOf(world);
    const product = makeContext({ app, reader }, null);
    const peer = makeContext({ app: withoutMarks(app), reader }, null);
    await rateOf(product, senders, postcodes, 1_000);
    await rateOf(peer, senders, postcodes, 1_000);
    const rounds: { product: number; peer: number; productMs: number; peerMs: number }[] = [];
    for (let number = 0; number < ROUNDS; number++) {
      const both: Record<string, { rate: number; middleMs: number }> = {};
      // Whoever goes second finds the server as the first left it, so they take turns.
      for (const who of number % 2 === 0 ? ["product", "peer"] : ["peer", "product"]) {
        await world.administrator`checkpoint`;
        both[who] = await rateOf(who === "product" ? product : peer, senders, postcodes, ROUND_MS);
      }
      const { product: one, peer: other } = both;
      if (one && other) {
        rounds.push({ product: one.rate, peer: other.rate, productMs: one.middleMs, peerMs: other.middleMs });
      }
    }
    const ratio = median(rounds.map((each) => each.product / each.peer));
    measured({
      bench: "ingest",
      case: `one contact with two issues a call, ${CONNECTIONS} connections`,
      rows: world.rows,
      product_ms: round(median(rounds.map(({ productMs }) => productMs)), 2),
      peer: "the same writes without statistics",
      peer_ms: round(median(rounds.map(({ peerMs }) => peerMs)), 2),
      ratio: round(ratio, 3),
      target: TARGET_SHARE,
      ok: ratio >= TARGET_SHARE,
      contacts_per_second: round(median(rounds.map(({ product }) => product))),
      peer_contacts_per_second: round(median(rounds.map(({ peer }) => peer))),
      ratios: rounds.map((each) => round(each.product / each.peer, 2)).join(" "),
    });
  } finally {
    await Promise.all([app.end({ timeout: 5 }), reader.end({ timeout: 5 })]);
  }
}

async function postcodesOf({ administrator }: World): Promise<string[]> {
  const rows = await administrator<{ postcode: string }[]>`
    select postcode from reference.postcode tablesample system (20) limit 20000`;
  return rows.map(({ postcode }) => postcode);
}

/** What the engine's process reports when it is told to stop: times in milliseconds. */
const engineReport = z.object({
  /** Time that it was at work. */
  busyMs: z.number(),
  people: z.number(),
  /** The longest look at the open figures of a round, which follows the counting. */
  longestLookMs: z.number(),
  /** Figures made afresh. */
  refreshed: z.number(),
});
export type EngineReport = z.infer<typeof engineReport>;

/** How long people wait from the contact that marks them to the commit that counts them, by looking every so often. */
class Waits {
  private waiting = new Map<bigint, Date>();
  private readonly counted: number[] = [];

  constructor(private readonly world: World) {}

  /** How many had not been counted at the last look. */
  get waitingNow(): number {
    return this.waiting.size;
  }

  /** In milliseconds, up to one look too long; of those who were never counted, how long they had waited. */
  get all(): readonly number[] {
    const now = Date.now();
    return [...this.counted, ...[...this.waiting.values()].map((since) => now - since.getTime())];
  }

  async look(): Promise<void> {
    const rows = await this.world.administrator<{ id: bigint; markedAt: Date }[]>`
      select id, marked_at from statistics.changed_person`;
    const now = Date.now();
    const still = new Map(rows.map(({ id, markedAt }) => [id, markedAt]));
    for (const [id, markedAt] of this.waiting) {
      if (!still.has(id)) this.counted.push(now - markedAt.getTime());
    }
    this.waiting = still;
  }
}

/** What 95 of 100 do not pass. */
function ninetyFifth(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(0.95 * sorted.length)] ?? 0;
}

/** Contacts at a steady rate with the engine in a process of its own, as in production. */
async function keepUp({ measured, say }: Run, world: World): Promise<void> {
  const app = connect(world.urls.app, { max: 16, name: "common-need bench" });
  const reader = connect(world.urls.reader, { max: 1 });
  const engine = fork(join(import.meta.dirname, "engine.ts"), [world.urls.stats], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const said = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      engine.once("message", resolve);
      engine.once("exit", (code) => reject(new Error(`The engine ended with code ${code}`)));
    });
  try {
    const senders = await sendersOf(world);
    const postcodes = await postcodesOf(world);
    const ctx = makeContext({ app, reader }, null);
    const chance = new Chance("steady");
    // It says when it has counted those whom the comparison left waiting.
    await said();
    const liveCells = await openLiveCells(world.administrator, today);
    const from = performance.now();
    const open = new Set<Promise<unknown>>();
    let sent = 0;
    const waits = new Waits(world);
    const looking = new AbortController();
    const watching = (async () => {
      while (!looking.signal.aborted) {
        await waits.look();
        await sleep(LOOK_EVERY_MS);
      }
    })();
    while (performance.now() - from < ENGINE_MS) {
      const due = Math.floor(((performance.now() - from) / 1000) * ENGINE_RATE);
      for (; sent < due && open.size < MOST_OPEN; sent++) {
        const one = sendOne(ctx, senders, postcodes, chance).finally(() => open.delete(one));
        open.add(one);
      }
      await sleep(5);
    }
    await Promise.all(open);
    const offered = sent / ((performance.now() - from) / 1000);
    const isSteady = offered >= 0.95 * ENGINE_RATE;
    // Whoever came last waits for the engine's next round as everybody does: to be told to stop would hurry it.
    const until = performance.now() + LAST_WAIT_MS;
    await sleep(2 * LOOK_EVERY_MS);
    while (waits.waitingNow > 0 && performance.now() < until) await sleep(LOOK_EVERY_MS);
    looking.abort();
    await watching;
    const last = said();
    engine.send("stop");
    const report = engineReport.parse(await last);
    const capacity = report.people / (report.busyMs / 1000);
    const waited = waits.all;
    // A figure is in force when the look that follows the counting has ended.
    const fresh = ninetyFifth(waited) + report.longestLookMs;
    say(`  engine: ${report.people} people in ${Math.round(report.busyMs)} ms of work`);
    measured({
      bench: "ingest",
      case: `the engine beside ${ENGINE_RATE} contacts a second`,
      rows: world.rows,
      ratio: round(capacity / ENGINE_RATE, 2),
      target: 1,
      ok: capacity >= ENGINE_RATE && isSteady,
      sent_per_second: round(offered),
      counted_per_busy_second: round(capacity),
    });
    measured({
      bench: "ingest",
      case: `from accepted contact to changed figure, 95 of 100, at ${ENGINE_RATE} contacts a second`,
      rows: world.rows,
      product_ms: round(fresh),
      target: FRESH_WITHIN_MS,
      ok: fresh <= FRESH_WITHIN_MS && isSteady && waits.waitingNow === 0,
      middle_wait_ms: round(median(waited)),
      longest_wait_ms: round(waited.reduce((most, wait) => Math.max(most, wait), 0)),
      contacts: waited.length,
      never_counted: waits.waitingNow,
      longest_look_ms: round(report.longestLookMs),
      live_cells: liveCells,
      figures_made: report.refreshed,
      sent_per_second: round(offered),
    });
  } finally {
    engine.kill();
    await closeLiveCells(world.administrator);
    await Promise.all([app.end({ timeout: 5 }), reader.end({ timeout: 5 })]);
  }
}
