/**
 * The size of the country: 30 million issue entries of some two million people in 11,000 sectors over five years. What
 * a commissioner waits for, against three peers; what the engine can take; and what a contact waits for.
 */

import { brotliCompressSync, gzipSync } from "node:zlib";
import { connect, type Sql } from "../db/client";
import { BROUGHT } from "../server/domain/counting";
import { toNumbers } from "../server/domain/figures-wire";
import { firstDayOf, lastDayOf, type Period, periodText } from "../server/domain/period";
import { getFigures } from "../server/figures";
import { getSeries } from "../server/figures/series";
import { key } from "../server/keys";
import { drain } from "../server/statistics";
import { keyedHash } from "../server/statistics/keyed-hash";
import { loadNesting } from "../server/statistics/nesting";
import { settlePeriod } from "../server/statistics/settle";
import { type Bench, median, type Run, round, timed } from "./bench";
import { asCommissioner } from "./commissioner";
import { measureIngest } from "./ingest";
import { commonestNeed, measureMaps, middleAfresh, YEAR } from "./map";
import { inEachWorld, type World } from "./world";
import { LAST_YEAR, NATIONAL_ROWS } from "./world-casework";

const COVERING_TARGET = 40;
const BODY_TARGET = 12 * 1024;
const CHANGED_CELLS = 100_000;
const CHANGED_CELLS_MS = 5_000;
const SETTLE_MS = 600_000;
const DRAIN_TARGET = 1_000;
const RUNS = 31;
const WARM = 10;

/** The last quarter before those that have settled in a world. */
const UNSETTLED: Period = { type: "quarter", financialYear: LAST_YEAR - 1, index: 3 };

export const national: Bench = {
  name: "national",
  about: "30 million issue entries: map, series, engine, settling, ingest and freshness, with three peers",
  rows: [NATIONAL_ROWS],
  limit: "the engine: rows of cells read and written for each person; the map: one range of one index",
  // A copy would take as much room again: what is written stays, and the next run adds to it.
  run: (run) =>
    inEachWorld(run, "read", async (world) => {
      await measureMaps(run, world);
      await measureCovering(run, world);
      await measureSeries(run, world);
      await measureSettling(run, world);
      await measureEngine(run, world);
      await measureIngest(run, world);
    }),
};

/** The middle of some times, once every connection of a pool has prepared its statements. */
async function middleOf(runs: number, work: () => Promise<unknown>): Promise<number> {
  for (let warm = 0; warm < Math.min(runs, WARM); warm += 1) await work();
  const times: number[] = [];
  for (let number = 0; number < runs; number += 1) times.push(await timed(work));
  return median(times);
}

