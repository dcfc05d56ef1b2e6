/**
 * Whom the made county's courts sentenced in four years, three programmes that some of them joined, and what came
 * after. Everybody has two lives: one as it would have gone, and one with their programme, in which each later offence
 * of the first is left out with a known chance. Only one of the two is written to the files, so that the effect of a
 * programme is known here and has to be found there. Those who join are more likely to offend than others: a plain
 * comparison of the two groups misleads.
 */

import { addDays, type Day, daysBetween } from "../domain/period";
import { AUTHORITIES, type County } from "./county";
import { DAYS, FOLLOW_UP, type LabDays, labDays } from "./lab-days";
import { makeName, type Sex } from "./names";
import { pncId, prisonNumber } from "./people";
import { Chance } from "./random";

export type ProgrammeKey = "mentors" | "court-desk" | "pilot";

/** A programme that people of the extract joined. */
export interface Programme {
  key: ProgrammeKey;
  /** Rate of offences with it over the rate without it. 1: it changes nothing. */
  rateRatio: number;
  people: number;
}

/**
 * The truth of the three programmes. What it comes to in people of 100 hangs on who joined: `trueEffect`.
 */
export const PROGRAMMES: Readonly<Record<ProgrammeKey, Programme>> = {
  /** Work mentors of the employment charity: the cohort that is sent in the demo. */
  mentors: { key: "mentors", rateRatio: 0.62, people: 194 },
  /** A desk of the advice charity at the magistrates' court, which women were sent to. */
  "court-desk": { key: "court-desk", rateRatio: 0.6, people: 176 },
  /** The charity's first year, before it had mentors: a course of four mornings, which changed nothing. */
  pilot: { key: "pilot", rateRatio: 1, people: 92 },
};

export type SentenceKind = "community" | "up-to-6-months" | "6-to-12-months" | "over-12-months";
export type OffenceKind = "theft" | "violence" | "drugs" | "other";

/** What is known of somebody on the day of the sentence. */
export interface Traits {
  age: number;
  sex: "female" | "male";
  earlierConvictions: number;
  ageFirst: number;
  sentence: SentenceKind;
  violentBefore: boolean;
  drugsBefore: boolean;
  /** Days of the year before in work, and on out-of-work benefits; null where no tax record was found. */
  employmentDays: number | null;
  benefitDays: number | null;
  area: keyof typeof AUTHORITIES;
}

export interface Offence {
  on: Day;
  kind: OffenceKind;
  /** Whether it would have been left out with a programme that leaves out this share: smaller than the share. */
  luck: number;
}

export interface Sentenced {
  number: number;
  givenName: string;
  familyName: string;
  sex: Sex;
  dateOfBirth: Day;
  postcode: string;
  pncId: string;
  prisonNumber: string | null;
  /** The day of the sentence, or of coming out for those who were sent to prison. */
  indexOn: Day;
  traits: Traits;
  /** Offences to be expected within a year without a programme, before what chance gives each person. */
  expected: number;
  /** Every offence as it would have come without a programme, in order. */
  offences: readonly Offence[];
  programme: ProgrammeKey | null;
  /** First day in the programme. */
  startedOn: Day | null;
  /** Why the charity's row of this person does not reach a result, for those who were made for it. */
  lostAs: "no-index-in-window" | "follow-up-not-over" | "nobody-similar" | "not-certain" | null;
}

/** How much people of the same traits differ: variance of a gamma variable with mean 1 that multiplies the rate. */
const SPREAD = 0.7;
/** Ordinary people of the extract, before those who are made to be lost. */
const PEOPLE = 4_600;
/** Their numbers begin where no made client has one, so that no identifier is given twice. */
const FIRST_NUMBER = 50_000;

/** Everybody in the extract: the same seed, county and day give the same people. */
export function makeSentenced(seed: string, county: County, today: Day): Sentenced[] {
  const days = labDays(today);
  const homes = homesOf(county);
  const people = Array.from({ length: PEOPLE }, (_, i) =>
    makeOne(new Chance(`${seed}/sentenced ${i}`), FIRST_NUMBER + i, homes, days),
  );
  joinMentors(seed, people, days);
  joinCourtDesk(seed, people, days);
  joinPilot(seed, people, days);
  return [...people, ...makeLost(seed, FIRST_NUMBER + PEOPLE, homes, days)];
}

