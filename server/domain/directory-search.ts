/**
 * Finds services for somebody: by what they need, where they live, how old they are, and by words. The whole
 * directory is held as an index; the order is one rule, in `byFitness`, and each hit says why it is shown.
 */

import { EVERYWHERE, type FoundService, fitsAge, isStale } from "./directory";
import { type Listing, serviceOf } from "./directory-listing";
import { searchNeeds } from "./need-search";
import { findNeed } from "./needs";
import type { Day } from "./period";
import { fold, isOneSlip, singular, wordsOf } from "./text-match";

/** What the reference tables know of a postcode, sector or district. */
export interface Spot {
  sector: string | null;
  district: string | null;
  ward: string | null;
  authority: string | null;
  region: string | null;
  nation: string | null;
  easting: number | null;
  northing: number | null;
}

/** A listing and where its premises lie. */
export interface PlacedListing {
  listing: Listing;
  spots: readonly Spot[];
}

export interface Question {
  needs: readonly string[];
  text: string;
  /** Where the person lives; null when that is not asked about or not known. */
  spot: Spot | null;
  age: number | null;
  today: Day;
  limit: number;
}

export interface Answer {
  services: FoundService[];
  total: number;
  /** Codes of needs that the words were taken for. */
  understood: string[];
}

/** How well a listing answers a question. */
interface Fitness {
  at: number;
  /** The words typed are its name, or its organisation's. */
  named: boolean;
  serves: 0 | 1 | 2 | 3;
  /** Exact needs it helps with; a service for other needs of the same domain counts below any of these. */
  needs: number;
  sameDomain: boolean;
  /** Sum of what each typed word was found by. */
  words: number;
  ageFits: boolean;
  kilometres: number | null;
  stale: boolean;
}

/** What a typed word is worth where it is found. */
const FIELDS = { name: 10, organisation: 8, need: 5, place: 4, text: 1 } as const;
type Field = keyof typeof FIELDS;

/** Words that say nothing of a service. */
const IDLE = new Set(
  "a an and at for from get help i in is me my near need needs of on or service services some somebody support the to who with".split(
    " ",
  ),
);
const SLIP_LENGTH = 4;
/** Within one of these distances it makes no difference which is nearer; freshness decides first. */
const BANDS_KM = [2, 5, 10, 20, 40];
const MOST_UNDERSTOOD = 6;

/** Where a word was found: the listing's place in the index and the best field. */
type Postings = Map<number, Field>;

export class DirectoryIndex {
  readonly #placed: readonly PlacedListing[];
  readonly #postings = new Map<string, Postings>();
  /** Organisations, needs and areas come again and again. */
  readonly #wordsOf = new Map<string, ReadonlySet<string>>();
  readonly #vocabulary: readonly Term[];
  readonly #domains: readonly ReadonlySet<string>[];
  /** Names, folded. */
  readonly #names: readonly string[];
  /** Services that are offered. */
  readonly size: number;

