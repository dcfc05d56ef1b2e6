/**
 * A breach of personal data: by whose access it came about, whom it affects, and what has to be told by when. The clock
 * runs from the moment that the organisation became aware (UK GDPR, Articles 33 and 34).
 */

import { z } from "zod";
import { peopleInDigits } from "./impact/words";
import { type Day, dayOf } from "./period";
import { text, uuid } from "./typed-text";
import { MOST_DAYS } from "./who-looked";

/** Hours in which the Information Commissioner has to be told, unless nobody is at risk. */
export const COMMISSIONER_HOURS = 72;

export const BREACH_KINDS = [
  "looked-without-reason",
  "lost-device",
  "account-misused",
  "sent-to-wrong",
  "other",
] as const;
export type BreachKind = (typeof BREACH_KINDS)[number];

export const BREACH_KIND_LABELS: Readonly<Record<BreachKind, string>> = {
  "looked-without-reason": "Somebody looked without a reason",
  "lost-device": "A device was lost or stolen",
  "account-misused": "Somebody else used an account",
  "sent-to-wrong": "Something was shown or sent to the wrong person",
  other: "Something else",
};

/** Characters of an officer's words about a breach. */
export const MOST_BREACH_WORDS = 2_000;

const instant = z.date();

/** Whose access: somebody's, wherever they sat, or that of one device, whoever held it. */
export const BREACH_SUBJECTS = ["member", "device"] as const;
export type BreachSubject = (typeof BREACH_SUBJECTS)[number];

const access = z.strictObject({
  about: z.strictObject({ kind: z.enum(BREACH_SUBJECTS), id: uuid }),
  from: instant,
  until: instant,
});
type Access = z.output<typeof access>;

const beginsFirst = ({ from, until }: Access) => from < until;
const BEGINS_FIRST = { path: ["until"], message: "The second time must be later than the first." };
/** No longer than anybody may ask who has looked. */
const isShort = ({ from, until }: Access) => until.getTime() - from.getTime() <= MOST_DAYS * 86_400_000;
const IS_SHORT = { path: ["from"], message: "Ask about two years at most." };

/** Whose access, and from when until when. */
export const affectedSchema = access.refine(beginsFirst, BEGINS_FIRST).refine(isShort, IS_SHORT);
export type AffectedQuestion = z.output<typeof affectedSchema>;

export const openBreachSchema = access
  .extend({
    id: uuid,
    what: z.enum(BREACH_KINDS, "Choose what happened."),
    awareAt: instant,
    words: text.min(10, "Say what happened, in a sentence.").max(MOST_BREACH_WORDS),
  })
  .refine(beginsFirst, BEGINS_FIRST)
  .refine(isShort, IS_SHORT);
export type OpenBreach = z.output<typeof openBreachSchema>;

/** What an officer does next with one that is open. That nobody is at risk is kept with its reason (Article 33(5)). */
export const breachStepSchema = z.discriminatedUnion("step", [
  z.strictObject({
    id: uuid,
    step: z.literal("commissioner-no-risk"),
    reason: text.min(10, "Say why nobody is at risk, in a sentence.").max(MOST_BREACH_WORDS),
  }),
  z.strictObject({ id: uuid, step: z.enum(["commissioner-told", "people-told", "close"]) }),
]);
export type BreachStep = z.output<typeof breachStepSchema>;

/** The figures that the notices are filled in with. */
export interface BreachFigures {
  what: BreachKind;
  from: Date;
  until: Date;
  awareAt: Date;
  /** People whose record was touched in any way, and of them those whose record was opened. */
  people: number;
  opened: number;
  organisationName: string;
}

/** When the Information Commissioner has to be told by. */
export const commissionerDueAt = (awareAt: Date): Date =>
  new Date(awareAt.getTime() + COMMISSIONER_HOURS * 3_600_000);

const instantInWords = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

const londonTime = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

const TIME = /^([01]?\d|2[0-3])[:.]?([0-5]\d)$/;

/**
 * The instant of a day and a time of it as clocks in London show it, whatever the clock of the device: the first of the
 * two in the hour that is had twice. Null for no time of a day, or one that clocks leave out.
 */
export function instantOf(day: Day, time: string): Date | null {
  const [, hour, minute] = TIME.exec(time.trim()) ?? [];
  if (!hour) return null;
  const shown = `${hour.padStart(2, "0")}:${minute}`;
  const asUtc = Date.parse(`${day}T${shown}Z`);
  const found = [asUtc - 3_600_000, asUtc]
    .map((at) => new Date(at))
    .find((at) => dayOf(at) === day && londonTime.format(at) === shown);
  return found ?? null;
}

const LIKE_A_TIME = /^\d{1,2}[:.]?\d{2}$/;

/** What is wrong with the time of a day as it was typed; null for one that clocks in London show, and for none. */
export function timeFault(day: Day | "", time: string): string | null {
  const typed = time.trim();
  if (typed === "") return null;
  if (!LIKE_A_TIME.test(typed)) return "Write the time like 14:30.";
  if (!TIME.test(typed)) return "The time must be between 00:00 and 23:59.";
  if (day === "" || instantOf(day, typed)) return null;
  return "Clocks went forward over this time: enter one before or after it.";
}

/** "22 November 2026 at 14:05", in London. */
export const whenInWords = (at: Date): string => instantInWords.format(at);

/** A draft for the Information Commissioner (Article 33(3)): what the software knows, filled in. What it cannot know stands in brackets for the officer to say. */
export function commissionerNotice({
  what,
  from,
  until,
  awareAt,
  people,
  opened,
  organisationName,
}: BreachFigures): string {
  return [
    `Notice of a personal data breach by ${organisationName}`,
    `What happened: ${BREACH_KIND_LABELS[what]}. [Say more here.]`,
    `When: from ${whenInWords(from)} to ${whenInWords(until)}. We became aware on ${whenInWords(awareAt)}.`,
    `Whom it affects: about ${peopleInDigits(people)} whom we help. The records of ${peopleInDigits(opened)} were opened; the others came up in a list or a search.`,
    "What could be seen: names, dates of birth and contact details, and for opened records the needs and contacts that were recorded. [Say whether any of it is about health, and whether anything was copied or taken along.]",
    "What may come of it: [Say what harm is likely, and how likely.]",
    "What we have done: we counted the people affected from the record of use, and keep that record. [Say whether and when the access was ended, and what else you did.]",
    "Contact: [Name and telephone number of our data protection officer.]",
  ].join("\n\n");
}

/** A draft for the people affected (Article 34(2)), in plain words, with the same brackets. */
export function peopleNotice({
  what,
  from,
  until,
  organisationName,
}: Pick<BreachFigures, "what" | "from" | "until" | "organisationName">): string {
  return [
    "Something went wrong with your information",
    `We are ${organisationName}. Somebody may have seen information about you who should not have.`,
    `What happened: ${BREACH_KIND_LABELS[what].toLowerCase()}, between ${whenInWords(from)} and ${whenInWords(until)}.`,
    "What they may have seen: your name, date of birth, how to reach you, and what you asked us for help with.",
    "What we have done: [Say how it was stopped, and whether the Information Commissioner was told.]",
    "What you can do: [Say what would help.] You can ask us what we hold about you and who has looked at it.",
    "We are sorry. Ring us on [telephone number]. You can also complain to the Information Commissioner: ico.org.uk, 0303 123 1113.",
  ].join("\n\n");
}