function homesOf({ smallAreas, postcodes }: County) {
  const byArea = new Map<unknown, string[]>();
  for (const { smallArea, smallUser, terminated, postcode } of postcodes) {
    if (!smallUser || terminated !== null) continue;
    const known = byArea.get(smallArea) ?? [];
    known.push(postcode);
    byArea.set(smallArea, known);
  }
  const keys = Object.keys(AUTHORITIES) as (keyof typeof AUTHORITIES)[];
  return smallAreas.flatMap((area) => {
    const own = byArea.get(area);
    const authority = keys.find((key) => AUTHORITIES[key].code === area.authority.code);
    return own && authority
      ? [{ authority, postcodes: own, weight: area.households * (0.2 + area.deprivation ** 1.4) }]
      : [];
  });
}
type Homes = ReturnType<typeof homesOf>;

function makeOne(chance: Chance, number: number, homes: Homes, days: LabDays): Sentenced {
  const sex = chance.happens(0.2) ? "female" : "male";
  const home = chance.weighted(homes, ({ weight }) => weight);
  const indexOn = addDays(days.from, chance.below(DAYS));
  const age = Math.round(Math.min(78, 17.5 + Math.exp(chance.normal(2.6, 0.6))));
  const traits = traitsOf(chance, age, sex, home.authority);
  return livedOn(chance, days, {
    ...named(chance, number, sex),
    dateOfBirth: addDays(indexOn, -Math.round(age * 365.25) - chance.below(365)),
    postcode: chance.pick(home.postcodes),
    prisonNumber: traits.sentence === "community" ? null : prisonNumber(number),
    indexOn,
    traits,
  });
}

function named(chance: Chance, number: number, sex: "female" | "male") {
  const { given, family } = makeName(chance, sex);
  return { number, givenName: given, familyName: family, sex, pncId: pncId(chance, number) };
}

function traitsOf(
  chance: Chance,
  age: number,
  sex: "female" | "male",
  area: keyof typeof AUTHORITIES,
): Traits {
  const ageFirst = Math.min(age, 11 + Math.floor(Math.exp(chance.normal(1.75, 0.6))));
  const years = age - ageFirst + 0.5;
  const often = Math.log(0.55 * years + 0.4) - (sex === "female" ? 0.4 : 0);
  const earlierConvictions = Math.min(45, Math.floor(Math.exp(chance.normal(often, 0.8))));
  const custody = 1 / (1 + Math.exp(1.5 - 0.05 * earlierConvictions));
  const sentence = chance.happens(custody)
    ? chance.pick(["up-to-6-months", "up-to-6-months", "6-to-12-months", "over-12-months"] as const)
    : "community";
  const worked = 1 / (1 + Math.exp(0.1 + 0.05 * earlierConvictions + (sentence === "community" ? 0 : 0.7)));
  const employmentDays = chance.happens(worked) ? 20 + chance.below(346) : 0;
  const benefitDays = chance.happens(0.75) ? chance.below(Math.max(1, 366 - employmentDays)) : 0;
  const hasNoTaxRecord = chance.happens(0.02);
  return {
    age,
    sex,
    earlierConvictions,
    ageFirst,
    sentence,
    violentBefore: chance.happens(Math.min(0.85, 0.12 + 0.03 * earlierConvictions)),
    drugsBefore: chance.happens(Math.min(0.75, 0.08 + 0.025 * earlierConvictions)),
    employmentDays: hasNoTaxRecord ? null : employmentDays,
    benefitDays: hasNoTaxRecord ? null : benefitDays,
    area,
  };
}

const SENTENCE_RISK: Readonly<Record<SentenceKind, number>> = {
  community: 0,
  "up-to-6-months": 0.35,
  "6-to-12-months": 0.15,
  "over-12-months": -0.1,
};

