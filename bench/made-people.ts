/**
 * Made people with the truth, to try linking on files that nobody tuned it to: any number of records, of which a share
 * are further records of somebody already in the file, mostly at another organisation. Records err as real ones do
 * (`made-slips.ts`), and the people hold the traps: twins, a parent and child of one name, households, and strangers
 * with one name and dates of birth that are near. A seed fixes every byte.
 */

import { Chance } from "../server/demo/random";
import { EXTRACT_COLUMNS } from "../server/domain/linking/extract";
import {
  anotherWay,
  type MadeSex,
  makeFamilyName,
  makeFirstName,
  makePlaceName,
  pickTradition,
} from "./made-names";
import {
  type DateParts,
  daysOfMonth,
  exchanged,
  isoOf,
  nearDate,
  slashedOf,
  slip,
  typed,
  wrongDigit,
} from "./made-slips";

/** Columns of `admin people link` that are made, in this order. */
export const MADE_COLUMNS = EXTRACT_COLUMNS.filter((column) => column !== "cro");

export type MadeRecord = Record<(typeof MADE_COLUMNS)[number], string>;

/** What two people of the file are to each other. */
export type Relation =
  | "twins"
  | "parent and child of one name"
  | "household"
  | "one name, near dates"
  | "strangers";

export interface MadePeople {
  /** Whose record each row is, by its number in the file from 0. */
  personOf: Int32Array;
  /** Pairs of rows that are one person. */
  truePairs: number;
  people: number;
  /** The rows, in an order that tells nothing; the same each time it is called. */
  records(): Generator<MadeRecord>;
  /** What two different people are to each other. */
  relationOf(one: number, other: number): Relation;
}

export interface MadeOptions {
  seed: string;
  records: number;
  /** Share of the records that are a further record of somebody: 0.2 in the benchmark, 0.47 in `uk_multi_org`. */
  duplicates?: number;
  /** Errors as a multiple of the usual. */
  errors?: number;
  organisations?: number;
}

interface Home {
  number: number;
  street: string;
  town: string;
  postcode: string;
}

interface MadePerson {
  number: number;
  household: number;
  sex: MadeSex;
  first: string;
  middle: string;
  last: string;
  /** Before or after a marriage; empty for most. */
  otherLast: string;
  born: DateParts;
  home: Home;
  phone: string;
  landline: string;
  namesake: number;
}

/** Rates of the usual file: what one record shows or gets wrong. Fitted by eye to files of caseworkers. */
const RATES = {
  showsMiddle: 0.15,
  nickname: 0.1,
  firstSlip: 0.025,
  lastSlip: 0.025,
  middleAsFirst: 0.02,
  bothFirst: 0.02,
  exchangedNames: 0.012,
  otherLast: 0.4,
  marksDropped: 0.3,
  sexWrong: 0.01,
  sexMissing: 0.02,
  birthMissing: 0.018,
  birthFirstOfJanuary: 0.015,
  birthExchanged: 0.01,
  birthNear: 0.02,
  birthSlashed: 0.12,
  postcodeMissing: 0.1,
  moved: 0.15,
  postcodePartial: 0.04,
  postcodeSlip: 0.015,
  postcodeTight: 0.15,
  showsIdentifier: { nino: 0.24, nhs: 0.19, prison: 0.2, pnc: 0.18 },
  identifierWrong: 0.015,
  showsPhone: 0.35,
  showsLandline: 0.06,
  phoneChanged: 0.12,
  showsEmail: 0.12,
  showsAddress: 0.5,
} as const;

const AREAS =
  "M B LS NE BD S L CF NG HU PR SE E N EH G BS DE LE CV SR DH TS DL WN OL SK WF HD HX PL EX".split(" ");
const INWARD = "ABDEFGHJLNPQRSTUWXYZ";
const STREETS =
  "High Church Station Victoria Mill Albert Park Queen King Manor Grange Chapel School Green George York Bridge New Springfield Windsor Hawthorn Elm Cedar Beech Poplar".split(
    " ",
  );
const WAYS_OF_STREETS = "Street Road Lane Avenue Close Terrace Drive Court".split(" ");

/** Makes a file. A million records take some 20 seconds and 600 MB while the people are held. */
export function makePeople(options: MadeOptions): MadePeople {
  const { seed, records, duplicates = 0.2, errors = 1 } = options;
  const organisations = options.organisations ?? Math.max(4, Math.round(records / 25_000));
  const people = makeEverybody(seed, Math.max(1, Math.round(records * (1 - duplicates))));
  const { personOf, truePairs } = dealRecords(seed, people.length, records);
  const organisationOf = organisationsOf(seed, personOf, people.length, organisations);
  const personAt = (number: number): MadePerson => {
    const person = people[number];
    if (!person) throw new Error(`There is no person ${number}`);
    return person;
  };
  return {
    personOf,
    truePairs,
    people: people.length,
    *records() {
      for (let row = 0; row < records; row++) {
        const chance = new Chance(`${seed}/row ${row}`);
        yield writeRecord(chance, personAt(personOf[row] ?? 0), row, organisationOf[row] ?? 0, errors);
      }
    },
    relationOf: (one, other) => relationBetween(personAt(one), personAt(other)),
  };
}

