/**
 * Counts what an impact summary says, from people as they are read one after another: their contacts, their issues with
 * all that was said of them, their scores, their referrals. Pure: the same rows give the same sets, wherever they were
 * read. Every number of people is the size of a set (numbers.ts); what each set holds is told in docs/methods/impact.md.
 */

import type { Sex } from "../client-terms";
import { isOpenStatus } from "../issue";
import { DOMAINS, domainOf, NEEDS } from "../needs";
import {
  ageSlice,
  monthNumberOf,
  packTraits,
  sexSlice,
  type Traits,
  UNKNOWN_TRAITS,
  unpackTraits,
} from "../slices";
import {
  becameBits,
  type ContactSeen,
  cohortFirst,
  countUntil,
  type DayNumber,
  dayOfNumber,
  type HomePlace,
  type IssueSeen,
  lastingOf,
  type ReferralSeen,
  type ScoresSeen,
  type ServiceSeen,
  type Span,
  stoodAt,
} from "./became";
import { PeopleSet, Samples } from "./count-sets";
import {
  type Course,
  type Measure,
  measures,
  NEED_MEASURES,
  type NeedMeasure,
  REFERRAL_MEASURES,
  type ReferralMeasure,
  type ThingCounts,
  WAITING_DAYS,
} from "./numbers";

/** Lines of a framework by storage number of the need. */
export interface FrameworkLines {
  framework: string;
  linesOf: (needNumber: number) => readonly string[];
}

const PATHS: readonly string[] = ["*", ...DOMAINS.map(({ code }) => code), ...NEEDS.map(({ code }) => code)];
const placeOfPath = new Map(PATHS.map((path, at) => [path, at]));
/** The paths that a need counts in, as places in PATHS. */
const pathsOfNeed = new Map(
  NEEDS.map((need) => [
    need.number,
    ["*", domainOf(need).code, need.code].map((path) => placeOfPath.get(path) ?? 0),
  ]),
);

const UNKNOWN = packTraits(UNKNOWN_TRAITS);

// Names that are put together once: of a large service each is asked for a hundred thousand times.
const HELD = {
  once: measures.severity("once"),
  both: measures.severity("both"),
  better: measures.severity("better"),
  worse: measures.severity("worse"),
  same: measures.severity("same"),
};
const WAITING = WAITING_DAYS.map((from) => ({ from, measure: measures.waiting(from) }));
const sliceMeasures: Measure[] = [];
const sliceMeasure = (slice: number): Measure => {
  sliceMeasures[slice] ??= measures.slice(slice);
  return sliceMeasures[slice];
};

/** Sets of one span, and the numbers of things. */
class SpanCount {
  private readonly sets = new Map<Measure, PeopleSet>();
  /** By path and measure: names are put together once, at the end. */
  private readonly needSets: (PeopleSet | undefined)[] = [];
  private readonly needThings = new Int32Array(PATHS.length * NEED_MEASURES.length);
  private readonly referralThings = new Map<ReferralMeasure, number>();
  private readonly homes = new Map<HomePlace, PeopleSet>();
  readonly helped = new PeopleSet();
  contacts = 0;

  constructor(readonly span: Span) {}

  add(measure: Measure, person: number): void {
    const set = this.sets.get(measure);
    if (set) set.add(person);
    else this.sets.set(measure, new PeopleSet().add(person));
  }

  addHome(home: HomePlace, person: number): void {
    const set = this.homes.get(home);
    if (set) set.add(person);
    else this.homes.set(home, new PeopleSet().add(person));
  }

  /** `became`: bits of NEED_MEASURES. */
  addIssue(needNumber: number, became: number, person: number): void {
    const paths = pathsOfNeed.get(needNumber);
    if (!paths) throw new Error(`No need has the number ${needNumber}`);
    for (const path of paths) {
      for (let measure = 0; measure < NEED_MEASURES.length; measure += 1) {
        if (((became >>> measure) & 1) === 0) continue;
        const at = path * NEED_MEASURES.length + measure;
        const set = this.needSets[at] ?? new PeopleSet();
        this.needSets[at] = set.add(person);
        this.needThings[at] = (this.needThings[at] ?? 0) + 1;
      }
    }
  }

  addReferral(stood: readonly ReferralMeasure[], person: number): void {
    for (const what of stood) {
      this.add(measures.referral(what), person);
      this.referralThings.set(what, (this.referralThings.get(what) ?? 0) + 1);
    }
  }

  /** Every set that is not empty, by its name. */
  named(): Map<Measure, Int32Array> {
    const named = new Map<Measure, PeopleSet>(this.sets);
    if (this.helped.size > 0) named.set(measures.helped, this.helped);
    PATHS.forEach((path, place) => {
      NEED_MEASURES.forEach((what, at) => {
        const set = this.needSets[place * NEED_MEASURES.length + at];
        if (set) named.set(measures.need(what, path), set);
      });
    });
    const put = (measure: Measure, set: PeopleSet) => {
      named.set(measure, named.get(measure)?.with(set) ?? set);
    };
    for (const [home, set] of this.homes) {
      for (const measure of measuresOfHome(home)) put(measure, set);
    }
    return new Map([...named].map(([measure, set]) => [measure, set.sorted()]));
  }