/** Offences to be expected within a year, by what is known on the day of the sentence. */
function expectedOffences(traits: Traits): number {
  const { age, sex, earlierConvictions, ageFirst, employmentDays, benefitDays } = traits;
  return Math.exp(
    -1.75 +
      0.5 * Math.log1p(earlierConvictions) -
      0.02 * (age - 33) -
      0.012 * (ageFirst - 17) -
      (sex === "female" ? 0.2 : 0) +
      SENTENCE_RISK[traits.sentence] +
      (traits.drugsBefore ? 0.25 : 0) +
      (traits.violentBefore ? 0.1 : 0) -
      0.0022 * (employmentDays ?? 60) +
      0.0008 * (benefitDays ?? 120) +
      (traits.area === "city" ? 0.1 : 0),
  );
}

/** Adds what would have come: offences at a steady rate of their own until the extract ends. */
function livedOn(
  chance: Chance,
  { completeTo }: LabDays,
  person: Omit<Sentenced, "expected" | "offences" | "programme" | "startedOn" | "lostAs">,
): Sentenced {
  const expected = expectedOffences(person.traits);
  const rate = (expected * gamma(chance, 1 / SPREAD) * SPREAD) / FOLLOW_UP;
  const offences: Offence[] = [];
  const until = daysBetween(person.indexOn, completeTo);
  for (let day = wait(chance, rate); day <= until; day += wait(chance, rate)) {
    offences.push({
      on: addDays(person.indexOn, Math.max(1, Math.ceil(day))),
      kind: chance.weighted(["theft", "violence", "drugs", "other"] as const, (kind) =>
        kind === "theft" ? 45 : kind === "violence" ? 20 : kind === "drugs" ? 15 : 20,
      ),
      luck: chance.unit(),
    });
  }
  return { ...person, expected, offences, programme: null, startedOn: null, lostAs: null };
}

const wait = (chance: Chance, rate: number) => -Math.log(1 - chance.unit()) / rate;

