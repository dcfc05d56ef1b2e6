/**
 * From what was counted to the numbers of a summary: exact ones here; figures are made from the same sets. What is
 * estimated, and which authorities the area is, follow one rule for both.
 */

import type { Counted, ImpactSamples } from "./count";
import type { Samples } from "./count-sets";
import {
  type AreaProfile,
  type Estimates,
  type ExactNumbers,
  type ImpactInstrument,
  type Measure,
  measures,
  type PairedChange,
  type PeopleNumbers,
} from "./numbers";
import { daysSpread, pairedChange } from "./paired";
import { medianOfCurve, survivalCurve } from "./survival";

/** Households of one authority by decile of a nation and edition, 1 first. */
export interface AuthorityHouseholds {
  nation: string;
  edition: string;
  code: string;
  name: string;
  households: readonly number[];
}

/** All that was counted for a summary at one cut-off. People are places in `people`. */
export interface ImpactCount extends Counted {
  /** Own client ids that stand for people: each is the first of those that the organisation's records make one person. */
  people: readonly string[];
  instruments: readonly ImpactInstrument[];
  servicesWithoutList: readonly string[];
  /** Of every authority in the name of a set. */
  authorities: readonly AuthorityHouseholds[];
}

/** Fewest people behind a median, a mean or a curve that leaves the organisation. */
export const FEWEST_FOR_ESTIMATES = 30;

/** Sizes of the sets, by their names. */
function exactPeople(sets: ReadonlyMap<Measure, Int32Array>): PeopleNumbers {
  return Object.fromEntries([...sets].map(([measure, people]) => [measure, people.length]));
}

/** The numbers as they are, for the organisation's own members. */
export function exactNumbers(count: ImpactCount): ExactNumbers {
  const people = exactPeople(count.sets);
  const hasYearBefore = count.contactsYearBefore > 0;
  return {
    basis: "exact",
    people,
    estimates: estimatesOf(count.samples),
    areas: areaProfiles(count.authorities, people),
    instruments: count.instruments,
    servicesWithoutList: count.servicesWithoutList,
    yearBefore: hasYearBefore ? exactPeople(count.setsYearBefore) : null,
    things: count.things,
    contactsYearBefore: hasYearBefore ? count.contactsYearBefore : null,
  };
}

/**
 * The estimates; null where they would be of nobody. Inside they show however few people they stand on. For what leaves,
 * `shownEstimates` (figures.ts) asks whether the figure of their people is FEWEST_FOR_ESTIMATES or more.
 */
export function estimatesOf(samples: ImpactSamples): Estimates {
  const ofSomebody = <T>(of: Samples, make: (people: number) => T): T | null => {
    const people = of.peopleCount();
    return people > 0 ? make(people) : null;
  };
  const spread = (of: Samples) =>
    ofSomebody(of, (people) =>
      daysSpread(
        of.map((row) => of.value(row, 0)),
        people,
      ),
    );
  const paired = (of: Samples): PairedChange | null =>
    ofSomebody(of, () =>
      pairedChange(of.map((row) => ({ first: of.value(row, 0), latest: of.value(row, 1) }))),
    );
  const { resolution, acceptance, completion, severity, instruments } = samples;
  return {
    resolution: ofSomebody(resolution, (people) => {
      const lasting = resolution.map((row) => ({
        days: resolution.value(row, 0),
        ended: resolution.value(row, 1) === 1,
      }));
      const curve = survivalCurve(lasting);
      const resolved = lasting.filter(({ ended }) => ended).length;
      return { issues: lasting.length, people, resolved, median: medianOfCurve(curve), curve };
    }),
    acceptance: spread(acceptance),
    completion: spread(completion),
    severity: paired(severity),
    instruments: Object.fromEntries([...instruments].map(([id, of]) => [id, paired(of)])),
  };
}

/** Least share of the people with a decile who came from an authority, for its households to be compared with. */
const LEAST_SHARE = 0.1;

/**
 * The households that people are compared with, by nation and edition: those of every authority from which a tenth or
 * more of them came, added up. `people` are exact numbers or figures; of a hidden one it is not known, so it is left out.
 */
export function areaProfiles(
  authorities: readonly AuthorityHouseholds[],
  people: PeopleNumbers,
): AreaProfile[] {
  const profiles = new Map<string, AuthorityHouseholds[]>();
  for (const authority of authorities) {
    const { nation, edition, code } = authority;
    const placed = people[measures.placed(nation, edition)] ?? 0;
    const from = people[measures.authority(nation, edition, code)] ?? 0;
    if (from === 0 || from < LEAST_SHARE * placed) continue;
    const key = measures.placed(nation, edition);
    profiles.set(key, [...(profiles.get(key) ?? []), authority]);
  }
  const peopleOf = ({ nation, edition, code }: AuthorityHouseholds) =>
    people[measures.authority(nation, edition, code)] ?? 0;
  return [...profiles.values()].flatMap((all) => {
    const [first] = all;
    if (!first) return [];
    const households = first.households.map((_, at) =>
      all.reduce((sum, authority) => sum + (authority.households[at] ?? 0), 0),
    );
    if (households.every((count) => count === 0)) return [];
    const areas = all
      .toSorted((a, b) => peopleOf(b) - peopleOf(a) || (a.name < b.name ? -1 : 1))
      .map(({ name }) => name);
    return [{ nation: first.nation, edition: first.edition, areas, households }];
  });
}
