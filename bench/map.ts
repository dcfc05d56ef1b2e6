/**
 * The answer of the map for a financial year and all sectors: the product's, as a commissioner of the whole country
 * gets it, against counting distinct people over the normalised tables with the indexes that such tables usually
 * have. Checked against each other: a figure may differ from the count by its noise, its rounding and its hold only.
 */

import { BROUGHT } from "../server/domain/counting";
import { THRESHOLD } from "../server/domain/disclosure";
import { ANY_NODE, getNodeByNumber, type NeedNode } from "../server/domain/needs";
import { firstDayOf, lastDayOf, type Period, periodText } from "../server/domain/period";
import { getFigures } from "../server/figures";
import { type Bench, median, type Run, round, timed } from "./bench";
import { asCommissioner } from "./commissioner";
import { inEachWorld, type World } from "./world";
import { LAST_YEAR } from "./world-casework";

/** The year that is asked for. */
export const YEAR: Period = { type: "year", financialYear: LAST_YEAR, index: 0 };
/** Stated for five million entries; the ratio grows with size. */
const TARGET = 100;
const TARGET_ROWS = 5_000_000;
const PRODUCT_RUNS = 31;
const PEER_RUNS = 3;
const AFRESH_RUNS = 9;

/** Noise of both layers (2 + 3), rounding (2), and people who may come or go while a figure is held (at most 9). */
const FARTHEST = 2 + 3 + 2 + 9;

export const map: Bench = {
  name: "map",
  about: "a financial year of every sector against COUNT(DISTINCT person) over the normalised tables",
  limit:
    "asking whether what is kept still holds; for a first answer one range of one index and a row a sector",
  run: (run) => inEachWorld(run, "read", (world) => measureMaps(run, world)),
};

/** The map of the commonest need and that of any need, in one world. */
export async function measureMaps(run: Run, world: World): Promise<void> {
  const target = world.rows >= TARGET_ROWS ? TARGET : undefined;
  await measure(run, world, await commonestNeed(world), "financial year, commonest need", target);
  await measure(run, world, getNodeByNumber(ANY_NODE), "financial year, any need");
}

/** The need that most entries say, from a tenth of them. */
export async function commonestNeed({ administrator }: World): Promise<NeedNode> {
  const [row] = await administrator<{ needNumber: number }[]>`
    select need_number from casework.issue_entry tablesample system (10)
    group by 1 order by count(*) desc limit 1`;
  if (!row) throw new Error("The world has no entries");
  return getNodeByNumber(row.needNumber);
}

async function measure(
  { measured }: Run,
  world: World,
  node: NeedNode,
  what: string,
  target?: number,
): Promise<void> {
  await asCommissioner(world, async (ctx) => {
    const query = { level: "sector", node: node.path, period: periodText(YEAR) } as const;
    const first = await timed(() => getFigures(ctx, query));
    const times: number[] = [];
    for (let i = 0; i < PRODUCT_RUNS; i++) times.push(await timed(() => getFigures(ctx, query)));
    const afresh = await middleAfresh(world, () => getFigures(ctx, query));
    const answer = await getFigures(ctx, query);

    const peerTimes: number[] = [];
    for (let i = 0; i < PEER_RUNS; i++) peerTimes.push(await timed(() => countDistinct(world, node, false)));
    const counts = new Map((await countDistinct(world, node, true)).map((row) => [row.area, row.people]));
    const disagreeing = answer.areas.filter(({ area }, at) => {
      const people = counts.get(area) ?? 0;
      const figure = answer.figures[at] ?? null;
      return figure === null ? people >= THRESHOLD + FARTHEST : Math.abs(figure - people) > FARTHEST;
    });
    const [product, peer] = [median(times), median(peerTimes)];
    measured({
      bench: "map",
      case: what,
      rows: world.rows,
      product_ms: round(product, 2),
      peer: "naive",
      peer_ms: round(peer, 1),
      ratio: round(peer / product, 1),
      ...(target !== undefined && { target }),
      ok: disagreeing.length === 0 && peer / product >= (target ?? 0),
      // The first of a server that has just started reads the areas, too.
      first_answer_ms: round(first, 1),
      first_answer_after_a_release_ms: round(afresh, 2),
      ratio_of_that_first_answer: round(peer / afresh, 1),
      sectors: answer.areas.length,
      sectors_shown: answer.figures.filter((figure) => figure !== null).length,
      disagreeing: disagreeing.length,
    });
  });
}

/** The middle of some answers that are each the first after figures moved, so that nothing kept serves them. */
export async function middleAfresh(world: World, ask: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < AFRESH_RUNS; run += 1) {
    await world.administrator`update published.figures_mark set mark = gen_random_uuid()`;
    times.push(await timed(ask));
  }
  return median(times);
}

/**
 * Distinct people by sector from the normalised tables, past row-level security. `exactly`: with the rule that any
 * entry counts where it opens its issue, which makes the query slower and its counts the product's.
 */
async function countDistinct(
  { administrator }: World,
  node: NeedNode,
  exactly: boolean,
): Promise<{ area: number; people: number }[]> {
  const sql = administrator;
  const ofNeed = node.kind === "need" ? sql`and e.need_number = ${node.number}` : sql``;
  const opens = exactly
    ? sql`or not exists (
        select from casework.issue_entry as b
        join casework.contact as l on l.organisation_id = b.organisation_id and l.id = b.contact_id
        where b.organisation_id = e.organisation_id and b.issue_id = e.issue_id and l.voided_at is null
          and (l.occurred_on, l.received_no) < (k.occurred_on, k.received_no))`
    : sql``;
  const rows = await sql<{ area: number; people: number }[]>`
    select k.release_sector as area, count(distinct p.person_id)::int as people
    from casework.issue_entry as e
    join casework.contact as k on k.organisation_id = e.organisation_id and k.id = e.contact_id
    join identity.client_person as p on p.organisation_id = k.organisation_id and p.client_id = k.client_id
    where k.occurred_on between ${firstDayOf(YEAR)} and ${lastDayOf(YEAR)} and k.voided_at is null ${ofNeed}
      and (e.status = any(${BROUGHT}::casework.entry_status[]) ${opens})
    group by 1`;
  return [...rows];
}
