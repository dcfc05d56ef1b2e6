/**
 * The people of the made county and what each organisation has recorded of them: one client for a person and an
 * organisation, with the differences of spelling that real records have, and identifiers that are valid by rule
 * (NHS numbers from the range kept for tests; no range of National Insurance numbers is kept for tests).
 */

import { addDays, type Day, isDay } from "../domain/period";
import { addressOf } from "./addresses";
import type { County, SmallArea } from "./county";
import { makeName, misspell, type Sex } from "./names";
import { ORGANISATIONS, type OrganisationKey } from "./organisations";
import { Chance, madeId } from "./random";
import type { Timeline } from "./timeline";

export interface Home {
  /** Null: no fixed address. */
  postcode: string | null;
  smallArea: SmallArea;
}

export interface Person {
  number: number;
  givenName: string;
  familyName: string;
  sex: Sex;
  dateOfBirth: Day;
  home: Home;
  /** A later home, for those who move. */
  move: { on: Day; home: Home } | null;
  /** When they first ask anybody for help. */
  firstDay: Day;
  organisations: readonly OrganisationKey[];
  /** They worked at Thornbeck Works when it closed. */
  worksClosed: boolean;
  identifiers: Readonly<Record<IdentifierKind, string | null>>;
}

export type IdentifierKind = "nhs-number" | "nino" | "pnc-id" | "prison-number";

export interface MadeClient {
  id: string;
  organisation: OrganisationKey;
  person: Person;
  givenName: string;
  familyName: string;
  dateOfBirth: Day | null;
  sex: Sex | "not-known";
  postcode: string | null;
  /** House number and street. */
  address: string | null;
  phone: string | null;
  email: string | null;
  reference: string;
  identifiers: readonly { kind: IdentifierKind; value: string }[];
}

export type Size = "full" | "small";

interface Scale {
  /** People who come within the two years, about. */
  people: number;
  /** Share of them who first come in the last whole quarter. */
  recent: number;
  /** People of Thornbeck Works. */
  works: number;
}

const SCALES: Readonly<Record<Size, Scale>> = {
  full: { people: 18_400, recent: 0.13, works: 400 },
  // Few contacts would show nothing if they were spread thin, so most fall in the quarter that settles.
  small: { people: 760, recent: 0.6, works: 12 },
};

/** The sectors where the people of the Works live. */
export const WORKS_SECTORS: readonly string[] = ["WY4 1", "WY4 2", "WY5 1"];
/** The sectors within reach of the pantry. */
export const PANTRY_SECTORS: readonly string[] = ["WY3 1", "WY3 2", "WY3 3", "WY3 4"];

/** Makes everybody who comes for help before the timeline's last day, in no order of time. */
export function makePeople(seed: string, size: Size, county: County, timeline: Timeline): Person[] {
  const scale = SCALES[size];
  const homes = homesOf(county);
  const days = firstDays(scale, timeline);
  const people: Person[] = [];
  for (let number = 0; number < days.length + scale.works; number++) {
    const chance = new Chance(`${seed}/${size}/person ${number}`);
    const worksClosed = number >= days.length;
    const firstDay = worksClosed
      ? addDays(timeline.worksClosesOn, Math.floor(-95 * Math.log(1 - chance.unit() * 0.95)))
      : days[number];
    if (!firstDay) throw new Error(`Person ${number} has no first day`);
    people.push(makePerson(number, firstDay, worksClosed, homes, chance));
  }
  return people;
}

/** First days of the timeline's people: more in newer months, fewer at weekends and over Christmas. */
function firstDays(scale: Scale, timeline: Timeline): Day[] {
  const chance = new Chance(`first days ${timeline.firstDay} ${scale.people}`);
  const days: Day[] = [];
  for (let day = timeline.firstDay; day <= timeline.lastDay; day = addDays(day, 1)) days.push(day);
  const quarterStart = addDays(timeline.today, -115);
  const weight = (day: Day, i: number) => {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    const weekend = weekday === 0 ? 0.04 : weekday === 6 ? 0.1 : 1;
    const christmas = day.slice(5) >= "12-23" ? 0.35 : 1;
    const growth = 1 + (0.2 * i) / days.length;
    return weekend * christmas * growth;
  };
  const sum = (from: Day, until: Day) =>
    days.reduce((total, day, i) => total + (day >= from && day < until ? weight(day, i) : 0), 0);
  const before = sum(timeline.firstDay, quarterStart);
  const recent = sum(quarterStart, timeline.today);
  const result: Day[] = [];
  days.forEach((day, i) => {
    const rate =
      day < quarterStart
        ? (scale.people * (1 - scale.recent)) / before
        : (scale.people * Math.min(scale.recent, 0.2)) / recent;
    const late = day >= quarterStart && day < timeline.today ? scale.recent / Math.min(scale.recent, 0.2) : 1;
    const expected = rate * weight(day, i) * late;
    for (let left = expected + chance.unit() - 0.5; left >= 0.5; left -= 1) result.push(day);
  });
  return result;
}

