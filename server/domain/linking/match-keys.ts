/**
 * Match-keys: what an organisation that may not send names computes at its own side, and what clients are linked by
 * without anybody seeing a name. A ladder of rungs, from the strictest to the loosest; each rung joins several parts
 * of a record into one text, which leaves only as a keyed hash under the key of a project. Every rung joins so many
 * parts that hardly two people share its text, so that counting how often a key occurs tells little. The method, its
 * accuracy and what it does not withstand: `docs/methods/match-keys.md`. After the match-keys of the Office for
 * National Statistics (Beyond 2011, paper M9), with rungs for what goes wrong in files of caseworkers.
 */

import { IDENTIFIER_KINDS } from "../identifiers";
import { headNamesOf } from "../short-names";
import { postcodeParts } from "./blocking";
import type { LinkRecord } from "./record";
import { soundex } from "./similarity";

/** Changes with the rungs: keys of two versions do not meet. */
export const MATCH_KEYS_VERSION = "match-keys-1";

interface Rung {
  name: string;
  /** Whether a pair that it joins is a link by itself, or wants a person's eyes. */
  band: "link" | "review";
  /** The texts of a record on this rung; none when a part is missing. */
  texts(parts: Parts): readonly string[];
}

/** A record cut up as the rungs need it. */
interface Parts {
  given: string | null;
  /** The given name as the heads of its families of short forms: liz and beth are both elizabeth. */
  heads: readonly string[];
  /** The heads of every given name, middle names among them. */
  allHeads: readonly string[];
  family: string | null;
  sex: string | null;
  date: string | null;
  postcode: string | null;
  district: string | null;
  area: string | null;
  phones: readonly string[];
  emails: readonly string[];
  identifiers: readonly string[];
}

/** Joins parts; null when one is missing. */
const join = (...parts: readonly (string | null | undefined)[]): string[] =>
  parts.some((part) => part === null || part === undefined || part === "") ? [] : [parts.join("|")];

const sorted = (one: string, other: string) => (one < other ? `${one}+${other}` : `${other}+${one}`);

/** Both names without their order, so that exchanged ones are the same; none when one is missing. */
const names = (given: readonly string[], family: string | null) =>
  family === null ? [] : given.map((name) => sorted(name, family));

const sounds = (given: readonly string[], family: string | null) =>
  family === null ? [] : [...new Set(given.map((name) => sorted(soundex(name), soundex(family))))];

/** Every text of the rung for each of several names. */
const each = (list: readonly string[], text: (name: string) => readonly string[]) => list.flatMap(text);

const month = (date: string | null) => date?.slice(0, 7) ?? null;
const year = (date: string | null) => date?.slice(0, 4) ?? null;
const dayAndMonth = (date: string | null) => date?.slice(5) ?? null;

/** The date with day and month in either order; null where they cannot have been exchanged. */
function orderFree(date: string | null): string | null {
  const [y = "", m = "", d = ""] = date?.split("-") ?? [];
  return date === null || d > "12" || m > "12" || d === m ? null : `${y}-${m < d ? m + d : d + m}`;
}

/**
 * The ladder, the strictest first; what each rung asks for, in words: `docs/methods/match-keys.md`. An identifier stands
 * with a name or a date, so that one written wrong joins nobody by itself.
 */
