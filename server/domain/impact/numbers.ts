/**
 * The numbers of an impact summary, before any words: every number of people is the size of a set with a name. The same
 * names hold inside, where the size is exact, and outside, where it is a figure made from the very same set.
 */

import type { Day } from "../period";
import { REFERRAL_STATES, type ReferralState } from "../referral";

/**
 * Name of a set of people of the service or organisation, as text; made by the functions of `measures` alone. It has no
 * period in it.
 */
export type Measure = string & { readonly measure: unique symbol };

/** What the people of a set have in common: the first part of its name. */
const KINDS = [
  "helped",
  "anonymous",
  "need",
  "framework",
  "referral",
  "decile",
  "placed",
  "fifth",
  "authority",
  "not-placed",
  "slice",
  "severity",
  "instrument",
  "waiting",
  "watched",
  "estimate",
] as const;
export type MeasureKind = (typeof KINDS)[number];

const measure = (kind: MeasureKind, ...parts: (string | number)[]) => [kind, ...parts].join("|") as Measure;

/** A name taken apart again: its kind, and what `measures` was given, as text. */
export function partsOf(measure: Measure): readonly [kind: MeasureKind, ...parts: string[]] {
  const [name, ...parts] = measure.split("|");
  const kind = KINDS.find((each) => each === name);
  if (kind === undefined) throw new Error(`No set of people has the name ${measure}`);
  return [kind, ...parts];
}

export const kindOf = (measure: Measure): MeasureKind => partsOf(measure)[0];

/** Whether a set is there for an estimate alone. Estimates are made of the period itself, not of the year before it. */
export function isEstimate(measure: Measure): boolean {
  const kind = kindOf(measure);
  return kind === "estimate" || kind === "watched";
}

/** What became of a need that a person brought. Each is a set of people for a path ("*", a domain or a need). */
export const NEED_MEASURES = [
  /** With an issue that a contact of the period spoke of. */
  "brought",
  /** With such an issue first recorded in the period. */
  "opened",
  /** With such an issue still open at the end of the period. */
  "open",
  /** With such an issue resolved at the end of the period. */
  "resolved",
  "no-longer-relevant",
  /** With such an issue said to have improved, or worsened, at a contact of the period. */
  "improved",
  "worsened",
  /** With such an issue that is someone else's to resolve, and what became of it. */
  "theirs",
  "theirs-resolved",
  "theirs-referred",
  /** With such an issue outside the list of every service that recorded it. */
  "outside-list",
  /** Someone else's or outside the list, open at the end, and no referral of it accepted. */
  "unmet",
  /** Resolved before, and brought again within 12 months of that. */
  "again",
] as const;
export type NeedMeasure = (typeof NEED_MEASURES)[number];

/**
 * What had become of referrals sent in the period by the end of it. Each is a set of people. Accepted and started stay
 * so whatever came after: of those sent some were accepted, of those some were started, of those some were completed.
 */
export type ReferralMeasure =
  | Exclude<ReferralState, "withdrawn">
  /** Neither accepted nor declined nor taken back. */
  | "waiting";
const isTold = (state: ReferralState): state is Exclude<ReferralState, "withdrawn"> => state !== "withdrawn";
export const REFERRAL_MEASURES: readonly ReferralMeasure[] = [...REFERRAL_STATES.filter(isTold), "waiting"];

/** How people's first and latest value of the period compare. */
export const COURSES = ["better", "same", "worse"] as const;
export type Course = (typeof COURSES)[number];

/** Days that make half a year: the longest band of waiting begins with them. */
export const HALF_A_YEAR = 183;
/** Bands of waiting by their first day. */
export const WAITING_DAYS = [0, 31, 91, HALF_A_YEAR] as const;
export type WaitingDays = (typeof WAITING_DAYS)[number];

export const measures = {
  /** With a contact in the period. */
  helped: measure("helped"),
  /** Who cannot be recognised again: one for each anonymous contact. */
  anonymous: measure("anonymous"),
  need: (what: NeedMeasure, path: string) => measure("need", what, path),
  /** With an issue of the period that maps to a line of a framework; line "" is what does not map. */
  framework: (framework: string, line: string) => measure("framework", framework, line),
  referral: (what: ReferralMeasure) => measure("referral", what),
  /** In a decile (1 is most deprived) of a nation and edition of deprivation. */
  decile: (nation: string, edition: string, decile: number) => measure("decile", nation, edition, decile),
  /** With any decile of a nation and edition: the base of its shares; and those in deciles 1 and 2. */
  placed: (nation: string, edition: string) => measure("placed", nation, edition),
  mostDeprivedFifth: (nation: string, edition: string) => measure("fifth", nation, edition),
  /** With a decile of a nation and edition, and a postcode in an authority (by its code). */
  authority: (nation: string, edition: string, code: string) => measure("authority", nation, edition, code),
  /** Without a decile, and why. */
  notPlaced: (why: "no-fixed-address" | "unknown" | "outside" | "no-decile") => measure("not-placed", why),
  /** A slice of `domain/slices.ts` of the dimensions age and sex. */
  slice: (number: number) => measure("slice", number),
  /** With an issue whose severity was recorded twice or more by the end of the period. once: with none but others. */
  severity: (course: Course | "both" | "once") => measure("severity", course),
  /** With two scores or more on an instrument, the latest of them in the period; once: with one alone, in the period. */
  instrument: (id: string, course: Course | "both" | "once") => measure("instrument", id, course),
  /**
   * With an open issue at the end, by days since it was first recorded. Somebody with several is where the one lies that
   * has been open longest, so the four make up need("open", "*").
   */
  waiting: (fromDays: WaitingDays) => measure("waiting", fromDays),
  /** With an issue that the time to resolution is of. Made for figures alone, as is the next. */
  watched: measure("watched"),
  /** The people of an estimate, each with their values: how far an estimate is from an earlier one. */
  estimate: (name: "resolution" | "acceptance" | "completion" | "severity" | `instrument|${string}`) =>
    measure("estimate", name),
} as const;