function relationBetween(one: MadePerson, other: MadePerson): Relation {
  if (one.namesake === other.number || other.namesake === one.number) return "one name, near dates";
  if (one.household !== other.household) return "strangers";
  if (isoOf(one.born) === isoOf(other.born)) return "twins";
  return one.first === other.first && one.last === other.last ? "parent and child of one name" : "household";
}

/** Household by household, until there are enough people. */
function makeEverybody(seed: string, count: number): MadePerson[] {
  const everybody: MadePerson[] = [];
  const postcodes = Math.max(50, Math.round(count / 30));
  for (let household = 0; everybody.length < count; household++) {
    const chance = new Chance(`${seed}/household ${household}`);
    for (const person of makeHousehold(chance, household, everybody.length, () =>
      makeHome(seed, chance, postcodes),
    )) {
      if (everybody.length < count)
        everybody.push(chance.happens(0.012) ? asNamesake(chance, person, everybody) : person);
    }
  }
  return everybody;
}

function makeHousehold(chance: Chance, household: number, from: number, home: () => Home): MadePerson[] {
  const tradition = pickTradition(chance);
  const shared = { household, home: home(), landline: `01${digits(chance, 9)}`, namesake: -1 };
  const family = makeFamilyName(chance, tradition);
  const members: MadePerson[] = [];
  const add = (sex: MadeSex, born: DateParts, last: string, first?: string) => {
    const name = first ?? makeFirstName(chance, tradition, sex, born.year);
    const otherLast = chance.happens(sex === "F" ? 0.09 : 0.01) ? makeFamilyName(chance, tradition) : "";
    members.push({
      ...shared,
      number: from + members.length,
      sex,
      first: name,
      middle: chance.happens(0.65) ? makeFirstName(chance, tradition, sex, born.year) : "",
      last,
      otherLast: otherLast === last ? "" : otherLast,
      born,
      phone: `07${chance.pick(["4", "5", "7", "8", "9"])}${digits(chance, 8)}`,
    });
  };
  const year = 1938 + chance.below(67);
  const sex = chance.happens(0.6) ? "M" : "F";
  add(sex, makeBirth(chance, year), family);
  const size = chance.weighted([1, 2, 3, 4, 5], (people) => [62, 22, 9, 5, 2][people - 1] ?? 0);
  if (size === 1 && !chance.happens(0.03)) return members;
  const [head] = members;
  if (!head) return members;
  const otherSex: MadeSex = sex === "M" ? "F" : "M";
  if (chance.happens(0.04)) {
    // Twins, grown up or not, at one address.
    let first = makeFirstName(chance, tradition, head.sex, year);
    while (first === head.first) first = makeFirstName(chance, tradition, head.sex, year);
    add(chance.happens(0.7) ? sex : otherSex, head.born, family, chance.happens(0.7) ? first : undefined);
    const second = members[1];
    if (second?.first === head.first) members.pop();
  } else if (chance.happens(0.7)) {
    const last = chance.happens(0.65) ? family : makeFamilyName(chance, tradition);
    add(otherSex, makeBirth(chance, year + chance.below(11) - 5), last);
  }
  while (members.length < size) {
    const born = makeBirth(chance, Math.min(year + 18 + chance.below(22), 1998 + chance.below(19)));
    const childSex = chance.happens(0.5) ? "M" : "F";
    const named =
      childSex === sex && !members.slice(1).some(({ first }) => first === head.first) && chance.happens(0.06);
    add(childSex, born, family, named ? head.first : undefined);
  }
  return members;
}

/** The same name as somebody earlier and a date of birth that is near, but nobody's twin and not related. */
function asNamesake(chance: Chance, person: MadePerson, earlier: readonly MadePerson[]): MadePerson {
  if (earlier.length < 10) return person;
  const other = chance.pick(earlier);
  if (other.household === person.household) return person;
  const { sex, first, last, number } = other;
  return { ...person, sex, first, last, otherLast: "", born: nearDate(chance, other.born), namesake: number };
}

function makeBirth(chance: Chance, year: number): DateParts {
  const month = 1 + chance.below(12);
  return { year, month, day: 1 + chance.below(daysOfMonth({ year, month })) };
}