/** The map against a table made for the question, with an index that covers it, and against a materialised view. */
async function measureCovering(run: Run, world: World): Promise<void> {
  const { administrator: sql } = world;
  const need = await commonestNeed(world);
  const query = { level: "sector", node: need.path, period: periodText(YEAR) } as const;
  run.say("  making the tables of the peers");
  await sql.unsafe(`
    set work_mem = '512MB';
    drop materialized view if exists public.made_view;
    drop table if exists public.made_flat;
    create unlogged table public.made_flat as
      select e.need_number, k.occurred_on, k.release_sector, p.person_id
      from casework.issue_entry as e
      join casework.contact as k on k.organisation_id = e.organisation_id and k.id = e.contact_id
      join identity.client_person as p on p.organisation_id = k.organisation_id and p.client_id = k.client_id
      where k.voided_at is null and e.status in (${BROUGHT.map((status) => `'${status}'`).join(", ")});
    create index made_flat_covering on public.made_flat (need_number, occurred_on) include (release_sector, person_id)`);
  await sql`vacuum analyze public.made_flat`;
  const viewMs = await timed(() =>
    sql.unsafe(`
      create materialized view public.made_view as
        select need_number, release_sector, count(distinct person_id) as people
        from public.made_flat
        where occurred_on between '${firstDayOf(YEAR)}' and '${lastDayOf(YEAR)}'
        group by 1, 2;
      create unique index on public.made_view (need_number, release_sector)`),
  );
  try {
    const covering = await middleOf(
      3,
      () => sql`
        select release_sector, count(distinct person_id) from public.made_flat
        where need_number = ${need.number} and occurred_on between ${firstDayOf(YEAR)} and ${lastDayOf(YEAR)}
        group by 1`,
    );
    const view = await middleOf(
      RUNS,
      () => sql`select release_sector, people from public.made_view where need_number = ${need.number}`,
    );
    await asCommissioner(world, async (ctx) => {
      const product = await middleOf(RUNS, () => getFigures(ctx, query));
      const afresh = await middleAfresh(world, () => getFigures(ctx, query));
      const line = {
        bench: "national",
        rows: world.rows,
        product_ms: round(product, 2),
        first_answer_after_a_release_ms: round(afresh, 2),
      };
      run.measured({
        ...line,
        case: "financial year, commonest need",
        peer: "COUNT(DISTINCT) on a covering index",
        peer_ms: round(covering, 1),
        ratio: round(covering / product, 1),
        target: COVERING_TARGET,
        ok: covering / product >= COVERING_TARGET,
        ratio_of_that_first_answer: round(covering / afresh, 1),
      });
      run.measured({
        ...line,
        case: "financial year, commonest need",
        peer: "a materialised view of one period, unprotected and as old as its last refresh",
        peer_ms: round(view, 2),
        ratio: round(view / product, 2),
        refresh_ms: round(viewMs),
      });
      const body = Buffer.from(JSON.stringify(toNumbers(await getFigures(ctx, query))));
      const [gzip, brotli] = [gzipSync(body).length, brotliCompressSync(body).length];
      run.measured({
        bench: "national",
        case: "body of that map as it travels, compressed, in bytes",
        rows: world.rows,
        target: BODY_TARGET,
        ok: gzip <= BODY_TARGET,
        gzip,
        brotli,
        raw: body.length,
      });
    });
  } finally {
    await sql.unsafe("drop materialized view public.made_view; drop table public.made_flat; reset work_mem");
  }
}

/** Every settled quarter of an authority, against counting its people from the normalised tables. */
async function measureSeries(run: Run, world: World): Promise<void> {
  const { administrator: sql } = world;
  const need = await commonestNeed(world);
  const [area] = await sql<{ number: number }[]>`
    select number from reference.area where level = 'lad' order by number limit 1`;
  const lad = area?.number ?? null;
  const product = await asCommissioner(world, (ctx) =>
    middleOf(RUNS, () => getSeries(ctx, { area: lad, node: need.path, type: "quarter" })),
  );
  const peer = await middleOf(
    1,
    () => sql`
      select date_trunc('quarter', k.occurred_on) as quarter, count(distinct p.person_id)
      from casework.issue_entry as e
      join casework.contact as k on k.organisation_id = e.organisation_id and k.id = e.contact_id
      join identity.client_person as p on p.organisation_id = k.organisation_id and p.client_id = k.client_id
      join reference.release_sector as s on s.number = k.release_sector and s.authority = ${lad}
      where e.need_number = ${need.number} and e.status = any(${BROUGHT}::casework.entry_status[])
        and k.voided_at is null and k.occurred_on between ${firstDayOf(YEAR)} and ${lastDayOf(YEAR)}
      group by 1`,
  );
  run.measured({
    bench: "national",
    case: "series of the quarters of an authority, commonest need",
    rows: world.rows,
    product_ms: round(product, 2),
    peer: "naive",
    peer_ms: round(peer, 1),
    ratio: round(peer / product, 1),
  });
}

class TakenBack extends Error {}

