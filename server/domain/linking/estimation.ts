/**
 * Estimates what agreement is worth from the records themselves, without anybody's word on who is who: u from pairs
 * taken at random, m and the prior by expectation and maximisation (Dempster, Laird and Rubin 1977; Winkler 1988)
 * over distinct patterns of agreement, so that a round costs the same whatever the number of pairs.
 *
 * The model is that of all pairs there are, not of those that share a blocking key: pairs outside the blocks count
 * as two people's. So a field that a blocking rule leans on is not taken to agree more often than it does, as long
 * as blocking misses few; m would be too high for those fields if shares were taken among candidates by rule.
 */

import { type Comparison, FIELDS, FREQUENCY_FIELDS, type FrequencyField, LEVELS } from "./comparison";
import {
  type Chance,
  FREQUENCY_FLOORS,
  type Frequencies,
  type LinkModel,
  type LinkParameters,
  SHIPPED_MODEL,
} from "./model";
import type { LinkRecord } from "./record";

/** How often each pattern of agreement was seen. */
export class PatternCounts {
  readonly #counts = new Map<string, number>();
  #pairs = 0;

  /** Pairs counted. */
  get pairs(): number {
    return this.#pairs;
  }

  add({ levels }: Pick<Comparison, "levels">, times = 1): void {
    const pattern = FIELDS.map((field) => levels[field] ?? "").join("|");
    this.#counts.set(pattern, (this.#counts.get(pattern) ?? 0) + times);
    this.#pairs += times;
  }