function homesOf(county: County) {
  const areas = county.smallAreas.map((smallArea) => ({
    smallArea,
    postcodes: county.postcodes
      .filter((p) => p.smallArea === smallArea && p.smallUser)
      .map((p) => p.postcode),
    // Need goes with deprivation, and every place has some.
    weight: smallArea.households * (0.35 + 1.5 * smallArea.deprivation ** 1.2),
  }));
  const works = areas.filter(({ smallArea }) => WORKS_SECTORS.includes(smallArea.sector));
  return { areas, works };
}

type Homes = ReturnType<typeof homesOf>;

function makeHome({ areas, works }: Homes, chance: Chance, worksClosed: boolean): Home {
  const { smallArea, postcodes } = chance.weighted(worksClosed ? works : areas, ({ weight }) => weight);
  return { smallArea, postcode: chance.pick(postcodes) };
}

function makePerson(
  number: number,
  firstDay: Day,
  worksClosed: boolean,
  homes: Homes,
  chance: Chance,
): Person {
  const sex: Sex = chance.happens(0.01)
    ? "other"
    : chance.happens(worksClosed ? 0.25 : 0.55)
      ? "female"
      : "male";
  const name = makeName(chance, sex);
  const age = worksClosed
    ? Math.round(Math.min(64, Math.max(18, chance.normal(43, 11))))
    : Math.round(Math.min(96, Math.max(16, chance.normal(44, 18))));
  const home = makeHome(homes, chance, worksClosed);
  const homeless = chance.happens(0.015);
  const moves = !homeless && chance.happens(0.04);
  return {
    number,
    givenName: name.given,
    familyName: name.family,
    sex,
    dateOfBirth: addDays(firstDay, -Math.round(age * 365.25) - chance.below(365)),
    home: homeless ? { ...home, postcode: null } : home,
    move: moves
      ? { on: addDays(firstDay, 30 + chance.below(300)), home: makeHome(homes, chance, false) }
      : null,
    firstDay,
    organisations: organisationsOf(chance, worksClosed),
    worksClosed,
    identifiers: {
      "nhs-number": chance.happens(0.98) ? nhsNumber(number) : null,
      nino: chance.happens(0.96) ? nino(chance, number) : null,
      "pnc-id": chance.happens(0.09) ? pncId(chance, number) : null,
      "prison-number": chance.happens(0.03) ? prisonNumber(number) : null,
    },
  };
}

/** Up to three organisations know a person; the first is the one they came to first. */
function organisationsOf(chance: Chance, worksClosed: boolean): OrganisationKey[] {
  const first = worksClosed
    ? chance.weighted(
        ["advice", "housing", "health"] as const,
        (key) => ({ advice: 8, housing: 2, health: 1 })[key],
      )
    : chance.weighted(ORGANISATIONS, ({ share }) => share).key;
  const known = chance.unit();
  const count = known < 0.06 ? 3 : known < 0.26 ? 2 : 1;
  const keys: OrganisationKey[] = [first];
  while (keys.length < count) {
    const next = chance.weighted(ORGANISATIONS, ({ key, share }) => (keys.includes(key) ? 0 : share));
    keys.push(next.key);
  }
  return keys;
}

/** Check digit of an NHS number: weights 10 to 2, modulo 11; 10 has no number. */
function nhsNumber(number: number): string {
  for (let serial = number * 7; ; serial++) {
    const nine = `999${String(serial % 1_000_000).padStart(6, "0")}`;
    const sum = [...nine].reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
    const check = (11 - (sum % 11)) % 11;
    if (check < 10) return `${nine}${check}`;
  }
}