export const RUNGS: readonly Rung[] = [
  {
    name: "identifier-date",
    band: "link",
    texts: ({ identifiers, date }) => each(identifiers, (identifier) => join(identifier, date)),
  },
  {
    name: "identifier-name",
    band: "link",
    texts: ({ identifiers, heads }) =>
      each(identifiers, (identifier) => each(heads, (head) => join(identifier, soundex(head)))),
  },
  {
    name: "full",
    band: "link",
    texts: ({ given, family, date, sex, postcode }) => join(given, family, date, sex, postcode),
  },
  {
    name: "name-date-district",
    band: "link",
    texts: ({ given, family, date, sex, district }) => join(given, family, date, sex, district),
  },
  {
    name: "variant-date-district",
    band: "link",
    texts: ({ heads, family, date, district }) =>
      each(names(heads, family), (both) => join(both, date, district)),
  },
  {
    name: "name-date",
    band: "link",
    texts: ({ given, family, date }) =>
      each(names(given === null ? [] : [given], family), (both) => join(both, date)),
  },
  {
    name: "variant-date",
    band: "link",
    texts: ({ heads, family, date }) => each(names(heads, family), (both) => join(both, date)),
  },
  {
    name: "sound-date-district",
    band: "link",
    texts: ({ heads, family, date, district }) =>
      each(sounds(heads, family), (both) => join(both, date, district)),
  },
  {
    // A changed family name.
    name: "given-date-postcode",
    band: "link",
    texts: ({ allHeads, date, postcode }) => each(allHeads, (head) => join(head, date, postcode)),
  },
  {
    // A middle name used as the first.
    name: "middle-date",
    band: "link",
    texts: ({ allHeads, family, date }) => each(allHeads, (head) => join(head, family, date)),
  },
  {
    name: "exchanged-date",
    band: "link",
    texts: ({ heads, family, date }) => each(names(heads, family), (both) => join(both, orderFree(date))),
  },
  {
    name: "three-letters",
    band: "link",
    texts: ({ given, family, date, sex, area }) =>
      join(given?.slice(0, 3), family?.slice(0, 3), date, sex, area),
  },
  {
    name: "phone-given",
    band: "link",
    texts: ({ phones, allHeads, date }) =>
      each(phones, (phone) => each(allHeads, (head) => join(phone, head, year(date)))),
  },
  {
    name: "email-given",
    band: "link",
    texts: ({ emails, allHeads }) => each(emails, (email) => each(allHeads, (head) => join(email, head))),
  },
  {
    name: "name-month-postcode",
    band: "link",
    texts: ({ heads, family, date, postcode }) =>
      each(names(heads, family), (both) => join(both, month(date), postcode)),
  },
  {
    // 1 January for a date that is not known.
    name: "name-year-postcode",
    band: "link",
    texts: ({ heads, family, date, postcode }) =>
      each(names(heads, family), (both) => join(both, year(date), postcode)),
  },
  {
    // A wrong year.
    name: "name-day-postcode",
    band: "link",
    texts: ({ heads, family, date, postcode }) =>
      each(names(heads, family), (both) => join(both, dayAndMonth(date), postcode)),
  },
  {
    name: "sound-date",
    band: "review",
    texts: ({ heads, family, date, sex }) => each(sounds(heads, family), (both) => join(both, date, sex)),
  },
];

/** Joins nobody by itself: different ones of a kind keep two people apart. One for each kind. */
const IDENTIFIER_RUNGS = IDENTIFIER_KINDS.map((kind) => ({ name: `identifier:${kind}`, kind }));

/** Every column of a file of keys: the ladder, then the identifiers. */
export const KEY_COLUMNS: readonly string[] = [
  ...RUNGS.map(({ name }) => name),
  ...IDENTIFIER_RUNGS.map(({ name }) => name),
];

/** The keyed hash of a text, under the key of a project. */
export type KeyedHash = (text: string) => string;

/** Keys by rung; a rung without any is left out. */
export type MatchKeys = ReadonlyMap<string, readonly string[]>;

/** The keys of somebody's records at one organisation, none twice on a rung. */
export function matchKeys(records: readonly LinkRecord[], hash: KeyedHash): MatchKeys {
  const texts = new Map<string, Set<string>>();
  const add = (rung: string, found: readonly string[]) => {
    if (found.length === 0) return;
    const known = texts.get(rung) ?? new Set<string>();
    for (const text of found) known.add(text);
    texts.set(rung, known);
  };
  for (const record of records) {
    const parts = partsOf(record);
    for (const rung of RUNGS) add(rung.name, rung.texts(parts));
    for (const { name, kind } of IDENTIFIER_RUNGS) {
      add(
        name,
        record.identifiers.filter((identifier) => identifier.kind === kind).map(({ value }) => value),
      );
    }
  }
  // The rung is part of what is hashed, so that keys of two rungs never meet.
  return new Map(
    [...texts].map(([rung, found]) => [
      rung,
      [...found].map((text) => hash(`${MATCH_KEYS_VERSION}|${rung}|${text}`)),
    ]),
  );
}