  /** `placeNames` gives the name of an area's code. */
  constructor(
    placed: readonly PlacedListing[],
    readonly placeNames: ReadonlyMap<string, string>,
  ) {
    this.#placed = placed;
    placed.forEach(({ listing }, at) => {
      const { facts } = listing;
      this.#note(at, "name", facts.name);
      this.#note(at, "organisation", facts.organisationName);
      for (const { code } of facts.needs) {
        const need = findNeed(code);
        this.#note(at, "need", [need?.label, ...(need?.synonyms ?? [])].join(" "));
      }
      for (const { words } of facts.areas) this.#note(at, "place", words);
      for (const { name, address } of facts.premises) this.#note(at, "place", `${name} ${address}`);
      this.#note(at, "text", `${facts.description} ${facts.eligibility} ${facts.languages.join(" ")}`);
    });
    this.#wordsOf.clear();
    this.#vocabulary = [...this.#postings.keys()].sort().map(termOf);
    this.#domains = placed.map(
      ({ listing }) => new Set(listing.facts.needs.map(({ code }) => domainOf(code))),
    );
    this.#names = placed.map(({ listing }) => fold(listing.facts.name));
    this.size = placed.filter(({ listing }) => listing.offered).length;
  }

  #note(at: number, field: Field, text: string): void {
    const words = this.#wordsOf.get(text) ?? new Set(wordsOf(text));
    this.#wordsOf.set(text, words);
    for (const word of words) {
      const postings: Postings = this.#postings.get(word) ?? new Map();
      const known = postings.get(at);
      if (known === undefined || FIELDS[known] < FIELDS[field]) postings.set(at, field);
      this.#postings.set(word, postings);
    }
  }

  /** The listings that answer, best first. Nothing asked gives everything that is offered. */
  search(question: Question): Answer {
    const words = wordsOf(question.text).filter((word) => !IDLE.has(word));
    const understood = words.length === 0 ? [] : understoodNeeds(words.join(" "));
    const found = words.length === 0 ? null : this.#find(words);
    const asked = new Set(question.needs);
    const askedDomains = new Set(question.needs.map(domainOf));
    const fit: Fitness[] = [];
    const staleBy = new Map<Day | null, boolean>();
    const stale = ({ facts: { assuredOn } }: Listing) => {
      const known = staleBy.get(assuredOn) ?? isStale(assuredOn, question.today);
      staleBy.set(assuredOn, known);
      return known;
    };
    this.#placed.forEach(({ listing }, at) => {
      const hit = found?.get(at);
      const byNeed = understood.filter((code) => has(listing, code)).length;
      if (found && !hit && byNeed === 0) return;
      const named = hit?.named ?? false;
      // Somebody who asks for a closed service by its name is told that it is closed.
      if (!listing.offered && !named) return;
      const exact = question.needs.filter((code) => has(listing, code)).length;
      const sameDomain = exact === 0 && overlaps(this.#domains[at], askedDomains);
      if (asked.size > 0 && exact === 0 && !sameDomain) return;
      fit.push({
        at,
        // Words that say what is needed are no name, though many services have them in theirs.
        named: named && understood.length === 0,
        serves: question.spot ? serves(this.#placed[at], question.spot) : 1,
        needs: exact + byNeed,
        sameDomain,
        words: hit?.worth ?? 0,
        ageFits: question.age === null || fitsAge(listing.facts, question.age) !== false,
        kilometres: question.spot ? nearest(this.#placed[at], question.spot) : null,
        stale: stale(listing),
      });
    });
    const whole = fold(question.text);
    fit.sort((a, b) => this.#byFitness(a, b, whole));
    const services = fit
      .slice(0, question.limit)
      .flatMap((fitness) => this.#say(fitness, question, understood));
    return { services, total: fit.length, understood };
  }

  /**
   * The order: offered; called by name; serves the place; helps with the needs; fits the age; words; nearer by
   * bands; fresh before stale; on this installation; nearest; name.
   */
  #byFitness(a: Fitness, b: Fitness, whole: string): number {
    const [left, right] = [this.#placed[a.at]?.listing, this.#placed[b.at]?.listing];
    if (!left || !right) return 0;
    const [nameA, nameB] = [this.#names[a.at] ?? "", this.#names[b.at] ?? ""];
    return (
      Number(right.offered) - Number(left.offered) ||
      Number(b.named) - Number(a.named) ||
      Number(nameB === whole) - Number(nameA === whole) ||
      b.serves - a.serves ||
      b.needs - a.needs ||
      Number(a.sameDomain) - Number(b.sameDomain) ||
      Number(b.ageFits) - Number(a.ageFits) ||
      b.words - a.words ||
      bandOf(a.kilometres) - bandOf(b.kilometres) ||
      Number(a.stale) - Number(b.stale) ||
      Number(right.onPlatform !== null) - Number(left.onPlatform !== null) ||
      (a.kilometres ?? 0) - (b.kilometres ?? 0) ||
      compare(nameA, nameB) ||
      compare(left.id, right.id)
    );
  }

  /** Listings in which every word is found; `named` when all of them are in its name or its organisation's. */
  #find(words: readonly string[]): Map<number, { worth: number; named: boolean }> {
    let found: Map<number, { worth: number; named: boolean }> | null = null;
    words.forEach((word, i) => {
      const hits = this.#findWord(word, i === words.length - 1);
      const next = new Map<number, { worth: number; named: boolean }>();
      for (const [at, { worth, named }] of hits) {
        const before = found?.get(at);
        if (found && !before) continue;
        next.set(at, { worth: worth + (before?.worth ?? 0), named: named && (before?.named ?? true) });
      }
      found = next;
    });
    return found ?? new Map();
  }

  #findWord(word: string, isLast: boolean): Map<number, { worth: number; named: boolean }> {
    const hits = new Map<number, { worth: number; named: boolean }>();
    const typed = termOf(word);
    const meant = this.#vocabulary.map((known) => ({ known, closeness: closenessOf(known, typed, isLast) }));
    const least = leastToCount(meant.map(({ closeness }) => closeness));
    for (const { known, closeness } of meant) {
      if (closeness < least) continue;
      for (const [at, field] of this.#postings.get(known.word) ?? []) {
        const worth = FIELDS[field] * closeness;
        const before = hits.get(at);
        const named = field === "name" || field === "organisation" || (before?.named ?? false);
        hits.set(at, { worth: Math.max(worth, before?.worth ?? 0), named });
      }
    }
    return hits;
  }

  #say(fitness: Fitness, question: Question, understood: readonly string[]): FoundService[] {
    const placed = this.#placed[fitness.at];
    if (!placed) return [];
    const { listing } = placed;
    const service = serviceOf(listing, question.today);
    const asked = [...new Set([...question.needs, ...understood])].filter((code) => has(listing, code));
    const why = [
      question.spot ? this.#servesInWords(placed, question.spot, fitness) : areasInWords(service.areas),
      needsInWords(asked, fitness.sameDomain ? question.needs : []),
      ageInWords(service.agesWords, fitness.ageFits, question.age),
      listing.openingWords && listing.openingWords.length <= 80 ? `open ${listing.openingWords}` : "",
    ].filter((words) => words !== "");
    const kilometres = fitness.kilometres === null ? null : Math.round(fitness.kilometres * 10) / 10;
    return [{ ...service, why, kilometres }];
  }

  #servesInWords({ listing, spots }: PlacedListing, spot: Spot, { serves }: Fitness): string {
    const { areas } = listing.facts;
    if (serves === 3) {
      const area = areas.find(({ code }) => code !== null && codesOf(spot).includes(code));
      if (area?.code === EVERYWHERE || !area) return "Serves people everywhere";
      return `Serves ${this.placeNames.get(area.code ?? "") ?? area.words}`;
    }
    if (serves === 0)
      return `Serves ${inList(areas.map(({ words }) => words))}: ask whether they help people from here`;
    const place = spots.map(({ authority }) => this.placeNames.get(authority ?? "")).find(Boolean);
    return place ? `Based in ${place}` : "Does not say where it helps";
  }
}

