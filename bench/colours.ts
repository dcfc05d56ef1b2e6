/**
 * The map plays its periods without a wrong colour: of every need, level, measure and type of period that a commissioner
 * may ask for, the same value has the same class in every period and area, a higher value is never paler, and what is
 * hidden has no class. On the demo county, or on official files and events in a folder (`--file`): a folder for each
 * kind of official file (`postcodes`, `households`, `lookups` …) and `events`, extracts that the mapping of street crime
 * reads. Beside it a legend made anew for each period, as many maps have: how many values would change their colour.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildGeography } from "../server/boundaries";
import { installationNow, setClock } from "../server/clock";
import type { ActorCtx } from "../server/context";
import { loadDemo } from "../server/demo/load";
import { contactMapSchema } from "../server/domain/contact-map";
import { CLASSES, classBreaks, classOf, type MapFigures } from "../server/domain/figures";
import { LEVELS } from "../server/domain/geography";
import { PERIOD_TYPES_OF } from "../server/domain/menu";
import { getNodeByNumber } from "../server/domain/needs";
import { addDays, dayOf, financialYearOf } from "../server/domain/period";
import { getFigures, getMapOptions } from "../server/figures";
import { importContacts } from "../server/importers/contacts";
import { loadFile } from "../server/importers/load";
import { IMPORT_KINDS } from "../server/importers/register";
import { key } from "../server/keys";
import { statisticsTick } from "../server/statistics";
import type { TestDatabase } from "../server/testing";
import { arrangePlanning } from "../server/testing-agreements";
import { arrangeMember, arrangeOrganisation, contextFor } from "../server/testing-people";
import type { Bench, Run } from "./bench";
import { inEmptyWorld } from "./world";

const MAPPING = "fixtures/maps/police-street-categories.json";
/** From the last event until everything before it has settled. */
const SETTLED_AFTER_DAYS = 70;
const MEASURES = ["people", "rate"] as const;

export const colours: Bench = {
  name: "colours",
  about:
    "whether a value has one colour in all periods and areas of the map (--file: a folder of real files)",
  run: (run) => inEmptyWorld(run, (db) => prove(run, db)),
};

async function prove(run: Run, db: TestDatabase): Promise<void> {
  if (run.file === undefined) await loadCounty(run, db);
  else await loadFolder(run, db, run.file);
  const organisation = await arrangeOrganisation(db, "Commissioners of everything");
  await arrangePlanning(db, organisation);
  const nations = await db.reader<{ code: string }[]>`
    select code from reference.area where level = 'nation' order by number`;
  const patch = nations.map(({ code }) => `nation:${code}`);
  const found = await lookAtAll(
    contextFor(db, await arrangeMember(db, organisation, ["commissioner"], { patch })),
  );
  run.measured({
    bench: "colours",
    case: "values with more than one colour, over all periods and areas of a need, level and measure",
    rows: 0,
    maps: found.maps,
    periods: found.periods.size,
    values: found.values,
    wrong: found.wrong,
    paler_though_higher: found.paler,
    wrong_with_a_legend_for_each_period: found.wrongByPeriod,
    ok: found.values > 0 && found.wrong === 0 && found.paler === 0,
  });
}

interface Found {
  maps: number;
  periods: Set<string>;
  values: number;
  wrong: number;
  paler: number;
  wrongByPeriod: number;
}

/** Asks for every map of every settled period that is not empty. */
async function lookAtAll(ctx: ActorCtx): Promise<Found> {
  const found: Found = { maps: 0, periods: new Set(), values: 0, wrong: 0, paler: 0, wrongByPeriod: 0 };
  const { periods } = await getMapOptions(ctx);
  const shownNodes = await ctx.reader<{ node: number }[]>`
    select distinct node from published.figure where slice = 0 and node between 0 and 250 order by node`;
  for (const level of LEVELS) {
    for (const type of PERIOD_TYPES_OF[level]) {
      const shown = periods.filter((period) => period.type === type && period.hasFigures);
      for (const { path: node } of shownNodes.map(({ node }) => getNodeByNumber(node))) {
        const maps: MapFigures[] = [];
        for (const { period } of shown) {
          maps.push(await getFigures(ctx, { level, node, period }));
          found.periods.add(period);
        }
        found.maps += maps.length;
        for (const measure of MEASURES) compare(found, maps, measure);
      }
    }
  }
  return found;
}