/** A district has one town, a postcode one street: as many homes on it as there are numbers. */
function makeHome(seed: string, chance: Chance, postcodes: number): Home {
  const place = new Chance(`${seed}/postcode ${chance.below(postcodes)}`);
  const area = AREAS[Math.floor(AREAS.length * place.unit() ** 1.6)] ?? "M";
  const district = `${area}${1 + place.below(29)}`;
  const postcode = `${district} ${1 + place.below(9)}${place.pick([...INWARD])}${place.pick([...INWARD])}`;
  const named = place.happens(0.4) ? place.pick(STREETS) : makePlaceName(place);
  const street = `${named} ${place.pick(WAYS_OF_STREETS)}`;
  return {
    postcode,
    street,
    town: makePlaceName(new Chance(`town ${district}`)),
    number: 1 + chance.below(60),
  };
}

const digits = (chance: Chance, count: number) =>
  Array.from({ length: count }, () => String(chance.below(10))).join("");

/** Everybody has one record; the further ones fall on some people, who have up to five of them. */
function dealRecords(
  seed: string,
  people: number,
  records: number,
): { personOf: Int32Array; truePairs: number } {
  const chance = new Chance(`${seed}/deal`);
  const counts = new Uint16Array(people).fill(1);
  let left = records - people;
  let single = people;
  while (left > 0) {
    const person = chance.below(people);
    // Once everybody has several, some have more.
    if (counts[person] !== 1 && single > 0) continue;
    const more = Math.min(
      left,
      chance.weighted([1, 2, 3, 5], (extra) => [70, 22, 6, 2][Math.min(extra, 4) - 1] ?? 0),
    );
    if (counts[person] === 1) single -= 1;
    counts[person] = (counts[person] ?? 0) + more;
    left -= more;
  }
  const personOf = new Int32Array(records);
  let row = 0;
  let truePairs = 0;
  for (const [person, count] of counts.entries()) {
    personOf.fill(person, row, row + count);
    row += count;
    truePairs += (count * (count - 1)) / 2;
  }
  for (let at = records - 1; at > 0; at--) {
    const other = chance.below(at + 1);
    const kept = personOf[at] ?? 0;
    personOf[at] = personOf[other] ?? 0;
    personOf[other] = kept;
  }
  return { personOf, truePairs };
}

/** A further record is at another organisation than the one before, four times in five. */
function organisationsOf(seed: string, personOf: Int32Array, people: number, count: number): Uint16Array {
  const chance = new Chance(`${seed}/organisations`);
  const last = new Int32Array(people).fill(-1);
  const organisations = new Uint16Array(personOf.length);
  for (const [row, person] of personOf.entries()) {
    const before = last[person] ?? -1;
    let organisation = Math.floor(count * chance.unit() ** 1.5);
    if (organisation === before && chance.happens(0.8)) organisation = (organisation + 1) % count;
    organisations[row] = organisation;
    last[person] = organisation;
  }
  return organisations;
}