/** Every code that a stated area could be given by and that holds the spot. */
function codesOf(spot: Spot): string[] {
  const { sector, district, ward, authority, region, nation } = spot;
  const area = district?.replace(/\d.*$/, "") ?? null;
  return [EVERYWHERE, sector, district, area, ward, authority, region, nation].filter(
    (code) => code !== null,
  );
}

/** 3: says that it serves the place; 2: based in the same authority; 1: does not say; 0: serves other places. */
function serves(placed: PlacedListing | undefined, spot: Spot): Fitness["serves"] {
  if (!placed) return 1;
  const known = placed.listing.facts.areas.flatMap(({ code }) => (code === null ? [] : [code]));
  const holding = codesOf(spot);
  if (known.some((code) => holding.includes(code))) return 3;
  if (known.length > 0) return 0;
  const isNear = placed.spots.some(
    ({ authority, district }) =>
      (authority !== null && authority === spot.authority) ||
      (district !== null && district === spot.district),
  );
  return isNear ? 2 : 1;
}

function nearest(placed: PlacedListing | undefined, spot: Spot): number | null {
  const { easting, northing } = spot;
  if (easting === null || northing === null) return null;
  const distances = (placed?.spots ?? []).flatMap((other) =>
    other.easting === null || other.northing === null
      ? []
      : [Math.hypot(other.easting - easting, other.northing - northing) / 1000],
  );
  return distances.length === 0 ? null : Math.min(...distances);
}

