/** The top of a paper: the finding as its title, what to know next, and up to four numbers with what they are of. */

import { capital } from "../label-text";
import { inDigits } from "../number-text";
import { monthInWords, periodInWords } from "../period";
import { measures } from "./numbers";
import type { PaperHeadline } from "./paper";
import type { Reading } from "./reading";
import { domainLines, kindInWords } from "./section-needs";
import { profilesOf } from "./section-places";
import { agree, HIDDEN, isSome, listInWords, peopleInWords, percentOf, text, thingsInWords } from "./words";

/** "We helped 485 people, most often with money and debt, benefits and housing". */
export function titleOf(reading: Reading): string {
  const { count, isOver } = reading;
  const helped = count(measures.helped);
  if (helped === 0) return "No contacts were recorded in this period";
  if (helped === "few") return "We helped fewer than 10 people, or none";
  const most = domainLines(reading)
    .filter(({ brought }) => isSome(brought))
    .slice(0, 3)
    .map(kindInWords);
  const said = isOver ? "We helped" : "So far we have helped";
  const who = `${said} ${peopleInWords(helped)}`;
  return most.length === 0 ? who : `${who}, most often with ${listInWords(most)}`;
}

/** Words for a share, nearest first: within two points of it. */
const SHARES: readonly (readonly [share: number, words: string])[] = [
  [1 / 10, "about one in ten"],
  [1 / 5, "about one in five"],
  [1 / 4, "about one in four"],
  [1 / 3, "about one in three"],
  [2 / 5, "about two in five"],
  [1 / 2, "about half"],
  [3 / 5, "about three in five"],
  [2 / 3, "about two in three"],
  [3 / 4, "about three in four"],
  [4 / 5, "about four in five"],
  [9 / 10, "about nine in ten"],
];
const NEAR = 0.02;

/** "about one in three", or "38%"; null where no share may be said. */
export function shareInWords(part: number, whole: number, basis: Reading["basis"]): string | null {
  const percent = percentOf(part, whole, basis);
  if (percent === null) return null;
  const near = SHARES.find(([share]) => Math.abs(part / whole - share) <= NEAR);
  return near ? near[1] : `${percent}%`;
}

/** "About two in five of the people who brought a need had one resolved by 30 September 2026: 180 of 470." */
function resolvedSentence({ basis, count, end }: Reading): string | null {
  const [brought, resolved] = [count(measures.need("brought", "*")), count(measures.need("resolved", "*"))];
  if (!isSome(brought) || !isSome(resolved)) return null;
  const share = shareInWords(resolved, brought, basis);
  const of = `${inDigits(resolved)} of ${inDigits(brought)}`;
  return share
    ? capital(`${share} of the people who brought a need had one resolved by ${end}: ${of}.`)
    : `By ${end}, ${of} people had a need resolved.`;
}

/** "For 120 people a need was someone else’s to resolve." */
function theirsSentence({ count }: Reading): string | null {
  const theirs = count(measures.need("theirs", "*"));
  return isSome(theirs) ? `For ${peopleInWords(theirs)} a need was someone else’s to resolve.` : null;
}

/**
 * "In July to September 2025 we helped 400." Or "Recording began in January 2025, so there is no whole year before to compare
 * with."
 */
function yearBeforeSentence({ before, beganOn, plan, yearBefore }: Reading): string | null {
  if (beganOn !== null) {
    const { type } = plan.period;
    const whole = type === "year" ? "year before" : `${type} a year before`;
    return `Recording began in ${monthInWords(beganOn)}, so there is no whole ${whole} to compare with.`;
  }
  const helped = before(measures.helped);
  return isSome(helped) ? `In ${yearBefore} we helped ${peopleInWords(helped)}.` : null;
}

/** The period, and what the reader should know after the title. */
export function leadOf(reading: Reading): string {
  const { plan, count, isOver, end } = reading;
  const period = `${periodInWords(plan.period)}${isOver ? "" : `, up to ${end}`}.`;
  const helped = count(measures.helped);
  if (helped === "few")
    return `${period} People in a group this small could be picked out, so nothing more is shown.`;
  if (helped === 0) return period;
  return text([period, resolvedSentence(reading), theirsSentence(reading), yearBeforeSentence(reading)]);
}

/** Up to four numbers, each with what it is of. */
export function headlinesOf(reading: Reading): PaperHeadline[] {
  const { count } = reading;
  const helped = count(measures.helped);
  if (!isSome(helped)) return [];
  return [
    {
      value: inDigits(helped),
      what: `${agree(helped, "person", "people")} helped`,
      note: helpedNote(reading),
    },
    resolvedHeadline(reading),
    completedHeadline(reading),
    deprivedHeadline(reading),
  ].filter((headline) => headline !== null);
}

function helpedNote({ things, count }: Reading): string {
  const anonymous = count(measures.anonymous);
  return [
    "each counted once",
    things ? thingsInWords(things.contacts, "contact") : null,
    isSome(anonymous) ? `${inDigits(anonymous)} came without a name` : null,
  ]
    .filter((part) => part !== null)
    .join("; ");
}

function resolvedHeadline({ basis, count, end }: Reading): PaperHeadline | null {
  const [brought, resolved] = [count(measures.need("brought", "*")), count(measures.need("resolved", "*"))];
  if (!isSome(brought)) return null;
  if (resolved === "few") return { value: HIDDEN, what: "had a need resolved", note: `by ${end}` };
  const share = percentOf(resolved, brought, basis);
  return share === null
    ? {
        value: inDigits(resolved),
        what: "had a need resolved",
        note: `of ${inDigits(brought)} ${agree(brought, "person", "people")} who brought one, by ${end}`,
      }
    : {
        value: `${share}%`,
        what: "had a need resolved",
        note: `${inDigits(resolved)} of ${inDigits(brought)} people who brought one, by ${end}`,
      };
}

function completedHeadline({ count }: Reading): PaperHeadline | null {
  const [sent, completed] = [count(measures.referral("sent")), count(measures.referral("completed"))];
  if (!isSome(sent) || !isSome(completed)) return null;
  return {
    value: inDigits(completed),
    what: `${agree(completed, "person", "people")} with a referral completed`,
    note: `of ${inDigits(sent)} people we referred`,
  };
}

/** The nation and edition with most people; the others are in their section. */
function deprivedHeadline(reading: Reading): PaperHeadline | null {
  const [largest] = profilesOf(reading);
  if (!largest) return null;
  const { nation, edition, placed, fifth } = largest;
  const share = percentOf(fifth, placed, reading.basis);
  if (share === null || fifth === "few" || placed === "few") return null;
  return {
    value: `${share}%`,
    what: "live in the 20% most deprived areas",
    note: `${inDigits(fifth)} of ${inDigits(placed)} people with a known address in ${nation} (${edition})`,
  };
}