function partsOf(record: LinkRecord): Parts {
  const [first] = record.givenNames;
  const { full, district } = postcodeParts(record.postcode);
  // An initial stands for too many names.
  const headsOf = (name: string) => (name.length === 1 ? [] : headNamesOf(name));
  return {
    given: first !== undefined && first.length > 1 ? first : null,
    heads: first === undefined ? [] : headsOf(first),
    allHeads: [...new Set(record.givenNames.flatMap(headsOf))],
    family: record.familyNames.length > 0 ? record.familyNames.join("") : null,
    sex: record.sex,
    date: record.dateOfBirth,
    postcode: full,
    district,
    area: /^[A-Z]+/.exec(district ?? "")?.[0] ?? null,
    phones: record.phones,
    emails: record.emails,
    identifiers: record.identifiers.map(({ kind, value }) => `${kind}:${value}`),
  };
}

/** One person of one organisation, as the party that links sees them. */
export interface KeyedPerson {
  /** Random, given by the organisation; another for each person in all the files. */
  id: string;
  organisation: string;
  keys: MatchKeys;
}

export interface KeyedPair {
  /** Ids, the smaller first. */
  a: string;
  b: string;
  /** The rung that joined the two, or the groups that they are in. */
  rung: string;
  band: "link" | "review";
}

interface Group {
  members: KeyedPerson[];
  /** Keys of identifiers by kind. */
  identifiers: Map<string, Set<string>>;
}

/**
 * Links people of several organisations by their keys, rung by rung from the strictest: a key joins the groups that
 * carry it where no two people of one organisation do; groups with different identifiers of a kind are never joined.
 * Gives every pair inside the groups. The order of the people does not matter.
 */
export function linkByMatchKeys(people: readonly KeyedPerson[]): KeyedPair[] {
  const ordered = [...people].sort((one, other) => (one.id < other.id ? -1 : 1));
  const groups = new Map(ordered.map((person) => [person, newGroup(person)]));
  const pairs: KeyedPair[] = [];
  for (const { name, band } of RUNGS) {
    for (const [one, ...others] of carriersOf(ordered, name)) {
      for (const other of others) {
        const [group, joining] = [one && groups.get(one), groups.get(other)];
        if (!group || !joining || group === joining || contradict(group, joining)) continue;
        for (const x of group.members) for (const y of joining.members) pairs.push(pairOf(x, y, name, band));
        for (const member of joining.members) groups.set(member, group);
        absorb(group, joining);
      }
    }
  }
  return pairs;
}

/** Who carries each key of a rung, where more than one does and no two of one organisation; in the order of the keys. */
function carriersOf(people: readonly KeyedPerson[], rung: string): KeyedPerson[][] {
  const byKey = new Map<string, KeyedPerson[]>();
  for (const person of people) {
    for (const key of person.keys.get(rung) ?? []) {
      const carriers = byKey.get(key);
      if (carriers) carriers.push(person);
      else byKey.set(key, [person]);
    }
  }
  return [...byKey]
    .filter(([, carriers]) => carriers.length > 1 && areOfDifferentOrganisations(carriers))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, carriers]) => carriers);
}

const areOfDifferentOrganisations = (carriers: readonly KeyedPerson[]) =>
  new Set(carriers.map(({ organisation }) => organisation)).size === carriers.length;

function newGroup(person: KeyedPerson): Group {
  const identifiers = IDENTIFIER_RUNGS.flatMap(({ name }) => {
    const keys = person.keys.get(name);
    return keys ? [[name, new Set(keys)] as const] : [];
  });
  return { members: [person], identifiers: new Map(identifiers) };
}

/** Whether two groups hold identifiers of a kind and none of them is the same. */
function contradict(one: Group, other: Group): boolean {
  for (const [kind, keys] of one.identifiers) {
    const others = other.identifiers.get(kind);
    if (others && [...keys].every((key) => !others.has(key))) return true;
  }
  return false;
}

function absorb(group: Group, other: Group): void {
  group.members.push(...other.members);
  for (const [kind, keys] of other.identifiers) {
    group.identifiers.set(kind, new Set([...(group.identifiers.get(kind) ?? []), ...keys]));
  }
}

const pairOf = (x: KeyedPerson, y: KeyedPerson, rung: string, band: "link" | "review"): KeyedPair =>
  x.id < y.id ? { a: x.id, b: y.id, rung, band } : { a: y.id, b: x.id, rung, band };