  things(): ThingCounts {
    const issues: Record<string, Record<NeedMeasure, number>> = {};
    PATHS.forEach((path, place) => {
      const counts = NEED_MEASURES.map((_, at) => this.needThings[place * NEED_MEASURES.length + at] ?? 0);
      if (path !== "*" && counts.every((count) => count === 0)) return;
      issues[path] = Object.fromEntries(NEED_MEASURES.map((what, at) => [what, counts[at] ?? 0])) as Record<
        NeedMeasure,
        number
      >;
    });
    const referrals = Object.fromEntries(
      REFERRAL_MEASURES.map((what) => [what, this.referralThings.get(what) ?? 0]),
    ) as Record<ReferralMeasure, number>;
    return { contacts: this.contacts, issues, referrals };
  }
}

/** The sets that somebody with this home is in. */
function measuresOfHome({ kind, nation, edition, decile, authority }: HomePlace): Measure[] {
  if (kind !== "postcode") return [measures.notPlaced(kind)];
  if (nation === null || edition === null || decile === null) return [measures.notPlaced("no-decile")];
  return [
    measures.decile(nation, edition, decile),
    measures.placed(nation, edition),
    ...(decile <= 2 ? [measures.mostDeprivedFifth(nation, edition)] : []),
    ...(authority === null ? [] : [measures.authority(nation, edition, authority)]),
  ];
}

/** What was counted: sets of people by their number, and what estimates are made of. */
export interface Counted {
  sets: ReadonlyMap<Measure, Int32Array>;
  setsYearBefore: ReadonlyMap<Measure, Int32Array>;
  things: ThingCounts;
  contactsYearBefore: number;
  samples: ImpactSamples;
}

/** Values behind the estimates, each with the number of its person. */
export interface ImpactSamples {
  /** Days that issues lasted; second value 1 when it was resolved, 0 while it was not. */
  resolution: Samples;
  /** Days from sending to acceptance, and to completion. */
  acceptance: Samples;
  completion: Samples;
  /** First and latest severity of each person, the mean of their issues. */
  severity: Samples;
  /** First and latest score of each person, by id of the instrument. */
  instruments: ReadonlyMap<string, Samples>;
}

/**
 * Takes people in and gives what they amount to. People have numbers from 0 up. Each kind of row comes for one person
 * after the other; contacts come before everything else, because who was helped decides what else counts.
 */
export class ImpactFold {
  private readonly now: SpanCount;
  private readonly before: SpanCount;
  private readonly traits: number[] = [];
  private readonly anonymous = new Set<number>();
  private readonly samples = {
    resolution: new Samples(2),
    acceptance: new Samples(1),
    completion: new Samples(1),
    severity: new Samples(2),
    instruments: new Map<string, Samples>(),
  };
  private readonly watchedFrom: DayNumber;
  /** Lines of the framework by need. */
  private readonly lineMeasures = new Map<number, readonly Measure[]>();

  /** `yearBefore` is the same period a year before, as it stood at its end. */
  constructor(
    private readonly asked: {
      span: Span;
      yearBefore: Span;
      services: readonly ServiceSeen[];
      lines: FrameworkLines | null;
    },
  ) {
    this.now = new SpanCount(asked.span);
    this.before = new SpanCount(asked.yearBefore);
    this.watchedFrom = cohortFirst(asked.span.until);
  }

  /** The contacts in scope of a person, in order. Those outside both spans change nothing. */
  addContacts(person: number, contacts: readonly ContactSeen[], anonymous: boolean): void {
    if (anonymous) this.anonymous.add(person);
    for (const count of [this.now, this.before]) {
      const { first, until } = count.span;
      const within = contacts.filter(({ day }) => day >= first && day <= until);
      const last = within.at(-1);
      if (!last) continue;
      count.contacts += within.length;
      count.helped.add(person);
      if (anonymous) count.add(measures.anonymous, person);
      count.addHome(last.home, person);
    }
  }

  /** All issues of a person, with what any service of the organisation said of them. */
  addIssues(person: number, issues: readonly IssueSeen[]): void {
    for (const count of [this.now, this.before]) this.addIssuesIn(count, person, issues);
    const { first, until } = this.now.span;
    if (this.anonymous.has(person) || until < first) return;
    const watched = { from: this.watchedFrom, until };
    for (const issue of issues) {
      const lasting = lastingOf(issue, watched, this.asked.services);
      if (lasting) this.samples.resolution.add(person, lasting.days, lasting.ended ? 1 : 0);
    }
  }