function writeRecord(
  chance: Chance,
  person: MadePerson,
  row: number,
  organisation: number,
  errors: number,
): MadeRecord {
  const goesWrong = (rate: number) => chance.happens(Math.min(0.9, rate * errors));
  const show = (rate: number, text: string) => (chance.happens(rate) ? text : "");
  const { first, middle, last } = writeNames(chance, person, goesWrong);
  const home = goesWrong(RATES.moved) ? makeHome(`moved ${person.number % 997}`, chance, 4000) : person.home;
  const otherSex = person.sex === "F" ? "M" : "F";
  const sex = goesWrong(RATES.sexMissing) ? "" : goesWrong(RATES.sexWrong) ? otherSex : person.sex;
  const identifiers = identifiersOf(person.number);
  const identifier = (rate: number, text: string) => {
    const shown = show(rate, text);
    return shown !== "" && goesWrong(RATES.identifierWrong) ? wrongDigit(chance, shown) : shown;
  };
  const email = `${person.first}.${person.last}${person.number % 97}@example.org`
    .toLowerCase()
    .replace(/[' ]/g, "");
  const at = chance.happens(RATES.showsAddress);
  return {
    organisation: `ORG-${String(organisation + 1).padStart(3, "0")}`,
    record_id: `R${String(row + 1).padStart(7, "0")}`,
    first_name: typed(chance, first, errors),
    middle_name: middle,
    last_name: typed(chance, last, errors),
    sex,
    date_of_birth: writeBirth(chance, person.born, goesWrong),
    postcode: writePostcode(chance, home.postcode, goesWrong),
    nino: identifier(RATES.showsIdentifier.nino, identifiers.nino),
    nhs_number: identifier(RATES.showsIdentifier.nhs, identifiers.nhs),
    prison_number: identifier(RATES.showsIdentifier.prison, identifiers.prison),
    pnc_id: identifier(RATES.showsIdentifier.pnc, identifiers.pnc),
    phone: writePhone(chance, person, goesWrong),
    email: show(RATES.showsEmail, email),
    address: at ? `${home.number} ${home.street}` : "",
    town: at ? home.town : "",
  };
}

function writeNames(
  chance: Chance,
  person: MadePerson,
  goesWrong: (rate: number) => boolean,
): { first: string; middle: string; last: string } {
  let { first, middle } = person;
  let last = person.otherLast !== "" && chance.happens(RATES.otherLast) ? person.otherLast : person.last;
  if (goesWrong(RATES.nickname)) first = anotherWay(chance, first) ?? first;
  if (goesWrong(RATES.firstSlip)) first = slip(chance, first);
  if (goesWrong(RATES.lastSlip))
    last = goesWrong(0.3) ? (anotherWay(chance, last) ?? last) : slip(chance, last);
  if (/['-]/.test(last) && goesWrong(RATES.marksDropped)) last = last.replace(/['-]/, chance.pick(["", " "]));
  if (middle !== "" && goesWrong(RATES.middleAsFirst)) [first, middle] = [middle, chance.pick(["", first])];
  else if (middle !== "" && goesWrong(RATES.bothFirst)) [first, middle] = [`${first} ${middle}`, ""];
  else if (!chance.happens(RATES.showsMiddle)) middle = "";
  if (goesWrong(RATES.exchangedNames)) [first, last] = [last, first];
  return { first, middle, last };
}

function writeBirth(chance: Chance, born: DateParts, goesWrong: (rate: number) => boolean): string {
  if (goesWrong(RATES.birthMissing)) return "";
  let date = born;
  if (goesWrong(RATES.birthFirstOfJanuary)) date = { ...born, month: 1, day: 1 };
  else if (goesWrong(RATES.birthExchanged)) date = exchanged(born);
  else if (goesWrong(RATES.birthNear)) date = nearDate(chance, born);
  return chance.happens(RATES.birthSlashed) ? slashedOf(date) : isoOf(date);
}

function writePostcode(chance: Chance, postcode: string, goesWrong: (rate: number) => boolean): string {
  if (goesWrong(RATES.postcodeMissing)) return "";
  if (goesWrong(RATES.postcodePartial))
    return postcode.slice(0, postcode.indexOf(" ") + chance.pick([0, 2])).trim();
  const written = goesWrong(RATES.postcodeSlip) ? slip(chance, postcode) : postcode;
  if (chance.happens(RATES.postcodeTight)) return written.replace(" ", "");
  return chance.happens(0.03) ? written.toLowerCase() : written;
}

function writePhone(chance: Chance, person: MadePerson, goesWrong: (rate: number) => boolean): string {
  if (chance.happens(RATES.showsLandline)) return person.landline;
  if (!chance.happens(RATES.showsPhone)) return "";
  let phone = goesWrong(RATES.phoneChanged) ? `07${digits(chance, 9)}` : person.phone;
  if (goesWrong(RATES.identifierWrong)) phone = wrongDigit(chance, phone);
  return chance.happens(0.5) ? `${phone.slice(0, 5)} ${phone.slice(5)}` : phone;
}

/** Each number once: steps through a range by a stride that shares no factor with its size. */
const spread = (number: number, stride: number, size: number) => (number * stride + 12_345) % size;

const NINO_FIRST = "ABCEGHJKLMNOPRSTWXY";
const NINO_SECOND = "ACEHJLMPRSWXY";
const CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Valid by rule and nobody else's in the file. NHS numbers are of the range kept for tests, which holds a million. */
function identifiersOf(number: number): { nino: string; nhs: string; prison: string; pnc: string } {
  const body = number < 1_000_000 ? `999${String(spread(number, 610_837, 1_000_000)).padStart(6, "0")}` : "";
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
  const check = (11 - (sum % 11)) % 11;
  const pair = spread(number, 7, NINO_FIRST.length * NINO_SECOND.length);
  const prefix = `${NINO_FIRST[pair % NINO_FIRST.length]}${NINO_SECOND[Math.floor(pair / NINO_FIRST.length)]}`;
  const serial = String(spread(number, 982_451, 1_000_000)).padStart(6, "0");
  const prison = spread(number, 15_485_863, 26 * 10_000 * 676);
  const rest = Math.floor(prison / 26);
  const letters = `${LETTERS[Math.floor(rest / 10_000) % 26]}${LETTERS[Math.floor(rest / 260_000) % 26]}`;
  const year = 1980 + (number % 40);
  const pnc = String(spread(number, 7_368_787, 10_000_000)).padStart(7, "0");
  return {
    nhs: body === "" || check === 10 ? "" : `${body}${check}`,
    nino: `${prefix}${serial}${"ABCD"[number % 4]}`,
    prison: `${LETTERS[prison % 26]}${String(rest % 10_000).padStart(4, "0")}${letters}`,
    pnc: `${year}/${pnc}${CHECK_LETTERS[Number(`${String(year).slice(2)}${pnc}`) % 23]}`,
  };
}
