/**
 * Counts several organisations as one: sets of people are joined by who each person is, so that somebody whom two of
 * them know counts once. Pure. Where only one answer can hold of a person (an age, a home, how severity went) and the
 * organisations differ, the first of them that knows it is believed. Instruments are each organisation's own and stay out.
 */

import { slicesOf } from "../slices";
import type { ImpactSamples } from "./count";
import type { AuthorityHouseholds, ImpactCount } from "./count-numbers";
import { Samples } from "./count-sets";
import { COURSES, kindOf, type Measure, type MeasureKind, measures, WAITING_DAYS } from "./numbers";

/** What one organisation counted, and who its people are: keys by the number of the person, the same everywhere. */
export interface CountedPart {
  count: ImpactCount;
  keys: BigInt64Array;
}

/** What they counted together. Things are not counted: they would be exact. */
export type CountedTogether = Pick<
  ImpactCount,
  "sets" | "setsYearBefore" | "samples" | "instruments" | "authorities"
> & {
  /** Who people are, by their number here. */
  keys: BigInt64Array;
};

type Sets = ReadonlyMap<Measure, Int32Array>;

/** Counts the parts together. Their order decides whom to believe. */
export function countTogether(parts: readonly CountedPart[]): CountedTogether {
  const keys = [...new Set(parts.flatMap(({ keys }) => [...keys]))].sort((a, b) => (a < b ? -1 : 1));
  const places = new Map(keys.map((key, place) => [key, place]));
  /** Numbers here of the people of a part. */
  const numbers = parts.map((part) => Int32Array.from(part.keys, (key) => places.get(key) ?? -1));
  const joined = (setsOf: (count: ImpactCount) => Sets) =>
    joinSets(
      parts.map(({ count }, at) => renumbered(setsOf(count), (person) => numbers[at]?.[person] ?? -1)),
    );
  return {
    sets: joined(({ sets }) => sets),
    setsYearBefore: joined(({ setsYearBefore }) => setsYearBefore),
    samples: joinSamples(parts, numbers),
    instruments: [],
    authorities: distinct(parts.flatMap(({ count }) => count.authorities)),
    keys: BigInt64Array.from(keys),
  };
}

const renumbered = (sets: Sets, numberOf: (person: number) => number): Map<Measure, Set<number>> =>
  new Map(
    [...sets]
      .filter(([measure]) => kindOf(measure) !== "instrument")
      .map(([measure, people]) => [measure, new Set(Array.from(people, numberOf))]),
  );

/** Sets of which a person can be in those of one organisation alone: those that know something before those that do not. */
interface Answers {
  known: (measure: Measure) => boolean;
  unknown: (measure: Measure) => boolean;
}

const oneOf = (all: readonly Measure[]) => (measure: Measure) => all.includes(measure);
const ofKind =
  (...kinds: readonly MeasureKind[]) =>
  (measure: Measure) =>
    kinds.includes(kindOf(measure));

const ofDimension = (dimension: "age" | "sex"): Answers => {
  const named = (unknown: boolean) =>
    oneOf(
      slicesOf(dimension)
        .filter(({ name }) => name.endsWith("=unknown") === unknown)
        .map(({ number }) => measures.slice(number)),
    );
  return { known: named(false), unknown: named(true) };
};

const ANSWERS: readonly Answers[] = [
  ofDimension("age"),
  ofDimension("sex"),
  {
    known: ofKind("decile", "placed", "fifth", "authority"),
    unknown: ofKind("not-placed"),
  },
  {
    known: oneOf(([...COURSES, "both"] as const).map(measures.severity)),
    unknown: oneOf([measures.severity("once")]),
  },
];

/** Bands of waiting, longest first: somebody with several needs is where the one lies that has been open longest. */
const WAITING = WAITING_DAYS.map(measures.waiting).reverse();

function joinSets(parts: readonly Map<Measure, Set<number>>[]): Map<Measure, Int32Array> {
  const joined = new Map<Measure, Set<number>>();
  const add = (measure: Measure, person: number) => {
    const set = joined.get(measure);
    if (set) set.add(person);
    else joined.set(measure, new Set([person]));
  };
  const special = (measure: Measure) =>
    WAITING.includes(measure) || ANSWERS.some(({ known, unknown }) => known(measure) || unknown(measure));
  for (const sets of parts) {
    for (const [measure, people] of sets) {
      if (!special(measure)) for (const person of people) add(measure, person);
    }
  }
  const waits = new Set<number>();
  for (const measure of WAITING) {
    const here = new Set(parts.flatMap((sets) => [...(sets.get(measure) ?? [])]));
    for (const person of here) if (!waits.has(person)) add(measure, person);
    for (const person of here) waits.add(person);
  }
  for (const { known, unknown } of ANSWERS) {
    const believed = whoIsBelieved(parts, [known, unknown]);
    parts.forEach((sets, at) => {
      for (const [measure, people] of sets) {
        const answers = known(measure) ? 0 : unknown(measure) ? 1 : null;
        if (answers === null) continue;
        for (const person of people) {
          const by = believed.get(person);
          if (by?.part === at && by.answers === answers) add(measure, person);
        }
      }
    });
  }
  return new Map([...joined].map(([measure, people]) => [measure, Int32Array.from(people).sort()]));
}

/** By person: the part that is believed, and whether it knows (0) or not (1). */
function whoIsBelieved(
  parts: readonly Map<Measure, Set<number>>[],
  kinds: readonly ((measure: Measure) => boolean)[],
): Map<number, { part: number; answers: number }> {
  const believed = new Map<number, { part: number; answers: number }>();
  kinds.forEach((isOfKind, answers) => {
    parts.forEach((sets, part) => {
      for (const [measure, people] of sets) {
        if (!isOfKind(measure)) continue;
        for (const person of people) if (!believed.has(person)) believed.set(person, { part, answers });
      }
    });
  });
  return believed;
}

/** Values behind the estimates: issues and referrals of all, and of severity one course for each person. */
function joinSamples(parts: readonly CountedPart[], numbers: readonly Int32Array[]): ImpactSamples {
  const join = (of: (samples: ImpactSamples) => Samples, width: number, once: boolean) => {
    const joined = new Samples(width);
    const seen = new Set<number>();
    parts.forEach(({ count }, at) => {
      const samples = of(count.samples);
      const own = new Set<number>();
      for (let row = 0; row < samples.length; row += 1) {
        const person = numbers[at]?.[samples.person(row)] ?? -1;
        if (once && seen.has(person)) continue;
        own.add(person);
        joined.add(person, ...Array.from({ length: width }, (_, value) => samples.value(row, value)));
      }
      for (const person of own) seen.add(person);
    });
    return joined;
  };
  return {
    resolution: join(({ resolution }) => resolution, 2, false),
    acceptance: join(({ acceptance }) => acceptance, 1, false),
    completion: join(({ completion }) => completion, 1, false),
    severity: join(({ severity }) => severity, 2, true),
    instruments: new Map(),
  };
}

function distinct(authorities: readonly AuthorityHouseholds[]): AuthorityHouseholds[] {
  const named = new Map(
    authorities.map((each) => [measures.authority(each.nation, each.edition, each.code), each]),
  );
  return [...named.values()];
}