  /** Each pattern once: the number of its level in each field, -1 where nothing is known. */
  patterns(): Pattern[] {
    return [...this.#counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([text, count]) => ({ levels: text.split("|").map((level, at) => numberOf(at, level)), count }));
  }
}

interface Pattern {
  levels: readonly number[];
  count: number;
}

function numberOf(fieldAt: number, level: string): number {
  const field = FIELDS[fieldAt];
  const levels: readonly string[] = field ? LEVELS[field] : [];
  return levels.indexOf(level);
}

export interface Evidence {
  /** Records there are. */
  records: number;
  /** Pairs that share a blocking key and that no veto keeps apart. */
  candidates: PatternCounts;
  /** Pairs taken at random. */
  random: PatternCounts;
}

export interface Estimate {
  parameters: LinkParameters;
  /** Rounds until nothing moved any more. */
  rounds: number;
  /** Pairs of one person that the model expects among the candidates. */
  expectedPairs: number;
}

/**
 * How many pairs the starting model counts for in m and in u: enough to hold a level that a small file never shows,
 * too few to be felt in a file of thousands.
 */
const HELD_BY_PAIRS_M = 30;
const HELD_BY_PAIRS_U = 300;

const MOST_ROUNDS = 500;
/** The largest change of a share in a round at which it has converged (Splink's is 0.0001). */
const CONVERGED = 0.00001;

/** Estimates a model from patterns, beginning with another and shrunk towards it where there is little to go by. */
export function estimateParameters(
  version: string,
  { records, candidates, random }: Evidence,
  start: LinkParameters = SHIPPED_MODEL,
): Estimate {
  const allPairs = (records * (records - 1)) / 2;
  const [among, anywhere] = [candidates.patterns(), random.patterns()];
  const starting = tableOf(start);
  let table = starting;
  let share = Math.min(0.1, 2 ** start.prior);
  let rounds = 0;
  let expectedPairs = 0;
  for (let change = 1; change > CONVERGED && rounds < MOST_ROUNDS; rounds += 1) {
    const weighed = among.map((pattern) => ({
      ...pattern,
      count: pattern.count * posterior(table, share, pattern),
    }));
    const strangers = anywhere.map((pattern) => ({
      ...pattern,
      count: pattern.count * (1 - posterior(table, share, pattern)),
    }));
    expectedPairs = weighed.reduce((sum, { count }) => sum + count, 0);
    const next = table.map((levels, field) => {
      const ms = shares(weighed, field, starting[field] ?? [], "m", HELD_BY_PAIRS_M);
      const us = shares(strangers, field, starting[field] ?? [], "u", HELD_BY_PAIRS_U);
      return levels.map((_, level) => ({ m: ms[level] ?? 0, u: us[level] ?? 0 }));
    });
    change = Math.max(
      ...next.flatMap((levels, field) =>
        levels.flatMap((chance, level) => Math.abs(chance.m - (table[field]?.[level]?.m ?? 0))),
      ),
    );
    table = next;
    // One pair at least, so that a file without a duplicate keeps a prior.
    share = Math.min(0.5, Math.max(expectedPairs, 1) / Math.max(allPairs, 2));
  }
  const parameters = {
    version,
    prior: Math.log2(share / (1 - share)),
    fields: fieldsOf(table),
    thresholds: start.thresholds,
  };
  return { parameters, rounds, expectedPairs };
}

type Table = readonly (readonly Chance[])[];

const tableOf = ({ fields }: LinkParameters): Table =>
  FIELDS.map((field) => LEVELS[field].map((level) => fields[field][level] ?? { m: 0.001, u: 0.001 }));

function fieldsOf(table: Table): LinkParameters["fields"] {
  const fields = { ...SHIPPED_MODEL.fields };
  for (const [at, field] of FIELDS.entries()) {
    fields[field] = Object.fromEntries(
      LEVELS[field].map((level, number) => [level, table[at]?.[number] ?? { m: 0.001, u: 0.001 }]),
    );
  }
  return fields;
}

/** Chance that a pair of this pattern is one person's. */
function posterior(table: Table, share: number, { levels }: Pattern): number {
  let odds = share / (1 - share);
  for (let field = 0; field < levels.length; field += 1) {
    const chance = table[field]?.[levels[field] ?? -1];
    if (chance) odds *= chance.m / chance.u;
  }
  return odds / (1 + odds);
}

/**
 * The share of each level among these pairs, shrunk towards the start. A level never seen has half a pair: it is
 * rarer than one in all the pairs that were looked at, and no more is known.
 */
function shares(
  patterns: readonly Pattern[],
  field: number,
  starting: readonly Chance[],
  of: "m" | "u",
  heldBy: number,
): number[] {
  const sums = starting.map(() => 0);
  let pairs = 0;
  for (const { levels, count } of patterns) {
    const level = levels[field] ?? -1;
    if (level < 0) continue;
    sums[level] = (sums[level] ?? 0) + count;
    pairs += count;
  }
  const whole = starting.reduce((sum, chance) => sum + chance[of], 0);
  const held = sums.map((sum, level) => {
    const start = (starting[level]?.[of] ?? 0) / whole;
    return Math.max(sum + heldBy * start, Math.min(0.5, (pairs + heldBy) * start));
  });
  const total = held.reduce((sum, value) => sum + value, 0);
  return held.map((value) => value / total);
}

/** The values of each field that has frequencies. */
function frequencyValues(record: LinkRecord): Record<FrequencyField, readonly string[]> {
  const known = (value: string | null | undefined) => (value ? [value] : []);
  return {
    givenName: known(record.givenNames[0]),
    familyName: known(record.familyNames.join("")),
    dateOfBirth: known(record.dateOfBirth),
    postcode: known(record.postcode),
    phone: record.phones,
  };
}

const usual = (field: "givenName" | "familyName" | "dateOfBirth" | "place" | "phone", level: string) =>
  SHIPPED_MODEL.fields[field][level]?.u ?? 1;

/** How often strangers share a value of a field. */
const USUAL_SHARE: Readonly<Record<FrequencyField, number>> = {
  givenName: usual("givenName", "same"),
  familyName: usual("familyName", "same"),
  dateOfBirth: usual("dateOfBirth", "same"),
  postcode: usual("place", "postcode"),
  phone: usual("phone", "same"),
};

/** A record and whoever it is thought to be: any text or number that its other records share. */
export interface Owned {
  record: LinkRecord;
  person: string | number;
}

/** How common each value is among people, of records that are told whose they are. */
export function frequenciesOf(records: Iterable<Owned>): Frequencies {
  const people = new Map<string | number, LinkRecord[]>();
  for (const { record, person } of records) {
    const own = people.get(person);
    if (own) own.push(record);
    else people.set(person, [record]);
  }
  return frequenciesOfPeople(people.values());
}

/**
 * How common each value is among people, each with their records: somebody with five records counts once, or their
 * own name would look common. One person is taken off each value, as if they were the pair that is weighed: what
 * counts is how many others have the value too. Values at the floor are left out.
 */
export function frequenciesOfPeople(people: Iterable<readonly LinkRecord[]>): Frequencies {
  const counts = new ValueCounts();
  for (const records of people) counts.add(records);
  return counts.frequencies();
}

/** The same, one person after another: for people who are not all at hand at once. */
export class ValueCounts {
  readonly #fields = FREQUENCY_FIELDS.map((field) => ({
    field,
    known: 0,
    carriers: new Map<string, number>(),
  }));

  /** Counts one person by all their records. */
  add(records: readonly LinkRecord[]): void {
    const values = records.map(frequencyValues);
    for (const count of this.#fields) {
      const own = values.flatMap((value) => value[count.field]);
      if (own.length > 0) count.known += 1;
      for (const value of own.length > 1 ? new Set(own) : own) {
        count.carriers.set(value, (count.carriers.get(value) ?? 0) + 1);
      }
    }
  }

  /** How common each value was among everybody counted. */
  frequencies(): Frequencies {
    return Object.fromEntries(
      this.#fields.map(({ field, known, carriers }) => {
        const common = new Map<string, number>();
        for (const [value, carried] of carriers) {
          const others = carried - 1;
          // A value that nobody else has is not taken to be commoner than values are as a rule: in a small file half a
          // person would be a large share.
          const share = others > 0 ? (others + 0.5) / known : Math.min(0.5 / known, USUAL_SHARE[field]);
          if (share > FREQUENCY_FLOORS[field]) common.set(value, share);
        }
        return [field, common];
      }),
    );
  }
}

/** A model of its parameters and the frequencies of the records that it is used on. */
export function modelOf(parameters: LinkParameters, frequencies: Frequencies): LinkModel {
  return { ...parameters, frequencies };
}
