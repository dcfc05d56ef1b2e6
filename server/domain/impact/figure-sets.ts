/**
 * The sets that figures are made of, from what was counted: people by their record keys, and for each estimate the
 * people behind it together with their values, so that it is known how many of them an estimate has changed for.
 */

import type { Hmac } from "../disclosure";
import { coarsePaired, coarseResolution, coarseSpread } from "./coarse";
import { estimatesOf, type ImpactCount } from "./count-numbers";
import type { Samples } from "./count-sets";
import type { Estimate, ImpactSet, Members } from "./figures";
import { type Measure, measures } from "./numbers";

/** The scale of severity: 1 low to 4 crisis. */
const SEVERITY = { lowest: 1, highest: 4 };

/** An estimate is left out where more than this share of its rows is one person's: it would tell of that person. */
const MOST_OF_ONE = 0.1;

/** The sets of people of one span. `keys`: record keys by the number of the person. */
export function* setsOfPeople(
  sets: ReadonlyMap<Measure, Int32Array>,
  keys: BigInt64Array,
): Generator<ImpactSet> {
  for (const [measure, people] of sets) {
    yield { measure, members: members(people, (person) => keys[person]), estimate: null };
  }
}

/**
 * The estimates, each with its people and their values, and the people whose issues the time to resolution is of. One that
 * a single person weighs too much in is null, and its people are told all the same: an earlier one may stand for it.
 */
export function* setsOfEstimates(
  hmac: Hmac,
  { samples, instruments }: Pick<ImpactCount, "samples" | "instruments">,
  keys: BigInt64Array,
): Generator<ImpactSet> {
  const estimates = estimatesOf(samples);
  const watched = [...new Set(samples.resolution.map((row) => samples.resolution.person(row)))];
  if (watched.length > 0) {
    yield {
      measure: measures.watched,
      members: members(watched, (person) => keys[person]),
      estimate: null,
    };
  }
  const { resolution, acceptance, completion, severity } = estimates;
  const made: [Measure, Samples, Estimate | null][] = [
    [
      measures.estimate("resolution"),
      samples.resolution,
      resolution && {
        kind: "resolution",
        value: coarseResolution(resolution, peopleAtRisk(samples.resolution)),
      },
    ],
    [
      measures.estimate("acceptance"),
      samples.acceptance,
      acceptance && { kind: "spread", value: coarseSpread(acceptance) },
    ],
    [
      measures.estimate("completion"),
      samples.completion,
      completion && { kind: "spread", value: coarseSpread(completion) },
    ],
    [
      measures.estimate("severity"),
      samples.severity,
      severity && { kind: "paired", value: coarsePaired(severity, SEVERITY) },
    ],
    ...instruments.flatMap(({ id, ...scale }): [Measure, Samples, Estimate | null][] => {
      const of = samples.instruments.get(id);
      const change = estimates.instruments[id];
      if (!of || !change) return [];
      return [
        [measures.estimate(`instrument|${id}`), of, { kind: "paired", value: coarsePaired(change, scale) }],
      ];
    }),
  ];
  for (const [measure, of, estimate] of made) {
    if (of.length === 0) continue;
    const isOfOne = mostOfOne(of) > MOST_OF_ONE * of.length;
    yield {
      measure,
      members: peopleWithValues(hmac, measure, of, keys),
      estimate: isOfOne ? null : estimate,
    };
  }
}

/** How many people have something that was watched for so many days. */
function peopleAtRisk(of: Samples): (day: number) => number {
  const longest = new Map<number, number>();
  for (let row = 0; row < of.length; row += 1) {
    const person = of.person(row);
    longest.set(person, Math.max(longest.get(person) ?? 0, of.value(row, 0)));
  }
  const days = [...longest.values()];
  return (day) => days.filter((watched) => watched >= day).length;
}

/** Rows of whoever has most of them. */
function mostOfOne(of: Samples): number {
  const rows = new Map<number, number>();
  let most = 0;
  for (let row = 0; row < of.length; row += 1) {
    const own = (rows.get(of.person(row)) ?? 0) + 1;
    rows.set(of.person(row), own);
    most = Math.max(most, own);
  }
  return most;
}

/** A key for each person together with their values: somebody whose values changed has another one. */
function peopleWithValues(hmac: Hmac, measure: Measure, of: Samples, keys: BigInt64Array): Members {
  const values = new Map<number, string[]>();
  for (let row = 0; row < of.length; row += 1) {
    const person = of.person(row);
    const text = Array.from({ length: of.width }, (_, at) => of.value(row, at)).join(",");
    const own = values.get(person);
    if (own) own.push(text);
    else values.set(person, [text]);
  }
  return members([...values.keys()], (person) => {
    const key = keys[person];
    if (key === undefined) return undefined;
    const said = (values.get(person) ?? []).sort().join(";");
    const hash = hmac(`ie|v1|${measure}|${key}|${said}`);
    return new DataView(hash.buffer, hash.byteOffset, hash.byteLength).getBigInt64(0);
  });
}

function members(people: ArrayLike<number>, keyOf: (person: number) => bigint | undefined): Members {
  const keys = new BigInt64Array(people.length);
  for (let at = 0; at < people.length; at += 1) {
    const key = keyOf(people[at] ?? -1);
    if (key === undefined) throw new Error("Somebody who was counted has no record key");
    keys[at] = key;
  }
  return keys.sort();
}
