/**
 * Programmes: organisations that let their people be counted together, each once, in figures alone. What is asked of
 * them, and the very words that a manager of each agrees to. Shared with the browser.
 */

import { z } from "zod";
import { leavesOrganisation, planSchema } from "./impact/plan";
import { agree, countInWords } from "./impact/words";
import { capital } from "./label-text";
import type { Day } from "./period";
import { oneLine, uuid } from "./typed-text";

/**
 * Fewest organisations that are counted together. Of two, each could take its own numbers from the sum and have the
 * other's.
 */
export const FEWEST_TOGETHER = 3;
export const MOST_PROGRAMMES = 100;
export const MOST_IN_A_PROGRAMME = 60;

const MOST_NAME = 80;
const MOST_PURPOSE = 400;

/** The id is made by the browser, so that asking twice makes one. */
export const addProgrammeSchema = z.object({
  id: uuid,
  name: oneLine
    .min(1, "Give the programme a name.")
    .max(MOST_NAME, `Keep the name to ${MOST_NAME} characters.`),
  purpose: oneLine
    .min(1, "Say what its summaries are for: the others agree to this.")
    .max(MOST_PURPOSE, `Keep the purpose to ${MOST_PURPOSE} characters.`),
});
export type AddProgramme = z.output<typeof addProgrammeSchema>;

export const programmeIdSchema = z.object({ programmeId: uuid });

export const programmePartySchema = z.object({
  programmeId: uuid,
  organisationId: z.number().int().positive(),
});

export const agreeSchema = z.object({ id: uuid, programmeId: uuid });

/** A summary of a programme: whole organisations, the shared needs, and an audience outside. */
export const programmeSummarySchema = z.object({
  id: uuid,
  programmeId: uuid,
  period: planSchema.shape.period,
  audience: planSchema.shape.audience.refine(leavesOrganisation, "Choose who outside it is for."),
});
export type ProgrammeSummary = z.output<typeof programmeSummarySchema>;

/** An organisation in a programme. */
export interface ProgrammeParty {
  organisationId: number;
  name: string;
  isLead: boolean;
  /** Since when it agrees; null while it does not. */
  agreedAt: Date | null;
}

export interface Programme {
  id: string;
  name: string;
  purpose: string;
  leadName: string;
  /** Whether the reader's organisation leads it. */
  isOurs: boolean;
  parties: readonly ProgrammeParty[];
  /** Since when the reader's organisation agrees; null while it does not. */
  weAgreedAt: Date | null;
  /** Whether it was invited by another, and has neither agreed nor taken that back. */
  waitsForUs: boolean;
  /** What it agrees to, or would. */
  words: readonly string[];
  /** Summaries of it that are kept with the reader's organisation, newest first. */
  summaries: readonly ProgrammeSummaryLine[];
}

export interface ProgrammeSummaryLine {
  id: string;
  state: "making" | "ready" | "failed";
  /** Text of the period. */
  period: string;
  countedOn: Day | null;
}

/** What a manager agrees to, a paragraph each. Kept as it was read. */
export function agreementWords(of: {
  programme: string;
  purpose: string;
  lead: string;
  organisation: string;
}): string[] {
  const { programme, purpose, lead, organisation } = of;
  return [
    `${organisation} agrees that its people are counted in summaries of ${programme}, which ${lead} leads. What they are for: ${withStop(purpose)}`,
    "Each person is counted once across all organisations that agreed. The counting is done by the machine that keeps the records. No organisation sees another’s people, records or numbers, and nobody sees an exact number of the programme.",
    "What comes out are figures: rounded, with a small planned error, and “fewer than 10” for anything smaller. The names of the organisations counted stand in the paper.",
    `At least ${FEWEST_TOGETHER} organisations must agree before anything is counted. ${organisation} can take this back on any day. Later summaries leave it out; those made before stay as they are.`,
  ];
}

const withStop = (sentence: string) => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`);

/** Why a programme cannot be counted yet; null when it can. */
export function tooFew(parties: readonly Pick<ProgrammeParty, "agreedAt">[]): string | null {
  const agreed = parties.filter(({ agreedAt }) => agreedAt !== null).length;
  if (agreed >= FEWEST_TOGETHER) return null;
  const now =
    agreed === 0
      ? "None has agreed yet."
      : `${capital(countInWords(agreed))} ${agree(agreed, "has", "have")} agreed.`;
  return `At least ${countInWords(FEWEST_TOGETHER)} organisations must agree before they are counted together: of two, each could work out the other’s numbers. ${now}`;
}