/** From a gamma distribution of scale 1 (Marsaglia and Tsang 2000), for shapes of at least 1. */
function gamma(chance: Chance, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = chance.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - chance.unit()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/**
 * Draws who joins: the more the wish, the likelier (weights exp(wish), without replacement, Efraimidis and Spirakis
 * 2006). The wish hangs on nothing but what the extract holds, so that it can be allowed for.
 */
function join(
  seed: string,
  people: readonly Sentenced[],
  key: ProgrammeKey,
  wish: (person: Sentenced) => number | null,
  startsOn: (chance: Chance, person: Sentenced) => Day,
): void {
  const drawn = people.flatMap((person) => {
    const wished = person.programme === null ? wish(person) : null;
    if (wished === null) return [];
    const chance = new Chance(`${seed}/${key} ${person.number}`);
    return [{ person, chance, rank: -Math.log(1 - chance.unit()) * Math.exp(-wished) }];
  });
  drawn.sort((a, b) => a.rank - b.rank || a.person.number - b.person.number);
  for (const { person, chance } of drawn.slice(0, PROGRAMMES[key].people)) {
    person.programme = key;
    person.startedOn = startsOn(chance, person);
  }
}

const within = (day: Day, from: Day, to: Day) => day >= from && day <= to;

/** Mentors take whom work is furthest from: more convictions, custody, the city, no work in the year before. */
function joinMentors(seed: string, people: readonly Sentenced[], days: LabDays): void {
  join(
    seed,
    people,
    "mentors",
    ({ indexOn, traits }) =>
      within(indexOn, days.startedFrom, addDays(days.startedTo, -60))
        ? 0.035 * traits.earlierConvictions -
          0.02 * (traits.age - 33) +
          (traits.sentence === "community" ? 0 : 0.8) -
          0.005 * (traits.employmentDays ?? 60) +
          0.002 * (traits.benefitDays ?? 120) +
          (traits.drugsBefore ? 0.3 : 0) +
          (traits.area === "city" ? 0.4 : 0) -
          (traits.sex === "female" ? 0.5 : 0)
        : null,
    (chance, { indexOn }) => addDays(indexOn, 3 + chance.below(50)),
  );
}

function joinCourtDesk(seed: string, people: readonly Sentenced[], days: LabDays): void {
  join(
    seed,
    people,
    "court-desk",
    ({ indexOn, traits }) =>
      traits.sex === "female" && within(indexOn, days.startedFrom, days.startedTo)
        ? 0.03 * traits.earlierConvictions + 0.002 * (traits.benefitDays ?? 120)
        : null,
    (_, { indexOn }) => indexOn,
  );
}

function joinPilot(seed: string, people: readonly Sentenced[], days: LabDays): void {
  join(
    seed,
    people,
    "pilot",
    ({ indexOn, traits }) =>
      within(indexOn, days.from, addDays(days.startedFrom, -40))
        ? 0.02 * traits.earlierConvictions - 0.004 * (traits.employmentDays ?? 60)
        : null,
    (chance, { indexOn }) => addDays(indexOn, 2 + chance.below(30)),
  );
}

/** Extra people, each with the reason for which the charity's row of them will not reach a result. */
function makeLost(seed: string, firstNumber: number, homes: Homes, days: LabDays): Sentenced[] {
  let number = firstNumber;
  const one = (
    lostAs: Sentenced["lostAs"],
    indexOn: (chance: Chance) => Day,
    startedOn: (chance: Chance, index: Day) => Day,
    more: Partial<Traits> = {},
  ): Sentenced => {
    const chance = new Chance(`${seed}/lost ${number}`);
    const made = makeOne(chance, number++, homes, days);
    const index = indexOn(chance);
    const traits = { ...made.traits, ...more };
    return {
      ...livedOn(chance, days, {
        ...made,
        indexOn: index,
        traits,
        dateOfBirth: addDays(index, -Math.round(traits.age * 365.25) - chance.below(365)),
      }),
      programme: "mentors",
      startedOn: startedOn(chance, index),
      lostAs,
    };
  };
  const inWindow = (chance: Chance) => addDays(days.startedFrom, 100 + chance.below(400));
  const soonAfter = (chance: Chance, index: Day) => addDays(index, 5 + chance.below(40));
  const twin = one("not-certain", inWindow, soonAfter);
  return [
    // The last sentence was years before they came.
    one(
      "no-index-in-window",
      (chance) => addDays(days.from, chance.below(60)),
      () => addDays(days.startedFrom, 200),
    ),
    // They began in prison, on one of the last days, and have not been out for a year.
    one(
      "follow-up-not-over",
      (chance) => addDays(days.startedTo, 15 + chance.below(60)),
      () => addDays(days.startedTo, -6),
    ),
    // Nobody else in the county has been convicted nearly as often.
    one("nobody-similar", inWindow, soonAfter, {
      ...{ earlierConvictions: 126, age: 57, ageFirst: 13, sentence: "up-to-6-months", sex: "male" },
      ...{ employmentDays: 0, benefitDays: 365, area: "city", drugsBefore: true, violentBefore: true },
    }),
    // Two people of one name and one date of birth: the charity's row could be of either.
    twin,
    {
      ...one("not-certain", inWindow, soonAfter, { age: twin.traits.age, sex: twin.traits.sex }),
      ...{ givenName: twin.givenName, familyName: twin.familyName, sex: twin.sex },
      ...{ dateOfBirth: twin.dateOfBirth, programme: null, startedOn: null },
    },
  ];
}

/** The offences that came: of the life with the programme for whoever joined one, else of the other. */
export function offencesOf({ offences, programme }: Sentenced): readonly Offence[] {
  if (programme === null) return offences;
  return offences.filter(({ luck }) => luck < PROGRAMMES[programme].rateRatio);
}

export interface TrueEffect {
  /** Differences that the programme makes for those who joined, with it less without it. */
  reoffended: number;
  frequency: number;
  /** Share of them who would have reoffended within a year without it. */
  without: number;
}

/**
 * The true effect of a programme on some of those who joined: over everything that chance may do to them, not what it
 * did. A gamma mixture of Poisson counts has no event with probability (1 + spread x rate)^(-1 / spread).
 */
export function trueEffect(people: readonly Sentenced[], { rateRatio }: Programme): TrueEffect {
  const share = (expected: number) => 1 - (1 + SPREAD * expected) ** (-1 / SPREAD);
  const mean = (of: (expected: number) => number) =>
    people.reduce((sum, { expected }) => sum + of(expected), 0) / people.length;
  return {
    reoffended: mean((expected) => share(rateRatio * expected) - share(expected)),
    frequency: mean((expected) => (rateRatio - 1) * expected),
    without: mean(share),
  };
}
