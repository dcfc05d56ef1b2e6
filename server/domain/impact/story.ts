/**
 * Stories of people whom an organisation helped, told so that nobody can tell who it is. A story is used when somebody
 * other than its writer has read it, and for as long as the person's own yes covers the reader and the day.
 */

import { z } from "zod";
import { daySchema } from "../client";
import { CHANNELS, type Channel } from "../contact-terms";
import { addMonths, type Day, dayInWords } from "../period";
import { oneLine, text, uuid } from "../typed-text";
import { AUDIENCES, type Audience, leavesOrganisation } from "./plan";
import type { Finding } from "./story-finding";

export const MOST_STORY_CHARACTERS = 2_000;
export const MOST_PARAGRAPHS = 8;

/**
 * A story as it is kept and looked over: without marks that cannot be seen, which could stand between the letters of a
 * name, and with paragraphs as lines. Findings lie in this text.
 */
export const seenOnly = (typed: string) =>
  typed
    .normalize("NFC")
    .replace(/[\p{Default_Ignorable_Code_Point}\u202a-\u202e\u2066-\u2069]/gu, "")
    .split(/\s*[\r\n]+\s*/)
    .map((paragraph) => paragraph.replace(/\s+/g, " ").trim())
    .filter(Boolean)
    .join("\n");

export const storyWordsSchema = text.transform(seenOnly).pipe(
  z
    .string()
    .min(40, "Write a few sentences: what brought them, what was done, what became of it.")
    .max(
      MOST_STORY_CHARACTERS,
      "Keep a story to 2,000 characters: the shorter it is, the less it gives away.",
    )
    .refine((words) => words.split("\n").length <= MOST_PARAGRAPHS, `Keep to ${MOST_PARAGRAPHS} paragraphs.`),
);

export const storyWhoSchema = z
  .string()
  .transform(seenOnly)
  .pipe(
    oneLine
      .min(3, "Say who it is without telling who: “Somebody we helped with debts”.")
      .max(120, "Keep this to 120 characters."),
  );

export const STORY_STATES = ["draft", "checked", "retired"] as const;
export type StoryState = (typeof STORY_STATES)[number];

export const storyIdSchema = z.object({ id: uuid });

export const lookOverSchema = z.object({
  clientId: uuid,
  words: text.max(20_000).transform(seenOnly),
  who: z.string().max(500).transform(seenOnly),
});
export type LookOver = z.output<typeof lookOverSchema>;

export const saveStorySchema = z.object({
  id: uuid,
  clientId: uuid,
  words: storyWordsSchema,
  who: storyWhoSchema,
  /** The revision that was open when the change began; 0: it is new. */
  from: z.int().min(0),
});
export type SaveStory = z.output<typeof saveStorySchema>;

export const confirmStorySchema = z.object({
  id: uuid,
  /** The words that were read. */
  revision: z.int().min(1),
  /** Whoever confirms has read it from beginning to end, and says that each marked piece may stay. */
  read: z.literal(true, "Read the story from beginning to end first, and say that you have."),
});
export type ConfirmStory = z.output<typeof confirmStorySchema>;

/** Readers that somebody is asked about: a summary for the team does not leave the house. */
export const STORY_AUDIENCES = AUDIENCES.filter(leavesOrganisation);

/** Said to the person when they are asked. Words that were used once are never changed: others get the next number. */
export const STORY_WORDS: Readonly<Record<number, string>> = {
  1: "We would like to tell your story, so that others see what help can do. We leave out your name, where you live, dates and anything else that shows who you are. May we show it to the people you choose? You can change your mind at any time: we then leave it out of everything new, though we cannot take back what has been handed out. Your answer changes nothing about the help you get.",
};
export const STORY_WORDS_VERSION = 1;

/** How long a yes may hold at most, and what is offered. */
export const MOST_CONSENT_MONTHS = 36;
export const OFFERED_CONSENT_MONTHS = 12;

export const recordStoryConsentSchema = z
  .object({
    id: uuid,
    storyId: uuid,
    /** None: they said no, or took their yes back. */
    audiences: z.array(z.enum(AUDIENCES)).max(AUDIENCES.length),
    answeredOn: daySchema,
    /** Null where nobody may read it. */
    untilOn: daySchema.nullable(),
    how: z.enum(CHANNELS),
  })
  .superRefine(({ audiences, answeredOn, untilOn }, check) => {
    const fault = (message: string) => check.addIssue({ code: "custom", path: ["untilOn"], message });
    if (audiences.length === 0) {
      if (untilOn !== null) fault("A no has no last day.");
      return;
    }
    if (untilOn === null) fault("Enter the last day on which their yes holds.");
    else if (untilOn < answeredOn) fault("The last day is not before the day of the answer.");
    else if (untilOn > addMonths(answeredOn, MOST_CONSENT_MONTHS))
      fault("A yes holds for three years at most. Ask again after that.");
  });
export type RecordStoryConsent = z.output<typeof recordStoryConsentSchema>;

/** One answer of the person about their story. */
export interface StoryAnswer {
  audiences: readonly Audience[];
  answeredOn: Day;
  untilOn: Day | null;
  how: Channel;
}

export type StoryConsent =
  | { state: "not-asked" }
  /** other-words: they said yes to the story as it was before it changed. */
  | { state: "given" | "lapsed" | "other-words"; audiences: readonly Audience[]; on: Day; until: Day }
  | { state: "none"; on: Day };

/** Where the person stands, from their latest answer and the words that it was about. A yes holds for those words alone. */
export function storyConsentOf(
  latest: (StoryAnswer & { answeredRevision: number }) | null,
  revision: number,
  today: Day,
): StoryConsent {
  if (!latest) return { state: "not-asked" };
  const { audiences, answeredOn: on, untilOn, answeredRevision } = latest;
  if (audiences.length === 0 || untilOn === null) return { state: "none", on };
  const held = answeredRevision === revision ? "given" : "other-words";
  return { state: today <= untilOn ? held : "lapsed", audiences, on, until: untilOn };
}

/** Whether a story may stand in a new summary for an audience today. The team reads whatever may leave to anybody. */
export function mayTell(state: StoryState, consent: StoryConsent, audience: Audience): boolean {
  if (state !== "checked" || consent.state !== "given") return false;
  return !leavesOrganisation(audience) || consent.audiences.includes(audience);
}

/** A story in a list. */
export interface StoryLine {
  id: string;
  clientId: string;
  state: StoryState;
  who: string;
  consent: StoryConsent;
  writtenBy: string;
  writtenAt: Date;
  /** Whether the actor wrote it, and so may not confirm it. */
  own: boolean;
}

/** What the words, and who it is said to be, should be asked about. */
export interface StoryFindings {
  words: readonly Finding[];
  who: readonly Finding[];
}

/** One story in full. */
export interface Story extends StoryLine {
  /** Name of the person, for whoever works with it here. */
  person: string;
  words: string;
  revision: number;
  checkedBy: string | null;
  checkedAt: Date | null;
  answers: readonly (StoryAnswer & { askedBy: string })[];
  findings: StoryFindings;
}

/** A story as a summary takes it. */
export interface ToldStory {
  id: string;
  quote: string[];
  who: string;
  /** The day of the person's yes, and what stands beside the story. */
  consentOn: Day;
  consent: string;
}

/** What stands beside a told story. */
export const consentNote = (on: Day): string =>
  `Told with the person’s consent, given on ${dayInWords(on)}. Names, places, dates and ages are left out so that nobody can tell who it is.`;
