/**
 * One seeded world, the demo county, seen only over HTTP through the commissioner's and the public's endpoints: they
 * serve the engine's figures and nothing more (D12 and the comparison), no two areas differ by less than whole release
 * sectors (D7), no byte of a past release changes whatever happens to people (D9), and nothing else about an answer
 * tells a hidden nobody from a hidden few (D10). Then the whole release is audited by whole numbers. The truth is read
 * beside it, past every wall, to mark the answers.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sql } from "../../db/client";
import { logContacts, voidContact } from "../../server/contacts";
import { inTransaction } from "../../server/context";
import { loadDemo } from "../../server/demo/load";
import { countedNode } from "../../server/domain/counting";
import { findNode, getNodeByNumber } from "../../server/domain/needs";
import { findPeriod, periodNumber } from "../../server/domain/period";
import { key } from "../../server/keys";
import { log } from "../../server/log";
import { statisticsTick } from "../../server/statistics";
import type { TestDatabase } from "../../server/testing";
import { arrangePlanning } from "../../server/testing-agreements";
import { aClient, aContact, arrangeTeam } from "../../server/testing-casework";
import { arrangeMember, contextFor } from "../../server/testing-people";
import type { Run } from "../bench";
import { inEmptyWorld } from "../world";
import { auditRelease, type Bounds, COUNTED_NEEDS } from "./audit";
import { NHS, SDC, type Shown, TEN_FIVE, UNDER_5 } from "./rules";
import { type Tell, tellSideChannels } from "./served-channels";
import { type Crawl, crawlFiles, crawlMap, type Door, openDoor, rowsOf, type SeenCell } from "./served-world";
import { areasAt, cellName, countPeople, placesIn, type SectorPlace } from "./truth";

/** Loads the demo county into an empty database, opens it to the world and attacks it there. */
export async function attackServed(run: Run): Promise<void> {
  // A line for each request would bury what is measured.
  log().level = "warn";
  await inEmptyWorld(run, async (db) => {
    const dataDir = mkdtempSync(join(tmpdir(), "attack-"));
    const loaded = await loadDemo(db, {
      size: "small",
      dataDir,
      say: (text) => run.say(`  ${text}`),
    });
    await statisticsTick(db.stats, key("disclosure"));
    const [council] = await db.administrator<{ id: number }[]>`
      select organisation_id as id from casework.member where 'commissioner' = any (roles) limit 1`;
    const [region] = await db.administrator<{ code: string }[]>`
      select code from reference.area where level = 'region' limit 1`;
    if (!council || !region) throw new Error("The demo has no commissioner");
    // The whole menu is attacked: every single need by sector, those that could harm somebody too.
    await arrangePlanning(db, council.id);
    const patch = { patch: [`region:${region.code}`] };
    const door = await openDoor(contextFor(db, await arrangeMember(db, council.id, ["commissioner"], patch)));
    try {
      const crawl = await crawlMap(door);
      run.say(`  asked for ${crawl.asked} maps, ${crawl.cells.length} cells`);
      const year = Number(loaded.today.slice(0, 4));
      const places = await placesIn(db.reader, year);
      const periods = [...new Set(crawl.cells.map(({ period }) => period))];
      const people = await countPeople(db.administrator, places, periods);
      const tell: Tell = (line) => run.measured({ ...line, bench: "attack", rows: 0, rule: SDC.name });
      await compareFigures(tell, db, door, crawl, people);
      await compareAreas(tell, db.reader, places, year);
      await tellSideChannels(tell, door, crawl, people);
      auditWorld(run, crawl, places, people);
      await changePeople(tell, db, door);
    } finally {
      await door.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
}

/** The cell whose figure is served: a domain of one need is that need. */
const pathOf = (need: string) => getNodeByNumber(countedNode(findNode(need)?.number ?? -1)).path;

/** D12: the fewest people of any figure that anybody saw. And both audiences see what the engine settled, no more. */
async function compareFigures(
  tell: Tell,
  db: TestDatabase,
  door: Door,
  crawl: Crawl,
  people: ReadonlyMap<string, number>,
): Promise<void> {
  const peopleIn = ({ area, need, period }: SeenCell) =>
    people.get(cellName(area, pathOf(need), period)) ?? 0;
  const aliases = new Map(
    (
      await db.reader<
        { area: number; sameAs: number }[]
      >`select distinct area, same_as from reference.area_alias`
    ).map(({ area, sameAs }) => [area, sameAs]),
  );
  const shown = crawl.cells.filter(({ figure }) => figure !== null);
  const fewest = Math.min(...shown.map(peopleIn));
  tell({
    id: "D12",
    case: "fewest people of any figure on the commissioner's map, open and settled",
    score: fewest,
    limit: 5,
    figures: shown.length,
    open: shown.filter(({ open }) => open).length,
    ok: shown.length > 0 && fewest >= 5,
  });

  const settled = new Map(
    (
      await db.administrator<{ area: number; node: number; period: number; figure: number | null }[]>`
        select area, node, period, figure from statistics.settled_cell where slice = 0`
    ).map(({ area, node, period, figure }) => [`${area}|${node}|${period}`, figure]),
  );
  const finest = (area: number): number => {
    const same = aliases.get(area);
    return same === undefined || same === area ? area : finest(same);
  };
  const otherwise = crawl.cells.filter(({ open, area, need, period, figure }) => {
    const found = findPeriod(period);
    if (open || !found) return false;
    const node = countedNode(findNode(need)?.number ?? -1);
    return (settled.get(`${finest(area)}|${node}|${periodNumber(found)}`) ?? null) !== figure;
  });
  tell({
    id: "served",
    case: "cells of the commissioner's map that are not what the engine settled",
    score: otherwise.length,
    limit: 0,
    compared: crawl.cells.filter(({ open }) => !open).length,
    maps_of_other_areas: crawl.unlikeLists,
    ok: otherwise.length === 0 && crawl.unlikeLists === 0,
  });
  await compareOpenData(tell, db.reader, door, crawl);
}

/** Open data says of a cell what the commissioner's map says, and has the same rows for every need. */
async function compareOpenData(tell: Tell, reader: Sql, door: Door, crawl: Crawl): Promise<void> {
  const files = await crawlFiles(door);
  const newest = [...files.keys()].filter((path) => path.endsWith("/figures.csv"))[0];
  const rows = rowsOf(files.get(newest ?? "") ?? "").filter((row) => row["slice"] === "all");
  const codes = new Map(
    (
      await reader<
        { number: number; code: string; level: string }[]
      >`select number, code, level from reference.area`
    ).map(({ number, code, level }) => [`${level === "lad" ? "authority" : level}/${code}`, number]),
  );
  const onMap = new Map(
    crawl.cells
      .filter(({ open }) => !open)
      .map((cell) => [cellName(cell.area, cell.need, cell.period), cell.figure]),
  );
  let [compared, otherwise] = [0, 0];
  const kinds = new Set<string>();
  const perNeed = new Map<string, number>();
  for (const row of rows) {
    const area = codes.get(`${row["level"]}/${row["area"]}`);
    const figure = row["people"] ? Number(row["people"]) : null;
    if (figure === null && row["status"] !== "not-published") kinds.add(`${row["status"]}/${row["people"]}`);
    if (row["level"] !== "sector" && row["level"] !== "unplaced") {
      const of = `${row["need"]}/${row["period"]}/${row["level"]}`;
      perNeed.set(of, (perNeed.get(of) ?? 0) + 1);
    }
    const name = cellName(area ?? -1, row["need"] ?? "", row["period"] ?? "");
    if (!onMap.has(name)) continue;
    compared += 1;
    if (onMap.get(name) !== figure) otherwise += 1;
  }
  const byLevel = new Map<string, Set<number>>();
  for (const [of, count] of perNeed) {
    const level = of.split("/").slice(1).join("/");
    byLevel.set(level, (byLevel.get(level) ?? new Set()).add(count));
  }
  const uneven = [...byLevel.values()].filter((counts) => counts.size > 1).length;
  tell({
    id: "served",
    case: "cells of open data that are not what the commissioner's map says",
    score: otherwise,
    limit: 0,
    compared,
    ok: compared > 0 && otherwise === 0,
  });
  tell({
    id: "D10",
    case: "rows of open data: ways in which a hidden cell is written, and needs with more rows than others",
    score: kinds.size - 1 + uneven,
    limit: 0,
    ok: kinds.size === 1 && uneven === 0,
  });
}

/** D7: pairs of areas, one of which is the other and less than a whole release sector more. */
async function compareAreas(
  tell: Tell,
  reader: Sql,
  places: readonly SectorPlace[],
  year: number,
): Promise<void> {
  const sectors = new Map<number, Set<number>>();
  for (const place of places) {
    for (const area of areasAt(place)) sectors.set(area, (sectors.get(area) ?? new Set()).add(place.sector));
  }
  const aliases = new Set(
    (await reader<{ area: number }[]>`select distinct area from reference.area_alias`).map(
      ({ area }) => area,
    ),
  );
  // A postcode sector that lay in two release sectors would make areas that overlap in part of one.
  const torn = await reader<{ sector: string }[]>`
    select sector from reference.release_sector_part
    where financial_year = (select max(financial_year) from reference.geography where financial_year <= ${year})
    group by 1 having count(distinct release_sector) > 1`;
  let [pairs, slivers] = [0, 0];
  const all = [...sectors].filter(([area]) => !aliases.has(area));
  for (const [i, [, one]] of all.entries()) {
    for (const [, other] of all.slice(i + 1)) {
      const common = [...one].filter((sector) => other.has(sector)).length;
      if (common === 0) continue;
      pairs += 1;
      // The same sectors under two names and not served as one would be two figures of one set.
      if (common === one.size && common === other.size) slivers += 1;
    }
  }
  const [least] = await reader<{ residents: number | null }[]>`
    select min(residents)::int as residents from reference.release_sector
    where financial_year = (select max(financial_year) from reference.geography where financial_year <= ${year})`;
  tell({
    id: "D7",
    case: "pairs of areas that differ by less than whole release sectors",
    score: slivers + torn.length,
    limit: 0,
    pairs,
    fewest_residents: least?.residents ?? 0,
    ok: pairs > 0 && slivers + torn.length === 0,
  });
}

/** Whole numbers that the narrowest hidden cell must leave open (`docs/methods/disclosure.md`). */
const NARROWEST = 8;
const FARTHEST = 7;
const MOST_HIDDEN = 14;

/** The audit, on what the product published and on what its peers would have. */
function auditWorld(
  { measured }: Run,
  crawl: Crawl,
  places: readonly SectorPlace[],
  people: ReadonlyMap<string, number>,
): void {
  const year = crawl.settled.find(({ type }) => type === "year")?.period;
  const shorter = crawl.settled.filter(({ period, type }) => type !== "year" && inYear(period, year));
  if (year === undefined) throw new Error("No year has settled");
  const periods = [year, ...shorter.map(({ period }) => period)];
  const figures = new Map(
    crawl.cells.map(({ area, need, period, figure }) => [cellName(area, pathOf(need), period), figure]),
  );
  const truth = (name: string) => people.get(name) ?? 0;
  const rules = [
    { rule: SDC.name, shown: (name: string) => figures.get(name), bounds: boundsOfFigure },
    ...[UNDER_5, NHS, TEN_FIVE].map((rule) => ({
      rule: rule.name,
      // A peer publishes the same cells.
      shown: (name: string) => (figures.has(name) ? rule.show(truth(name), 0, 0) : undefined),
      bounds: (shown: Shown) => boundsBy((count) => rule.show(count, 0, 0), shown),
    })),
  ];
  for (const { rule, shown, bounds } of rules) {
    const audit = auditRelease({
      places,
      needs: COUNTED_NEEDS,
      periods,
      published: (...of) => {
        const figure = shown(cellName(...of));
        return figure === undefined ? undefined : bounds(figure);
      },
      isHidden: (...of) => shown(cellName(...of)) === null,
    });
    const outside = [...audit.ranges].filter(
      ([name, [least, most]]) => truth(name) < least || truth(name) > most,
    );
    measured({
      bench: "attack",
      case: "whole numbers left open for the narrowest hidden cell of a release",
      rows: 0,
      id: "audit",
      rule,
      score: Number.isFinite(audit.narrowest) ? audit.narrowest : 0,
      limit: NARROWEST,
      hidden: audit.hidden,
      exact: audit.exact,
      unfit: audit.unfit,
      truth_outside: outside.length,
      ...(rule === SDC.name && { ok: audit.hidden > 0 && audit.narrowest >= NARROWEST }),
    });
  }
}

const boundsOfFigure = (figure: Shown): Bounds =>
  figure === null ? [0, MOST_HIDDEN] : [Math.max(5, figure - FARTHEST), figure + FARTHEST];

/** Counts that a rule without errors shows so. */
function boundsBy(show: (count: number) => Shown, shown: Shown): Bounds {
  const middle = shown ?? 5;
  const near = Array.from({ length: 21 }, (_, i) => middle - 10 + i).filter(
    (count) => count >= 0 && show(count) === shown,
  );
  return [Math.min(...near), Math.max(...near)];
}

function inYear(text: string, year: string | undefined): boolean {
  return findPeriod(text)?.financialYear === findPeriod(year ?? "")?.financialYear;
}

/** D9: people are erased, come late, are taken back, move and turn out to be one; past releases do not change a byte. */
async function changePeople(tell: Tell, db: TestDatabase, door: Door): Promise<void> {
  const before = await crawlFiles(door);
  const team = await arrangeTeam(db, "Latecomers");
  const [newest] = await db.reader<{ period: number }[]>`
    select period from published.settled_period order by settled_on desc, period limit 1`;
  const postcodes = await db.reader<{ postcode: string }[]>`
    select postcode from reference.postcode where live order by postcode limit 40`;
  const [settled] = await db.administrator<{ day: string }[]>`
    select max(occurred_on)::text as day from casework.contact where occurred_on < (
      select max(settled_on) - 30 from published.settled_period)`;
  if (!newest || !settled) throw new Error("Nothing has settled");
  const late = postcodes.map(({ postcode }) =>
    aContact(team, {
      occurredOn: settled.day,
      newClient: aClient({ place: { kind: "postcode", postcode } }),
    }),
  );
  for (const answer of await logContacts(team.ctx, late)) {
    if (answer.outcome !== "stored")
      throw new Error(`A late contact was not stored: ${JSON.stringify(answer)}`);
  }
  await statisticsTick(db.stats, key("disclosure"), { byOfficer: true });
  // Now taken back, as after a move; erased; and found to be one with somebody else.
  for (const { id } of late.slice(0, 10))
    await voidContact(team.ctx, { id, reason: "Logged at the old address" });
  await eraseSome(db);
  await db.administrator.begin(async (sql) => {
    // Those of them who were not erased.
    const clients = late.map(({ clientId }) => clientId);
    await sql`
      insert into statistics.changed_person (person_id)
      select person_id from identity.client_person where client_id = any (${clients}::uuid[])`;
    await sql`
      update identity.client_person set person_id = (
        select person_id from identity.client_person where client_id = any (${clients}::uuid[])
        order by client_id limit 1)
      where client_id = any (${clients}::uuid[])`;
  });
  const { released } = await statisticsTick(db.stats, key("disclosure"), { byOfficer: true });
  const after = await crawlFiles(door);
  const changed = [...before].filter(([path, text]) => after.get(path) !== text);
  tell({
    id: "D9",
    case: "files of past releases that changed after erasing, linking, moving, taking back and dating back",
    score: changed.length,
    limit: 0,
    files: before.size,
    releases_since:
      new Set([...after.keys()].map((path) => path.split("/")[5])).size -
      new Set([...before.keys()].map((path) => path.split("/")[5])).size,
    ok: before.size > 0 && changed.length === 0 && released !== null,
  });
}

/** Clients of each organisation who are erased, the first by id. */
const ERASED = 30;

/** Erases them for good. */
async function eraseSome(db: TestDatabase): Promise<void> {
  const organisations = await db.administrator<{ id: number; clients: string[] }[]>`
    select organisation_id as id, (array_agg(id order by id))[1:${ERASED}::int]::text[] as clients
    from casework.client group by 1`;
  for (const { id, clients } of organisations) {
    const ctx = contextFor(db, await arrangeMember(db, id, ["manager"]));
    await inTransaction(ctx, ({ db: tx }) => tx`select casework.erase_clients(${id}, ${clients}::uuid[])`);
  }
}
