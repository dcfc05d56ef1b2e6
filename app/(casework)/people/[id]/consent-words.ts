/** Where somebody stands on sharing, in plain words. */
import {
  CAPACITY_LABELS,
  CHILD_LABELS,
  type ConsentState,
  type ShownConsent,
} from "../../../../server/domain/consent";
import type { Channel } from "../../../../server/domain/contact-terms";
import { dayInWords } from "../../../../server/domain/period";

/** The sentence of the record: what was said in bold, and what it means. */
export function stateInWords(state: ConsentState): { lead: string; rest: string } {
  switch (state.answer) {
    case "given":
      return { lead: "Said yes to sharing", rest: `with other services, until ${dayInWords(state.until)}.` };
    case "lapsed":
      return {
        lead: "The yes has run out.",
        rest: `It held until ${dayInWords(state.until)}. Ask again before you share anything.`,
      };
    case "declined":
      return { lead: "Said no to sharing.", rest: "Nothing goes to other services." };
    case "withdrawn":
      return {
        lead: "Took back the yes to sharing.",
        rest: `Nothing goes to other services since ${dayInWords(state.on)}.`,
      };
    case "not-asked":
      return { lead: "Not asked yet.", rest: "Nothing goes to other services." };
  }
}

const BRIEFS: Readonly<Record<ConsentState["answer"], string>> = {
  given: "said yes",
  lapsed: "run out",
  declined: "said no",
  withdrawn: "taken back",
  "not-asked": "not asked yet",
};

export const stateBrief = (state: ConsentState): string => BRIEFS[state.answer];

export function answerInWords({ answer, forReferral }: Pick<ShownConsent, "answer" | "forReferral">): string {
  const about = forReferral ? " to one referral" : " to sharing";
  if (answer === "given") return `said yes${about}`;
  return answer === "declined" ? `said no${about}` : "took it back";
}

const HOW: Readonly<Record<Channel, string>> = {
  "face-to-face": "face to face",
  phone: "by phone",
  video: "by video",
  message: "by message",
  email: "by e-mail",
  letter: "by letter",
  visit: "on a visit",
  other: "another way",
};

/** "Asked by phone by Amira Rahman, 4 April 2026." */
export function askedInWords({ how, memberName, answeredOn }: ShownConsent): string {
  return `Asked ${HOW[how]}${memberName ? ` by ${memberName}` : ""}, ${dayInWords(answeredOn)}.`;
}

/** How they decided, where that was noted and is not the usual way: "Decided with support: her sister." */
export function decidedInWords({
  capacity,
  capacityNote,
  child,
}: Pick<ShownConsent, "capacity" | "capacityNote" | "child">): string {
  const parts = [
    child !== null && `${CHILD_LABELS[child]}.`,
    capacity !== null &&
      capacity !== "decided" &&
      `${CAPACITY_LABELS[capacity]}${capacityNote ? `: ${capacityNote}` : ""}.`,
  ];
  return parts.filter(Boolean).join(" ");
}