function bandOf(kilometres: number | null): number {
  if (kilometres === null) return BANDS_KM.length;
  const band = BANDS_KM.findIndex((most) => kilometres <= most);
  return band === -1 ? BANDS_KM.length : band;
}

/** How close a word is that begins as typed, and one that is a slip away. */
const [BEGINS_CLOSENESS, SLIP_CLOSENESS] = [0.9, 0.6];

/** A word and its singular, worked out once for every word of a large directory. */
interface Term {
  word: string;
  one: string;
}
const termOf = (word: string): Term => ({ word, one: singular(word) });

/** 1 for the word itself, also in the plural, less for how it begins, least for one slip; 0 for another word. */
function closenessOf(known: Term, { word, one }: Term, isLast: boolean): number {
  if (known.one === one) return 1;
  if (word.length >= (isLast ? 2 : 4) && known.word.startsWith(word)) return BEGINS_CLOSENESS;
  return word.length >= SLIP_LENGTH && isOneSlip(known.word, word) ? SLIP_CLOSENESS : 0;
}

/** How close a word must be to count: a slip is forgiven only where nothing else is meant, so "food" brings no mood. */
function leastToCount(found: readonly number[]): number {
  return found.some((closeness) => closeness >= BEGINS_CLOSENESS) ? BEGINS_CLOSENESS : SLIP_CLOSENESS;
}

/** Needs that the typed words are another way of saying: each word stands in the label or in one synonym. */
function understoodNeeds(text: string): string[] {
  const typed = wordsOf(text).map(termOf);
  const hits = searchNeeds(text, { limit: MOST_UNDERSTOOD * 2 }).map(({ need, synonym }) => ({
    code: need.code,
    closeness: Math.max(
      ...[need.label, ...(synonym === null ? [] : [synonym])].map((said) => allIn(said, typed)),
    ),
  }));
  const least = leastToCount(hits.map(({ closeness }) => closeness));
  return hits
    .filter(({ closeness }) => closeness >= least)
    .slice(0, MOST_UNDERSTOOD)
    .map(({ code }) => code);
}

/** How close the typed word is that is furthest from what is said. */
function allIn(said: string, typed: readonly Term[]): number {
  const there = wordsOf(said).map(termOf);
  return Math.min(
    ...typed.map((term, i) =>
      Math.max(...there.map((known) => closenessOf(known, term, i === typed.length - 1))),
    ),
  );
}

const has = ({ facts }: Listing, code: string) => facts.needs.some((need) => need.code === code);
const domainOf = (code: string) => code.slice(0, 3);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function overlaps(some: ReadonlySet<string> | undefined, others: ReadonlySet<string>): boolean {
  return some !== undefined && [...others].some((other) => some.has(other));
}

function areasInWords(areas: readonly string[]): string {
  return areas.length === 0 ? "" : `Serves ${inList(areas)}`;
}

function needsInWords(found: readonly string[], instead: readonly string[]): string {
  if (found.length > 0) return `for ${inList(found.map(labelOf))}`;
  return instead.length > 0 ? "for other needs of this kind" : "";
}

function ageInWords(ages: string, fits: boolean, age: number | null): string {
  if (ages === "" || age === null) return "";
  return fits ? `for ages ${ages}` : `is for ages ${ages}`;
}

/** A label in quotation marks: many do not fit a sentence ("for “No food”"). */
const labelOf = (code: string) => `“${findNeed(code)?.label ?? code}”`;

function inList(parts: readonly string[]): string {
  if (parts.length <= 2) return parts.join(" and ");
  return `${parts.slice(0, 2).join(", ")} and ${parts.length - 2} more`;
}
