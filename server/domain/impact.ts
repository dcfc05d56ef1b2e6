/**
 * The impact summary of one organisation or service: its shape, the words made from its numbers, and its file.
 * Numbers are the organisation's own, exact, for its own members; nothing here may be published as it stands.
 * Every share carries its base, and a deprivation decile never goes without its nation and edition.
 */

import { z } from "zod";
import { labelInSentence } from "./label-text";
import { DOMAINS } from "./needs";
import { type Day, dayInWords, findPeriod, lastDayOf, type Period, periodInWords } from "./period";

/** What a summary is asked for: a service or the whole organisation (null), and a period text. */
export const impactRequestSchema = z.object({
  serviceId: z.uuid().nullable(),
  period: z.string().transform((text, context): Period => {
    const period = findPeriod(text);
    if (period) return period;
    context.addIssue({ code: "custom", message: "Choose a month, a quarter or a financial year." });
    return z.NEVER;
  }),
});
export type ImpactRequest = z.output<typeof impactRequestSchema>;

/** What a summary can be asked for. */
export interface ImpactOptions {
  organisationName: string;
  services: readonly { id: string; name: string }[];
  /** Day of the earliest contact that counts; null before the first one. */
  firstDay: Day | null;
  today: Day;
}

/**
 * Issues that had an entry in the period. Each is in one state on the last day of the period:
 * `mentioned = open + resolved + noLongerRelevant`. The rest are parts of `mentioned`.
 */
export interface IssueCounts {
  mentioned: number;
  /** First recorded in the period. */
  opened: number;
  open: number;
  resolved: number;
  noLongerRelevant: number;
  /** Someone else's to resolve, by the last entry of the period. */
  theirs: number;
  /** Not on the need list of any service that recorded it in the period. */
  outsideList: number;
}

export interface DomainImpact extends IssueCounts {
  code: string;
  label: string;
  /** People with an issue of this domain mentioned in the period. */
  people: number;
}

/** People by deprivation decile within one nation and one edition: deciles 1 (most deprived) to 10. */
export interface DeprivationProfile {
  nation: string;
  edition: string;
  deciles: readonly number[];
  /** People with a decile of this nation and edition: the base of every share. */
  people: number;
  /** Those in deciles 1 and 2: "live in the 20% most deprived areas". */
  mostDeprivedFifth: number;
}

/** People without a decile, by the reason. */
export interface WithoutDecile {
  noFixedAddress: number;
  unknown: number;
  outside: number;
  /** A postcode whose small area has no decile loaded. */
  noDecile: number;
}

export interface ImpactSummary {
  organisationName: string;
  /** Null: the whole organisation. */
  serviceName: string | null;
  period: Period;
  /** Day on which it was made, by the installation's clock. */
  madeOn: Day;
  people: number;
  /** Parts of `people` who cannot be recognised again: one for each anonymous contact. */
  anonymousPeople: number;
  contacts: number;
  issues: IssueCounts;
  /** Open on the last day of the period, without an entry in it. */
  openNotMentioned: number;
  domains: readonly DomainImpact[];
  deprivation: readonly DeprivationProfile[];
  withoutDecile: WithoutDecile;
  /** The same period a year before; null when nothing was recorded in it. */
  yearBefore: { people: number; contacts: number } | null;
  /** Services in question that have not chosen a need list: nothing they record counts as outside it. */
  servicesWithoutList: readonly string[];
}

export const NO_ISSUES: IssueCounts = {
  mentioned: 0,
  opened: 0,
  open: 0,
  resolved: 0,
  noLongerRelevant: 0,
  theirs: 0,
  outsideList: 0,
};

const number = new Intl.NumberFormat("en-GB");

/** "1,140". */
export function countInWords(count: number): string {
  return number.format(count);
}

/** "1 person", "485 people". */
export function peopleInWords(count: number): string {
  return `${countInWords(count)} ${count === 1 ? "person" : "people"}`;
}

/** A whole percentage, or null without a base. Small but present shares read 1, not 0; nearly all reads 99. */
export function percent(part: number, base: number): number | null {
  if (base <= 0) return null;
  const share = Math.round((part / base) * 100);
  if (share === 0 && part > 0) return 1;
  if (share === 100 && part < base) return 99;
  return share;
}

const list = new Intl.ListFormat("en-GB");

/** The finding in one sentence: how many people, and what most of them came with. */
export function impactTitle(summary: ImpactSummary): string {
  if (summary.people === 0) return "No contacts were recorded in this period";
  const most = [...summary.domains]
    .filter((domain) => domain.people > 0)
    .sort((a, b) => b.people - a.people || a.code.localeCompare(b.code))
    .slice(0, 3)
    .map((domain) => labelInSentence(domain.label));
  const helped = `We helped ${peopleInWords(summary.people)}`;
  return most.length === 0 ? helped : `${helped}, mostly with ${list.format(most)}`;
}

/** What the reader should know next: shares with their bases, in sentences. */
export function impactIntroduction(summary: ImpactSummary): string {
  const { issues, period } = summary;
  const sentences = [`${periodInWords(period)}.`];
  if (issues.mentioned > 0) {
    const end = isOver(summary) ? dayInWords(lastDayOf(period)) : dayInWords(summary.madeOn);
    sentences.push(
      `Of ${countInWords(issues.mentioned)} issues that people brought, ${countInWords(issues.resolved)} were resolved by ${end}.`,
    );
    if (issues.theirs > 0) {
      sentences.push(`${countInWords(issues.theirs)} were someone else's to resolve.`);
    }
  }
  return sentences.join(" ");
}