/** Settles a quarter of the whole country, and takes it back. */
async function measureSettling(run: Run, world: World): Promise<void> {
  const stats = connect(world.urls.stats, { max: 2, name: "common-need bench" });
  let ms = 0;
  let moved = 0;
  try {
    await stats.begin("isolation level repeatable read", async (tx) => {
      ms = await timed(async () => {
        const settled = await settlePeriod(
          tx,
          keyedHash(key("disclosure")),
          await loadNesting(tx),
          UNSETTLED,
          {
            number: 2,
            today: `${LAST_YEAR + 1}-06-01`,
          },
        );
        moved = settled.moved;
      });
      throw new TakenBack();
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error;
  } finally {
    await stats.end({ timeout: 5 });
  }
  run.measured({
    bench: "national",
    case: "settling a quarter of the country",
    rows: world.rows,
    product_ms: round(ms),
    target: SETTLE_MS,
    ok: ms <= SETTLE_MS,
    figures: moved,
    memory_mb: round(process.memoryUsage.rss() / 2 ** 20),
  });
}

/** Contacts of many people at once, drained: cells moved and contacts counted a second. */
async function measureEngine(run: Run, world: World): Promise<void> {
  const { administrator: sql } = world;
  const stats = connect(world.urls.stats, { max: 3, name: "common-need bench" });
  try {
    await drain(stats, keyedHash(key("disclosure")));
    const contacts = await addContacts(sql);
    const before = await cellsWritten(sql);
    const ms = await timed(() => drain(stats, keyedHash(key("disclosure"))));
    const cells = (await cellsWritten(sql)) - before;
    const line = { bench: "national", rows: world.rows, contacts, cells };
    run.measured({
      ...line,
      case: `engine: time for ${CHANGED_CELLS.toLocaleString("en-GB")} rows of changed cells, in proportion`,
      product_ms: round((ms / cells) * CHANGED_CELLS),
      target: CHANGED_CELLS_MS,
      ok: (ms / cells) * CHANGED_CELLS <= CHANGED_CELLS_MS,
    });
    run.measured({
      ...line,
      case: "engine: contacts drained a second",
      product_ms: round(ms),
      ratio: round(contacts / (ms / 1000) / DRAIN_TARGET, 2),
      target: 1,
      ok: contacts / (ms / 1000) >= DRAIN_TARGET,
      contacts_per_second: round(contacts / (ms / 1000)),
    });
  } finally {
    await stats.end({ timeout: 5 });
  }
}

const ADDED = 12_000;

/** Copies of contacts of the last year, a quarter of them of a new need: as they arrive over some forty seconds. */
async function addContacts(sql: Sql): Promise<number> {
  await sql.unsafe(`
    create temp table made_some as
      select gen_random_uuid() as id, organisation_id, id as old, client_id, occurred_on
      from casework.contact tablesample bernoulli (5)
      where occurred_on >= '${LAST_YEAR}-10-01' limit ${ADDED};
    insert into casework.contact
      (organisation_id, id, client_id, service_id, member_id, occurred_on, channel, received_at, place_kind,
       release_sector, content_hash)
    select k.organisation_id, n.id, k.client_id, k.service_id, k.member_id, k.occurred_on, k.channel, now(), k.place_kind,
           k.release_sector, sha256(uuid_send(n.id))
    from made_some as n join casework.contact as k on k.organisation_id = n.organisation_id and k.id = n.old;
    insert into casework.issue (organisation_id, id, client_id, need_number, taxonomy_version)
    select organisation_id, id, client_id, (hashtext(id::text) & 1023) % 100, 1 from made_some;
    insert into casework.issue_entry (organisation_id, contact_id, issue_id, need_number, status, severity, ours)
    select organisation_id, id, id, (hashtext(id::text) & 1023) % 100, 'new', 'medium', true from made_some;
    insert into statistics.changed_person (person_id, since)
    select p.person_id, n.occurred_on
    from made_some as n join identity.client_person as p using (organisation_id, client_id)`);
  const [row] = await sql<{ added: number }[]>`select count(*)::int as added from made_some`;
  await sql`drop table made_some`;
  return row?.added ?? 0;
}

/** Rows of cells written so far. */
async function cellsWritten(sql: Sql): Promise<number> {
  // What other connections did is told to the statistics of Postgres within a second.
  await sql`select pg_sleep(1.5)`;
  await sql`select pg_stat_clear_snapshot()`;
  const [row] = await sql<{ rows: number }[]>`
    select (n_tup_ins + n_tup_upd + n_tup_del)::int as rows from pg_stat_user_tables
    where schemaname = 'statistics' and relname = 'cell'`;
  return row?.rows ?? 0;
}