function nino(chance: Chance, number: number): string {
  return `WY${String(100_000 + number * 13).padStart(6, "0")}${chance.pick(["A", "B", "C", "D"])}`;
}

/** Check letter of a PNC id: the year's two digits and the serial as one number, modulo 23. */
export function pncId(chance: Chance, number: number): string {
  const year = 1990 + chance.below(33);
  const serial = String(number * 17 + 1).padStart(7, "0");
  const letter = "ZABCDEFGHJKLMNPQRTUVWXY"[Number(`${String(year % 100).padStart(2, "0")}${serial}`) % 23];
  return `${year}/${serial}${letter}`;
}

export function prisonNumber(number: number): string {
  const letter = (at: number) => "ABCDEFGHJK"[at % 10] ?? "A";
  return `A${String(number % 10_000).padStart(4, "0")}${letter(Math.floor(number / 10_000))}W`;
}

/** How often each organisation asks for and records an identifier. */
const RECORDED: Readonly<Record<OrganisationKey, Partial<Record<IdentifierKind, number>>>> = {
  advice: { nino: 0.62, "nhs-number": 0.06, "prison-number": 0.3 },
  housing: { nino: 0.72, "nhs-number": 0.15, "prison-number": 0.5 },
  health: { "nhs-number": 0.97, nino: 0.14 },
  police: { "pnc-id": 0.9, nino: 0.28, "nhs-number": 0.1, "prison-number": 0.7 },
};

/** The records that organisations hold of a person, the first organisation's first. */
export function clientsOf(seed: string, person: Person): MadeClient[] {
  const chance = new Chance(`${seed}/clients of ${person.number}`);
  const phone = chance.happens(0.85) ? `07700 900${String(person.number % 1_000).padStart(3, "0")}` : null;
  return person.organisations.map((organisation, i) => {
    const again = i > 0;
    const recorded = Object.entries(RECORDED[organisation]) as [IdentifierKind, number][];
    const { givenName, familyName } = person;
    const record: MadeClient = {
      id: madeId(chance, Date.parse(`${person.firstDay}T09:00:00Z`) + i),
      organisation,
      person,
      givenName: again && chance.happens(0.25) ? misspell(chance, givenName) : givenName,
      familyName: again && chance.happens(0.14) ? misspell(chance, familyName) : familyName,
      dateOfBirth: chance.happens(0.03)
        ? null
        : again
          ? slip(chance, person.dateOfBirth)
          : person.dateOfBirth,
      sex: chance.happens(0.03) ? "not-known" : person.sex,
      postcode: person.home.postcode,
      address: null,
      phone: chance.happens(0.8) ? phone : null,
      email: chance.happens(0.45)
        ? `${givenName}.${familyName}${person.number % 97}@post.example`.toLowerCase().replaceAll("'", "")
        : null,
      reference: `${organisation.slice(0, 2).toUpperCase()}${String(person.number + 10_001).padStart(6, "0")}`,
      identifiers: recorded.flatMap(([kind, probability]) => {
        const value = person.identifiers[kind];
        return value !== null && chance.happens(probability) ? [{ kind, value }] : [];
      }),
    };
    const isHasty = again && new Chance(`${seed}/haste ${person.number} ${organisation}`).happens(HASTY);
    if (isHasty) return { ...record, ...LEFT_OUT };
    // Whoever did not ask when somebody was born did not ask for the number of the house: nobody is linked by it alone.
    return record.dateOfBirth === null
      ? record
      : { ...record, address: addressOf(seed, person, organisation) };
  });
}

/** Share of records of somebody known elsewhere that are made in haste: too little in them for the software to link. */
const HASTY = 0.06;
const LEFT_OUT = { dateOfBirth: null, phone: null, email: null, identifiers: [] } as const;

/** A date of birth as it is sometimes written down: day and month the wrong way round. */
function slip(chance: Chance, day: Day): Day {
  if (!chance.happens(0.015)) return day;
  const [year, month, date] = day.split("-");
  const turned = `${year}-${date}-${month}`;
  return isDay(turned) ? turned : day;
}

/** Where a person lives on a day. */
export function homeOn(person: Person, day: Day): Home {
  return person.move && day >= person.move.on ? person.move.home : person.home;
}