/** The colours of one need, level and measure over all periods. */
function compare(found: Found, maps: readonly MapFigures[], measure: (typeof MEASURES)[number]): void {
  const values = (map: MapFigures) =>
    (measure === "people" ? map.figures : map.rates).filter((value) => value !== null);
  const same = new Map<number, Set<number>>();
  const each = new Map<number, Set<number>>();
  for (const map of maps) {
    const alone = quantiles(values(map));
    for (const value of values(map)) {
      found.values += 1;
      note(same, value, classOf(value, map.breaks[measure]));
      note(each, value, classOf(value, alone));
    }
  }
  const unlike = (classes: ReadonlyMap<number, ReadonlySet<number>>) =>
    [...classes.values()].filter(({ size }) => size > 1).length;
  found.wrong += unlike(same);
  found.wrongByPeriod += unlike(each);
  const rising = [...same].sort(([a], [b]) => a - b).map(([, classes]) => Math.max(...classes));
  found.paler += rising.filter((one, at) => one < (rising[at - 1] ?? 0)).length;
}

function note(classes: Map<number, Set<number>>, value: number, one: number): void {
  classes.set(value, (classes.get(value) ?? new Set()).add(one));
}

/** The legend that these values alone would have. */
function quantiles(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const cuts = Array.from({ length: CLASSES - 1 }, (_, at) =>
    Math.floor(((at + 1) / CLASSES) * sorted.length),
  );
  return classBreaks(
    cuts.map((cut) => sorted[cut] ?? 0),
    0.1,
  );
}

async function loadCounty(run: Run, db: TestDatabase): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "colours-"));
  try {
    await loadDemo(db, { size: "small", dataDir, say: (text) => run.say(`  ${text}`) });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Loads official files and events by the importers of the product, and settles every period of theirs. */
async function loadFolder({ say }: Run, db: TestDatabase, folder: string): Promise<void> {
  const filesIn = async (name: string) =>
    (await readdir(join(folder, name)).catch(() => [])).sort().map((file) => join(folder, name, file));
  for (const [name, kind] of Object.entries(IMPORT_KINDS)) {
    for (const path of await filesIn(name)) {
      const report = await loadFile(db.owner, name, kind.start(), path, { leaveOutBadRows: true });
      say(`  ${report.file}: ${report.loaded} loaded, ${report.rejected} rejected`);
    }
  }
  const year = financialYearOf(dayOf(await installationNow(db.owner)));
  const { releaseSectors } = await buildGeography(db.owner, year, (step) => say(`  ${step}`));
  const map = contactMapSchema.parse(JSON.parse(await readFile(MAPPING, "utf8")));
  const organisationId = await arrangeOrganisation(db, "Recorded events");
  const ctx = contextFor(db, await arrangeMember(db, organisationId, ["manager"]));
  for (const path of await filesIn("events")) {
    const report = await importContacts(ctx, path, { organisationId, map, addServices: true });
    say(`  ${report.file}: ${report.loaded} contacts in ${releaseSectors} release sectors`);
  }
  const [last] = await db.administrator<{ day: string }[]>`
    select max(occurred_on)::text as day from casework.contact`;
  if (!last) throw new Error("There are no events in the folder");
  await setClock(db.administrator, `${addDays(last.day, SETTLED_AFTER_DAYS)}T12:00Z`);
  const tick = await statisticsTick(db.stats, key("disclosure"));
  say(`  settled ${tick.released?.settled.length ?? 0} periods`);
}
