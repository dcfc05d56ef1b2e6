/**
 * A data-sharing agreement: who shares with whom, what for, on which basis, what exactly, and until when. What is
 * signed is what the software does: the same terms are compiled to rows that the database enforces (`db/sharing.sql`).
 */

import { z } from "zod";
import { findNode } from "../needs";
import { addDays, type Day, isDay } from "../period";
import { oneLine, text } from "../typed-text";
import { DETAILS, GROUPS, mostDetailFor, PLACES } from "./grid";

/** What people may do with what they see. Every look names one. */
export const PURPOSES = [
  "direct-support",
  "early-help",
  "homelessness-prevention",
  "safeguarding",
  "service-planning",
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Whether a value from a row is a purpose. */
export const isPurpose = (value: unknown): value is Purpose => PURPOSES.some((purpose) => purpose === value);

/** Lawful bases of UK GDPR Article 6 that a sharing agreement can rest on. */
export const BASES = [
  "public-task",
  "legal-obligation",
  "recognised-legitimate-interests",
  "consent",
] as const;
export type Basis = (typeof BASES)[number];

/** Conditions of UK GDPR Article 9 for what is special about health, origin or belief. */
export const CONDITIONS = ["social-care", "safeguarding", "explicit-consent"] as const;
export type Condition = (typeof CONDITIONS)[number];

/**
 * What a cell waits for.
 * consent: the client has said yes, and the yes holds. basis: the agreement's own basis, as long as the client has not
 * said no or objected. duty: a duty to protect, whatever the client said; with the purpose safeguarding alone.
 */
export const RESTS = ["consent", "basis", "duty"] as const;
export type Rests = (typeof RESTS)[number];

const day = z.string().refine(isDay, "Write the day as 2027-03-31.");

export const cellSchema = z
  .strictObject({
    place: z.enum(PLACES),
    detail: z.enum(DETAILS),
    group: z.enum(GROUPS),
    rests: z.enum(RESTS),
  })
  .refine(({ place, detail, group }) => {
    const most = mostDetailFor(group, place);
    return most !== null && DETAILS.indexOf(detail) <= DETAILS.indexOf(most);
  }, "No agreement can show this group so much of so small a place.");
export type Cell = z.infer<typeof cellSchema>;

/** One organisation in it. Each signs; who gives, and who may look, is said of each. */
export const partySchema = z.strictObject({
  organisationId: z.int().positive(),
  gives: z.boolean(),
  receives: z.boolean(),
});
export type Party = z.infer<typeof partySchema>;

export const MOST_PARTIES = 30;

/** Everything that is signed. Its canonical JSON is what each party's officer signs the hash of. */
export const termsSchema = z
  .strictObject({
    title: oneLine.min(3).max(120),
    purposes: z.array(z.enum(PURPOSES)).min(1),
    /** What will be done with it, in the parties' own words. */
    reason: text.min(10).max(2_000),
    basis: z.enum(BASES),
    condition: z.enum(CONDITIONS),
    /**
     * Paths of the taxonomy that it covers: "*", a domain or a need. A sensitive need is covered only where it, or its
     * wholly sensitive domain, is named itself.
     */
    needs: z
      .array(z.string().refine((path) => findNode(path) !== null, "This need is not in the list."))
      .min(1)
      .max(130),
    parties: z.array(partySchema).min(2).max(MOST_PARTIES),
    cells: z.array(cellSchema).min(1).max(112),
    startsOn: day,
    reviewOn: day,
    endsOn: day,
    /** Days between a party's notice and the end of sharing with it. */
    noticeDays: z.int().min(0).max(90),
  })
  .superRefine((terms, ctx) => {
    for (const fault of termFaults(terms)) {
      ctx.addIssue({ code: "custom", path: [fault.field], message: fault.words });
    }
  });
export type Terms = z.infer<typeof termsSchema>;

/** What is wrong with terms whose parts are each right. */
function termFaults(terms: {
  startsOn: Day;
  reviewOn: Day;
  endsOn: Day;
  purposes: readonly Purpose[];
  parties: readonly Party[];
  cells: readonly Cell[];
}): { field: string; words: string }[] {
  const faults: { field: string; words: string }[] = [];
  if (terms.endsOn < terms.startsOn) {
    faults.push({ field: "endsOn", words: "It ends before it starts. Choose a later last day." });
  }
  if (terms.reviewOn < terms.startsOn || terms.reviewOn > terms.endsOn) {
    faults.push({ field: "reviewOn", words: "Choose a review day between the first and the last day." });
  }
  if (!terms.parties.some(({ gives }) => gives) || !terms.parties.some(({ receives }) => receives)) {
    faults.push({ field: "parties", words: "Say at least one who gives and one who may look." });
  }
  if (new Set(terms.parties.map(({ organisationId }) => organisationId)).size < terms.parties.length) {
    faults.push({ field: "parties", words: "Each organisation stands here once." });
  }
  if (terms.cells.some(({ rests }) => rests === "duty") && !terms.purposes.includes("safeguarding")) {
    faults.push({ field: "cells", words: "Only safeguarding can show more than a client agreed to." });
  }
  return faults;
}

/** Where the paperwork stands. Whether it is in force is a question of the day: `standingOf`. */
export const AGREEMENT_STATES = ["draft", "proposed", "signed", "withdrawn", "superseded"] as const;
export type AgreementState = (typeof AGREEMENT_STATES)[number];

/** What an agreement does today. Only "in-force" and "notice-given" let anybody see anything. */
export type Standing =
  | "draft"
  | "waiting-for-signatures"
  | "not-started"
  | "in-force"
  | "notice-given"
  | "ended"
  | "withdrawn"
  | "superseded";

/**
 * Where a version stands on a day. `lastDay` is the last day of sharing once notice was given, or before the next version
 * starts; else null.
 */
export function standingOf(
  agreement: { state: AgreementState; startsOn: Day; endsOn: Day; lastDay: Day | null },
  today: Day,
): Standing {
  const { state, startsOn, endsOn, lastDay } = agreement;
  if (state === "draft") return "draft";
  if (state === "proposed") return "waiting-for-signatures";
  if (state !== "signed" && (lastDay === null || today > lastDay)) return state;
  if (today > endsOn) return "ended";
  if (today < startsOn) return "not-started";
  return state === "withdrawn" ? "notice-given" : "in-force";
}

/** Whether somebody may see something by it today. */
export const letsSee = (standing: Standing): boolean =>
  standing === "in-force" || standing === "notice-given";

/** The last day of sharing after notice on a day: the days of notice count from that day; with none it ends at once. */
export const lastDayAfterNotice = (
  today: Day,
  { noticeDays, endsOn }: { noticeDays: number; endsOn: Day },
): Day => {
  const lastDay = addDays(today, noticeDays - 1);
  return lastDay < endsOn ? lastDay : endsOn;
};