/** A middle with its 95% interval; low and high are null where the curve does not reach them. */
export interface MedianDays {
  days: number | null;
  low: number | null;
  high: number | null;
}

/** One step of a Kaplan–Meier curve of the share still open. */
export interface SurvivalPoint {
  days: number;
  share: number;
  low: number;
  high: number;
  /** At risk just before; null outside, where things are not counted. */
  atRisk: number | null;
}

/**
 * Days from the first contact about an issue to its first resolution. Of issues first recorded in the 12 months up to the
 * end of the period by somebody who can be recognised again, followed to that end; those not resolved are censored.
 */
export interface TimeToResolution {
  /** Issues, and people with them, that the curve is of. Issues are things: null outside. */
  issues: number | null;
  people: number;
  resolved: number | null;
  median: MedianDays;
  curve: readonly SurvivalPoint[];
}

/** Middle of some whole days, with the quarter points. */
export interface DaysSpread {
  people: number;
  median: number;
  quarters: readonly [number, number];
}

/** First and latest values of the same people. Differences are latest less first. */
export interface PairedChange {
  people: number;
  firstMean: number;
  latestMean: number;
  mean: number;
  /** 95% interval of the mean difference (Student's t); null for fewer than two people or no spread. */
  low: number | null;
  high: number | null;
}

/** What is estimated from many people; null where nobody can be counted, or where too few may show outside. */
export interface Estimates {
  resolution: TimeToResolution | null;
  /** Days from sending to acceptance and to completion, of referrals sent in the period. */
  acceptance: DaysSpread | null;
  completion: DaysSpread | null;
  /** 1 low to 4 crisis, so less is better. */
  severity: PairedChange | null;
  /** By id of the instrument. */
  instruments: Readonly<Record<string, PairedChange | null>>;
}

/** Numbers of things that are not people; they never leave the organisation. */
export interface ThingCounts {
  contacts: number;
  /** Issues by what became of them, for each path; see NEED_MEASURES. */
  issues: Readonly<Record<string, Readonly<Record<NeedMeasure, number>>>>;
  referrals: Readonly<Record<ReferralMeasure, number>>;
}

export interface ImpactInstrument {
  id: string;
  name: string;
  lowest: number;
  highest: number;
  direction: "higher-better" | "lower-better";
}

/** Households of the places that people came from, by decile of one nation and edition; public, so exact. */
export interface AreaProfile {
  nation: string;
  edition: string;
  /** Names of the authorities. */
  areas: readonly string[];
  /** Households in deciles 1 to 10. */
  households: readonly number[];
}

/** People, by the name of the set. */
export type PeopleNumbers = Readonly<Record<Measure, number | null>>;

/** Names of the sets whose people are counted. */
export const measuresIn = (people: PeopleNumbers): Measure[] => Object.keys(people) as Measure[];

interface Numbers {
  /** Null inside `people`: hidden, "fewer than 10, or none". A name that is missing: nobody (exact), hidden (figures). */
  people: PeopleNumbers;
  estimates: Estimates;
  areas: readonly AreaProfile[];
  instruments: readonly ImpactInstrument[];
  /** The same numbers of the same period a year before; null when nothing was recorded in it. */
  yearBefore: PeopleNumbers | null;
}

/** Exact, for the organisation's own members. */
export interface ExactNumbers extends Numbers {
  basis: "exact";
  things: ThingCounts;
  /** Services with a contact in the period that have not chosen a need list. Never outside: it tells of one contact. */
  servicesWithoutList: readonly string[];
  contactsYearBefore: number | null;
}

/** Made of figures: may leave the organisation. */
export interface FigureNumbers extends Numbers {
  basis: "figures";
}

export type ImpactNumbers = ExactNumbers | FigureNumbers;

/** What a summary is of, by name, and when it was counted. */
export interface ImpactScope {
  organisationName: string;
  /** Null: the whole organisation. */
  serviceName: string | null;
  /** Organisations of a programme counted together; empty for a single one. */
  together: readonly string[];
  /**
   * The day of its first contact: recording began then. Null: not known, as of a programme; a year before is then
   * compared with as if it was whole.
   */
  firstDay: Day | null;
  /** The day of the cut-off, by the installation's clock. */
  countedOn: Day;
}
