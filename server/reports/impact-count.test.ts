/**
 * The count for a summary against a slow recount of the same rows: made organisations with everything that casework
 * allows, for the whole and each service, in months, quarters and years. Every set is compared by its members.
 */

import { beforeAll, describe, expect, test } from "vitest";
import { exactNumbers } from "../domain/impact/count-numbers";
import { FRAMEWORKS } from "../domain/impact/frameworks";
import { measures } from "../domain/impact/numbers";
import { type Day, findPeriod, type Period, yearBefore } from "../domain/period";
import { testDatabase } from "../testing";
import { type CountAsked, countImpact } from "./impact-count";
import { recountImpact } from "./impact-oracle";
import { differences } from "./impact-oracle-agreement";
import { type RawCasework, readRaw } from "./impact-oracle-rows";
import { type ImpactWorld, makeImpactWorld, makePlaces } from "./impact-oracle-world";

const db = await testDatabase();

const periodOf = (text: string): Period => {
  const period = findPeriod(text);
  if (!period) throw new Error(`${text} is no period`);
  return period;
};

const count = (asked: CountAsked) =>
  db.app.begin(async (tx) => {
    await tx`select set_config('app.organisation_id', ${String(asked.organisationId)}, true)`;
    return countImpact(tx, asked);
  });

const linesOf = (key: string) => {
  const framework = FRAMEWORKS.find((each) => each.key === key);
  if (!framework) throw new Error(`There is no framework ${key}`);
  const lines = new Map<number, string[]>();
  for (const { code, needs } of framework.lines) {
    for (const need of needs) lines.set(need, [...(lines.get(need) ?? []), code]);
  }
  return { name: key, lines };
};

const TODAY: Day = "2026-11-20";
let worlds: { world: ImpactWorld; raw: RawCasework }[];

beforeAll(async () => {
  const editions = await makePlaces(db.administrator);
  worlds = [];
  for (const [name, seed] of [
    ["Wear Advice", 20_260_731],
    ["Wear Housing", 7],
  ] as const) {
    const world = await makeImpactWorld(db.administrator, name, seed, editions);
    worlds.push({ world, raw: await readRaw(db.administrator, world.organisationId) });
  }
});

const periods = ["m:2025-06", "q:2025-Q1", "q:2025-Q2", "q:2026-Q3", "y:2024", "y:2025", "y:2026", "y:2030"];

describe("a count", () => {
  test.each(periods)("agrees with the recount in %s, for the whole and each service", async (text) => {
    const period = periodOf(text);
    const before = yearBefore(period);
    const framework = linesOf("phof-2019");
    for (const { world, raw } of worlds) {
      for (const serviceId of [null, ...world.services.map(({ id }) => id)]) {
        const { organisationId } = world;
        const counted = await count({
          ...{ organisationId, serviceId, period, today: TODAY },
          lines: { framework: framework.name, linesOf: (need) => framework.lines.get(need) ?? [] },
        });
        const asked = { serviceId, today: TODAY, framework };
        expect(
          differences(
            counted,
            recountImpact(raw, { ...asked, period }),
            recountImpact(raw, { ...asked, period: before }),
          ),
        ).toEqual([]);
      }
    }
  });

  test("sees something of everything in these worlds, or it would agree about nothing", async () => {
    const kinds = new Set<string>();
    for (const { world } of worlds) {
      const counted = await count({
        ...{
          organisationId: world.organisationId,
          serviceId: null,
          period: periodOf("y:2025"),
          today: TODAY,
        },
        lines: { framework: "phof-2019", linesOf: (need) => linesOf("phof-2019").lines.get(need) ?? [] },
      });
      for (const measure of counted.sets.keys()) {
        const parts = measure.split("|");
        kinds.add(
          parts[0] === "need" || parts[0] === "referral" ? parts.slice(0, 2).join(" ") : (parts[0] ?? ""),
        );
      }
      const { resolution, acceptance, completion, severity, instruments } = exactNumbers(counted).estimates;
      expect([resolution, acceptance, completion, severity, ...Object.values(instruments)]).not.toContain(
        null,
      );
    }
    expect([...kinds].sort()).toEqual([
      "anonymous",
      "authority",
      "decile",
      "fifth",
      "framework",
      "helped",
      "instrument",
      "need again",
      "need brought",
      "need improved",
      "need no-longer-relevant",
      "need open",
      "need opened",
      "need outside-list",
      "need resolved",
      "need theirs",
      "need theirs-referred",
      "need theirs-resolved",
      "need unmet",
      "need worsened",
      "not-placed",
      "placed",
      "referral accepted",
      "referral completed",
      "referral declined",
      "referral lost-touch",
      "referral sent",
      "referral started",
      "referral waiting",
      "severity",
      "slice",
      "waiting",
    ]);
  });
});

test("totals by person are the same whatever framework the needs are seen through, and nobody drops out", async () => {
  const [first] = worlds;
  if (!first) throw new Error("There is no world");
  const { organisationId } = first.world;
  const asked = { organisationId, serviceId: null, period: periodOf("y:2025"), today: TODAY };
  const plain = await count({ ...asked, lines: null });
  const brought = plain.sets.get(measures.need("brought", "*"));
  for (const { key } of FRAMEWORKS) {
    const { lines } = linesOf(key);
    const seen = await count({
      ...asked,
      lines: { framework: key, linesOf: (need) => lines.get(need) ?? [] },
    });
    const isLine = (measure: string) => measure.startsWith(measures.framework(key, ""));
    const others = (sets: typeof seen.sets) => [...sets].filter(([measure]) => !isLine(measure));
    expect(others(seen.sets)).toEqual(others(plain.sets));
    const inLines = new Set(
      [...seen.sets].flatMap(([measure, people]) => (isLine(measure) ? [...people] : [])),
    );
    expect([...inLines].sort((a, b) => a - b)).toEqual([...(brought ?? [])]);
  }
});

test("places are compared with the households of the authorities that a tenth or more came from", async () => {
  const [first] = worlds;
  if (!first) throw new Error("There is no world");
  const { organisationId } = first.world;
  const counted = await count({
    ...{ organisationId, serviceId: null, period: periodOf("y:2025"), today: TODAY, lines: null },
  });
  const { areas } = exactNumbers(counted);
  expect(areas).toEqual([
    {
      nation: "England",
      edition: "IMD 2025",
      areas: ["Northport", "Southport"],
      households: [1500, 200, 100, 100, 100, 100, 100, 100, 200, 500],
    },
  ]);
});

test("another organisation's transaction counts nobody of this one", async () => {
  const [one, other] = worlds.map(({ world }) => world.organisationId);
  const asked = {
    organisationId: one ?? 0,
    ...{ serviceId: null, period: periodOf("y:2025"), today: TODAY, lines: null },
  };
  const acting = db.app.begin(async (tx) => {
    await tx`select set_config('app.organisation_id', ${String(other)}, true)`;
    return countImpact(tx, asked);
  });
  await expect(acting).rejects.toThrow(/does not act for that organisation/);
});
