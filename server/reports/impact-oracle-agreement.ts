/**
 * Where a count for a summary and its slow recount differ, in words: every set by its members, every number of things,
 * every sample and every estimate. Nothing said is agreement. For proofs.
 */

import { exactNumbers, type ImpactCount } from "../domain/impact/count-numbers";
import type { Samples } from "../domain/impact/count-sets";
import { NEED_MEASURES, REFERRAL_MEASURES } from "../domain/impact/numbers";
import { ALL_PATHS, type Recount } from "./impact-oracle";
import { slowPaired, slowQuarters, slowSurvival } from "./impact-oracle-estimates";

/** Estimates are of double precision, worked out in another order. */
const NEAR = 1e-9;

const sorted = (values: Iterable<string>) => [...values].sort().join(" ");

export function differences(count: ImpactCount, recount: Recount, before: Recount): string[] {
  return [
    ...setsDiffer("", count, count.sets, recount),
    ...setsDiffer("a year before: ", count, count.setsYearBefore, before),
    ...thingsDiffer(count, recount),
    ...(count.contactsYearBefore === before.contacts ? [] : ["contacts a year before"]),
    ...(sorted(count.servicesWithoutList) === sorted(recount.servicesWithoutList)
      ? []
      : ["services without a list"]),
    ...samplesDiffer(count, recount),
    ...estimatesDiffer(count, recount),
  ];
}

function setsDiffer(when: string, count: ImpactCount, sets: ImpactCount["sets"], recount: Recount): string[] {
  return [...new Set([...sets.keys(), ...recount.sets.keys()])].flatMap((measure) => {
    const found = [...(sets.get(measure) ?? [])].map((person) => count.people[person] ?? "nobody");
    const wanted = recount.sets.get(measure) ?? new Set<string>();
    const same = found.length === wanted.size && sorted(found) === sorted(wanted);
    return same ? [] : [`${when}${measure}: ${found.length} counted, ${wanted.size} recounted`];
  });
}

function thingsDiffer(count: ImpactCount, recount: Recount): string[] {
  const { things } = count;
  const pairs: [string, number, number][] = [["contacts", things.contacts, recount.contacts]];
  for (const what of REFERRAL_MEASURES) {
    pairs.push([`referrals ${what}`, things.referrals[what], recount.referrals[what]]);
  }
  for (const path of ALL_PATHS) {
    for (const what of NEED_MEASURES) {
      const found = things.issues[path]?.[what] ?? 0;
      pairs.push([`issues ${what} ${path}`, found, recount.issues.get(path)?.[what] ?? 0]);
    }
  }
  return pairs.flatMap(([what, found, wanted]) =>
    found === wanted ? [] : [`${what}: ${found} counted, ${wanted} recounted`],
  );
}

type Wanted = Recount["severity"];

function samplesDiffer(count: ImpactCount, recount: Recount): string[] {
  const { samples } = count;
  const pairs: [string, Samples | undefined, Wanted][] = [
    ["resolution", samples.resolution, recount.resolution],
    ["acceptance", samples.acceptance, recount.acceptance],
    ["completion", samples.completion, recount.completion],
    ["severity", samples.severity, recount.severity],
    ...[...new Set([...samples.instruments.keys(), ...recount.scores.keys()])].map(
      (id): [string, Samples | undefined, Wanted] => [
        `instrument ${id}`,
        samples.instruments.get(id),
        recount.scores.get(id) ?? [],
      ],
    ),
  ];
  return pairs.flatMap(([what, found, wanted]) => {
    const width = (wanted[0]?.length ?? 1) - 1;
    const rows = (found?.map((row) => row) ?? []).map((row) => {
      const values = Array.from({ length: width }, (_, at) => found?.value(row, at) ?? 0);
      return [count.people[found?.person(row) ?? -1], ...values].join(",");
    });
    return sorted(rows) === sorted(wanted.map((row) => row.join(","))) ? [] : [`sample of ${what}`];
  });
}

function estimatesDiffer(count: ImpactCount, recount: Recount): string[] {
  const { estimates } = exactNumbers(count);
  const near = (found: number | null | undefined, wanted: number) =>
    found === null || found === undefined ? Number.isNaN(wanted) : Math.abs(found - wanted) < NEAR;
  const faults: string[] = [];
  const check = (what: string, ok: boolean) => {
    if (!ok) faults.push(`estimate of ${what}`);
  };
  const { resolution, acceptance, completion, severity, instruments } = estimates;
  check("resolution: whether there is one", (resolution === null) === (recount.resolution.length === 0));
  for (const point of resolution?.curve ?? []) {
    const slow = slowSurvival(recount.resolution, point.days);
    check(`resolution, share at ${point.days}`, near(point.share, slow.share));
    check(`resolution, band at ${point.days}`, near(point.low, slow.low) && near(point.high, slow.high));
  }
  if (resolution) {
    const { days } = resolution.median;
    const longest = Math.max(...recount.resolution.map(([, lasted = 0]) => lasted));
    const atEnd = slowSurvival(recount.resolution, longest).share;
    if (days === null) check("the median, which is not reached", atEnd > 0.5 - NEAR);
    else {
      check("the median: half are over", slowSurvival(recount.resolution, days).share <= 0.5 + NEAR);
      check(
        "the median: no earlier",
        slowSurvival(recount.resolution, Math.ceil(days) - 1).share >= 0.5 - NEAR,
      );
    }
  }
  for (const [what, found, wanted] of [
    ["acceptance", acceptance, recount.acceptance],
    ["completion", completion, recount.completion],
  ] as const) {
    if (wanted.length === 0) check(what, found === null);
    else {
      const [low, middle, high] = slowQuarters(wanted);
      check(
        what,
        near(found?.quarters[0], low) && near(found?.median, middle) && near(found?.quarters[1], high),
      );
      check(`${what}, people`, found?.people === new Set(wanted.map(([person]) => person)).size);
    }
  }
  for (const [what, found, wanted] of [
    ["severity", severity, recount.severity] as const,
    ...[...recount.scores].map(
      ([id, wanted]) => [`instrument ${id}`, instruments[id] ?? null, wanted] as const,
    ),
  ]) {
    if (wanted.length === 0) {
      check(what, found === null);
      continue;
    }
    const slow = slowPaired(wanted);
    check(`${what}, mean`, near(found?.mean, slow.mean) && found?.people === slow.n);
    // Where nobody differs from another there is no interval, and the slow one has no width.
    if (found?.low === null) check(`${what}, interval`, slow.n < 2 || near(slow.low, slow.high));
    else check(`${what}, interval`, near(found?.low, slow.low) && near(found?.high, slow.high));
  }
  return faults;
}