  private addIssuesIn(count: SpanCount, person: number, issues: readonly IssueSeen[]): void {
    const { services, lines } = this.asked;
    const { until } = count.span;
    let [twice, firsts, latests] = [0, 0, 0];
    let brought = 0;
    let waited: number | null = null;
    for (const issue of issues) {
      const became = becameBits(issue, count.span, services, issues);
      if (became === 0) continue;
      brought += 1;
      count.addIssue(issue.needNumber, became, person);
      if (lines) this.addLines(count, lines, issue.needNumber, person);
      const said = countUntil(issue.entries, until);
      const [first] = issue.entries;
      const latest = issue.entries[said - 1];
      if (!first || !latest) continue;
      if (said > 1) {
        twice += 1;
        firsts += first.severity;
        latests += latest.severity;
      }
      if (isOpenStatus(latest.status)) waited = Math.max(waited ?? 0, until - first.day);
    }
    if (brought === 0) return;
    if (waited !== null) {
      const days = waited;
      count.add(WAITING.findLast(({ from }) => days >= from)?.measure ?? measures.waiting(0), person);
    }
    if (twice === 0) {
      count.add(HELD.once, person);
      return;
    }
    const [first, latest] = [firsts / twice, latests / twice];
    count.add(HELD.both, person);
    // Sums of whole numbers, so equal means are equal.
    count.add(HELD[courseOf(first, latest, "lower-better")], person);
    if (count === this.now) this.samples.severity.add(person, first, latest);
  }

  private addLines(
    count: SpanCount,
    { framework, linesOf }: FrameworkLines,
    needNumber: number,
    person: number,
  ) {
    let known = this.lineMeasures.get(needNumber);
    if (!known) {
      const lines = linesOf(needNumber);
      known = (lines.length === 0 ? [""] : lines).map((line) => measures.framework(framework, line));
      this.lineMeasures.set(needNumber, known);
    }
    for (const measure of known) count.add(measure, person);
  }

  /** A person's scores on one instrument. They count when the person was helped and the latest lies in the span. */
  addScores(person: number, { instrumentId, direction, scores }: ScoresSeen): void {
    for (const count of [this.now, this.before]) {
      const { first: from, until } = count.span;
      const standing = scores.filter(({ day }) => day <= until);
      const [first, latest] = [standing[0], standing.at(-1)];
      if (!first || !latest || latest.day < from || !count.helped.has(person)) continue;
      if (standing.length === 1) {
        count.add(measures.instrument(instrumentId, "once"), person);
        continue;
      }
      count.add(measures.instrument(instrumentId, "both"), person);
      count.add(measures.instrument(instrumentId, courseOf(first.score, latest.score, direction)), person);
      if (count !== this.now) continue;
      const samples = this.samples.instruments.get(instrumentId) ?? new Samples(2);
      this.samples.instruments.set(instrumentId, samples);
      samples.add(person, first.score, latest.score);
    }
  }

  /** A referral of a person, if it was sent in a span. */
  addReferral(person: number, referral: ReferralSeen): void {
    const { sentOn, acceptedOn, completedOn } = referral;
    for (const count of [this.now, this.before]) {
      const { first, until } = count.span;
      if (sentOn < first || sentOn > until) continue;
      const stood = stoodAt(referral, until);
      count.addReferral(stood, person);
      if (count !== this.now) continue;
      if (acceptedOn !== null && stood.includes("accepted")) {
        this.samples.acceptance.add(person, acceptedOn - sentOn);
      }
      if (completedOn !== null && stood.includes("completed")) {
        this.samples.completion.add(person, completedOn - sentOn);
      }
    }
  }

  /** Whether a person was helped in either span: of others the age and the sex are not asked. */
  isHelped(person: number): boolean {
    return this.now.helped.has(person) || this.before.helped.has(person);
  }

  /** What is known of the age and the sex of a person. Without it both are not known. */
  addTraits(person: number, traits: Traits): void {
    this.traits[person] = packTraits(traits);
  }

  finish(): Counted {
    for (const count of [this.now, this.before]) {
      const month = monthNumberOf(dayOfNumber(count.span.first));
      for (const person of count.helped.sorted()) {
        const { ageMonth, sex }: { ageMonth: number | null; sex: Sex } = unpackTraits(
          this.traits[person] ?? UNKNOWN,
        );
        count.add(sliceMeasure(ageSlice(ageMonth, month)), person);
        count.add(sliceMeasure(sexSlice(sex)), person);
      }
    }
    return {
      sets: this.now.named(),
      setsYearBefore: this.before.named(),
      things: this.now.things(),
      contactsYearBefore: this.before.contacts,
      samples: this.samples,
    };
  }
}

/** Which way a value went, by what is better. */
function courseOf(first: number, latest: number, direction: ScoresSeen["direction"]): Course {
  if (first === latest) return "same";
  return latest > first === (direction === "higher-better") ? "better" : "worse";
}
