/**
 * How a newer version of a summary differs from the one before, and why, in words. Pure. Inside, both are exact. Outside,
 * only figures that differ are named, and the reason is the same for every change: which contact, link or erasure was
 * behind one could point at somebody (docs/decisions/0029).
 */

import { DOMAINS } from "../needs";
import { inDigits } from "../number-text";
import { type Day, dayInWords } from "../period";
import { type ImpactNumbers, type Measure, measures, type PeopleNumbers } from "./numbers";
import { FOOT_HEADINGS } from "./paper";
import { HIDDEN } from "./words";

/** What happened to the records between the two cut-offs, of what is dated up to the end of the period. */
export interface Happened {
  /** Contacts that came in later, without those that stand in for another. */
  late: number;
  voided: number;
  corrected: number;
  /** Records that are folded into other people's now and were not before; below nought: that were parted. */
  folded: number;
  /** Whether anything of anybody was erased. */
  erased: boolean;
  /** What it uses besides that is another one: a framework, unit costs, stories, names. One sentence each. */
  besides: readonly string[];
  /** Whether it is counted in another way. */
  method: boolean;
}

/** The version before: its number and the day it was counted on. */
export interface Before {
  version: number;
  countedOn: Day;
}

interface Said {
  what: string;
  of: (numbers: ImpactNumbers) => string;
}

/** People of a set as they are told: nobody or hidden where the set has no name. */
function peopleOf(people: PeopleNumbers, measure: Measure, basis: ImpactNumbers["basis"]): string {
  const found = people[measure] ?? (basis === "exact" ? 0 : null);
  return found === null ? HIDDEN : inDigits(found);
}

const ofPeople = (what: string, measure: Measure): Said => ({
  what,
  of: ({ people, basis }) => peopleOf(people, measure, basis),
});

const ofDays = (what: string, days: (numbers: ImpactNumbers) => number | null | undefined): Said => ({
  what,
  of: (numbers) => {
    const found = days(numbers);
    return found === null || found === undefined ? "not known" : `${inDigits(found)} days`;
  },
});

const ofThings = (what: string, count: (numbers: ImpactNumbers & { basis: "exact" }) => number): Said => ({
  what,
  of: (numbers) => (numbers.basis === "exact" ? inDigits(count(numbers)) : ""),
});

/** The numbers that are compared one by one, the most telling first. */
const COMPARED: readonly Said[] = [
  ofPeople("People helped", measures.helped),
  ofThings("Contacts", ({ things }) => things.contacts),
  ofThings("Issues", ({ things }) => things.issues["*"]?.brought ?? 0),
  ofThings("Issues resolved", ({ things }) => things.issues["*"]?.resolved ?? 0),
  ofPeople("People with a need that was resolved", measures.need("resolved", "*")),
  ofPeople("People with a need that was still open", measures.need("open", "*")),
  ofPeople("People with a need that was someone else’s to resolve", measures.need("theirs", "*")),
  ofPeople("People with an unmet need", measures.need("unmet", "*")),
  ofPeople("People referred", measures.referral("sent")),
  ofPeople("People whose referral was accepted", measures.referral("accepted")),
  ofPeople("People whose referral was completed", measures.referral("completed")),
  ofDays("Days until half of the issues were resolved", ({ estimates }) => estimates.resolution?.median.days),
  ofDays("Middle of the days to acceptance", ({ estimates }) => estimates.acceptance?.median),
  ...DOMAINS.map(({ code, label }) => ofPeople(`People with ${label}`, measures.need("brought", code))),
];

/** Lines at most; the rest are counted. */
const MOST_LINES = 12;

/** The differences of two versions, then why; one sentence each. */
export function changesOf(
  before: Before & { numbers: ImpactNumbers },
  now: ImpactNumbers,
  happened: Happened,
): string[] {
  const lines = COMPARED.flatMap(({ what, of }) => {
    const [then, today] = [of(before.numbers), of(now)];
    return then === today ? [] : [`${what}: ${today}; it was ${then}.`];
  });
  const others = otherDifferences(before.numbers, now);
  const than = `version ${before.version}, counted on ${dayInWords(before.countedOn)}`;
  const settings = settingsOf(happened);
  if (lines.length === 0 && others === 0) {
    return [`No number differs from ${than}.`, ...settings];
  }
  const more = Math.max(lines.length - MOST_LINES, 0) + others;
  return [
    `Compared with ${than}:`,
    ...lines.slice(0, MOST_LINES),
    ...(more > 0 ? [moreOf(more, lines.length > 0)] : []),
    ...reasonsOf(now.basis, happened, before),
    ...settings,
  ];
}

const moreOf = (more: number, besides: boolean) =>
  `${inDigits(more)} ${besides ? "more " : ""}${more === 1 ? "number differs" : "numbers differ"} in the tables.`;

/** Sets of people that differ and are not compared by name. */
function otherDifferences(before: ImpactNumbers, now: ImpactNumbers): number {
  const named = new Set<string>([
    ...[measures.helped, measures.referral("sent"), measures.referral("accepted")],
    measures.referral("completed"),
    ...(["resolved", "open", "theirs", "unmet"] as const).map((what) => measures.need(what, "*")),
    ...DOMAINS.map(({ code }) => measures.need("brought", code)),
    // The same people as the helped, or as good as: telling both would be telling one thing twice.
    measures.need("brought", "*"),
  ]);
  const then = new Map(Object.entries(before.people));
  const today = new Map(Object.entries(now.people));
  return [...new Set([...then.keys(), ...today.keys()])].filter(
    (measure) => !named.has(measure) && (then.get(measure) ?? null) !== (today.get(measure) ?? null),
  ).length;
}

function reasonsOf(basis: ImpactNumbers["basis"], happened: Happened, { countedOn }: Before): string[] {
  if (basis === "figures") {
    return [
      "Late, corrected and voided contacts, records that turned out to be one person’s or two people’s, and erasures change figures. Which of them did is not told, because it could point at somebody.",
    ];
  }
  const { late, voided, corrected, folded, erased } = happened;
  const since = dayInWords(countedOn);
  const said = [
    ...(late > 0 ? [`${contacts(late)} came in later.`] : []),
    ...(corrected > 0 ? [`${contacts(corrected)} ${corrected === 1 ? "was" : "were"} corrected.`] : []),
    ...(voided > 0 ? [`${contacts(voided)} ${voided === 1 ? "was" : "were"} voided.`] : []),
    ...(folded > 0 ? [`${records(folded)} turned out to be of somebody already counted.`] : []),
    ...(folded < 0 ? [`${records(-folded)} turned out to be of somebody else, counted apart now.`] : []),
    ...(erased ? ["Records were erased for good."] : []),
  ];
  return said.length === 0 ? [] : [`Why, since ${since}:`, ...said];
}

function settingsOf({ besides, method }: Happened): string[] {
  return [...besides, ...(method ? [`It is counted in a newer way: see “${FOOT_HEADINGS.counted}”.`] : [])];
}

const contacts = (count: number) => `${inDigits(count)} ${count === 1 ? "contact" : "contacts"}`;
const records = (count: number) => `${inDigits(count)} ${count === 1 ? "record" : "records"}`;
