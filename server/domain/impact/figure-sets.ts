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

/** The sets of people of one span. `keys`: record keys by the number of the person. */
export function* setsOfPeople(
  sets: ReadonlyMap<Measure, Int32Array>,
  keys: BigInt64Array,
): Generator<ImpactSet> {
  for (const [measure, people] of sets) {
    yield { measure, members: members(people, (person) => keys[person]), estimate: null };
  }
}

/** The estimates, each with its people and their values, and the people whose issues the time to resolution is of. */
export function* setsOfEstimates(
  hmac: Hmac,
  { samples }: Pick<ImpactCount, "samples">,
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
  const made: [Measure, Samples, Estimate | null][] = [
    [
      measures.estimate("resolution"),
      samples.resolution,
      estimates.resolution && { kind: "resolution", value: coarseResolution(estimates.resolution) },
    ],
    [
      measures.estimate("acceptance"),
      samples.acceptance,
      estimates.acceptance && { kind: "spread", value: coarseSpread(estimates.acceptance) },
    ],
    [
      measures.estimate("completion"),
      samples.completion,
      estimates.completion && { kind: "spread", value: coarseSpread(estimates.completion) },
    ],
    [
      measures.estimate("severity"),
      samples.severity,
      estimates.severity && { kind: "paired", value: coarsePaired(estimates.severity) },
    ],
    ...[...samples.instruments].map(([id, of]): [Measure, Samples, Estimate | null] => {
      const change = estimates.instruments[id] ?? null;
      const estimate: Estimate | null = change && { kind: "paired", value: coarsePaired(change) };
      return [measures.estimate(`instrument|${id}`), of, estimate];
    }),
  ];
  for (const [measure, of, estimate] of made) {
    if (estimate) yield { measure, members: peopleWithValues(hmac, measure, of, keys), estimate };
  }
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