/** Whether the period had ended when the summary was made. */
export function isOver(summary: Pick<ImpactSummary, "period" | "madeOn">): boolean {
  return lastDayOf(summary.period) < summary.madeOn;
}

export interface Definition {
  term: string;
  means: string;
}

/** What each number counts, in the words that stand beside it on screen and in the file. */
export const IMPACT_DEFINITIONS = {
  people: {
    term: "People",
    means:
      "Everybody with a contact in the period, each counted once however many times you met. An anonymous contact counts as one person, because nobody can tell whether they came before.",
  },
  contacts: {
    term: "Contacts",
    means: "Dated meetings, calls and messages in the period. Voided ones do not count.",
  },
  issues: {
    term: "Issues",
    means: "Needs of a client that at least one contact of the period spoke of. One person can have several.",
  },
  opened: { term: "New", means: "First recorded in the period." },
  open: {
    term: "Open",
    means:
      "Not resolved by the end of the period: the last thing recorded was new, ongoing, improved or worsened.",
  },
  resolved: { term: "Resolved", means: "The last thing recorded by the end of the period was resolved." },
  noLongerRelevant: {
    term: "No longer relevant",
    means: "The last thing recorded by the end of the period was that it no longer mattered.",
  },
  theirs: {
    term: "Someone else's",
    means: "Marked as someone else's to resolve the last time it was recorded.",
  },
  outsideList: {
    term: "Outside the service's list",
    means: "The need is not on the list chosen by the service that recorded it.",
  },
  deprivation: {
    term: "Deprivation",
    means:
      "The tenth of small areas, from the most to the least deprived of its nation, that the person's postcode lay in at the last contact of the period.",
  },
  mostDeprivedFifth: {
    term: "The 20% most deprived areas",
    means: "Tenths 1 and 2 of the nation and edition named. Nations are never added together.",
  },
} as const satisfies Record<string, Definition>;

/** One line of the file: what it is about, what is counted, the number and its base where it has one. */
export type ImpactRow = readonly [
  section: string,
  item: string,
  measure: string,
  value: string | number,
  base: string | number,
];

export const IMPACT_COLUMNS = ["section", "item", "measure", "value", "of"] as const;

/** The summary as rows of a file, the same numbers as the screen in the same order. */
export function impactRows(summary: ImpactSummary): ImpactRow[] {
  const definition = IMPACT_DEFINITIONS;
  const rows: ImpactRow[] = [
    ["About", "Organisation", "name", summary.organisationName, ""],
    ["About", "Service", "name", summary.serviceName ?? "All services", ""],
    ["About", "Period", "name", periodInWords(summary.period), ""],
    ["About", "Made on", "day", summary.madeOn, ""],
    ["Totals", "People", "people", summary.people, ""],
    ["Totals", "Anonymous people", "people", summary.anonymousPeople, summary.people],
    ["Totals", "Contacts", "contacts", summary.contacts, ""],
    ...issueRows("Totals", "All issues", summary.issues),
    ["Totals", "Open issues not mentioned in the period", "issues", summary.openNotMentioned, ""],
  ];
  if (summary.yearBefore) {
    rows.push(
      ["A year before", "People", "people", summary.yearBefore.people, ""],
      ["A year before", "Contacts", "contacts", summary.yearBefore.contacts, ""],
    );
  }
  for (const domain of summary.domains) {
    rows.push(["By domain", domain.label, "people", domain.people, summary.people]);
    rows.push(...issueRows("By domain", domain.label, domain));
  }
  for (const profile of summary.deprivation) {
    const section = `Deprivation, ${profile.nation}, ${profile.edition}`;
    profile.deciles.forEach((people, index) => {
      rows.push([section, `Tenth ${index + 1}`, "people", people, profile.people]);
    });
    rows.push([
      section,
      definition.mostDeprivedFifth.term,
      "people",
      profile.mostDeprivedFifth,
      profile.people,
    ]);
  }
  const without = summary.withoutDecile;
  rows.push(
    ["Without a tenth", "No fixed address", "people", without.noFixedAddress, summary.people],
    ["Without a tenth", "Postcode unknown", "people", without.unknown, summary.people],
    ["Without a tenth", "Outside the area covered", "people", without.outside, summary.people],
    ["Without a tenth", "Postcode without a tenth", "people", without.noDecile, summary.people],
  );
  for (const { term, means } of Object.values(definition)) rows.push(["Definition", term, means, "", ""]);
  return rows;
}

function issueRows(section: string, item: string, counts: IssueCounts): ImpactRow[] {
  return [
    [section, item, "issues mentioned", counts.mentioned, ""],
    [section, item, "issues new", counts.opened, counts.mentioned],
    [section, item, "issues open at the end", counts.open, counts.mentioned],
    [section, item, "issues resolved", counts.resolved, counts.mentioned],
    [section, item, "issues no longer relevant", counts.noLongerRelevant, counts.mentioned],
    [section, item, "issues someone else's to resolve", counts.theirs, counts.mentioned],
    [section, item, "issues outside the service's list", counts.outsideList, counts.mentioned],
  ];
}

/** People without a decile, whatever the reason. */
export function withoutDecileTotal(without: WithoutDecile): number {
  return without.noFixedAddress + without.unknown + without.outside + without.noDecile;
}

/** Label of a domain of needs by its storage number. */
export function domainByStorageNumber(storageNumber: number): { code: string; label: string } {
  const domain = DOMAINS.find((each) => each.number === storageNumber);
  if (!domain) throw new Error(`No domain has the number ${storageNumber}`);
  return { code: domain.code, label: domain.label };
}
