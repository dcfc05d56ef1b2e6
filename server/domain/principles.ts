/**
 * The eight Caldicott principles (National Data Guardian, 2020) for an organisation, and the Five Safes for an agreement,
 * each in one line and with a check by name: worked out from the running system where that can be, and else a sentence
 * to which a person puts their name.
 */

import { z } from "zod";
import { text, uuid } from "./typed-text";

export const CALDICOTT = {
  justify: "Justify why you use confidential information",
  necessary: "Use it only when it is necessary",
  minimum: "Use the least that is necessary",
  "need-to-know": "Give access to those alone who need to know",
  responsibilities: "Everyone with access knows their responsibilities",
  law: "Comply with the law",
  "duty-to-share": "The duty to share is as important as the duty to protect",
  inform: "Tell people how their information is used",
} as const;
export type Caldicott = keyof typeof CALDICOTT;

export const FIVE_SAFES = {
  projects: "Safe projects: is this use right?",
  people: "Safe people: can those who look be trusted with it?",
  settings: "Safe settings: does the place prevent other use?",
  data: "Safe data: is it the least?",
  outputs: "Safe outputs: can anybody be picked out of what leaves?",
} as const;
export type FiveSafe = keyof typeof FIVE_SAFES;

/** What the software finds: null where only a person can say. */
export interface Check {
  name: string;
  ok: boolean;
  /** The finding, and what to do when it is not right. */
  says: string;
}

/** What the checks of an organisation look at. */
export interface OrganisationFacts {
  purposes: number;
  purposesWithBasis: number;
  unusedAgreements: number;
  /** Cells that show names and numbers on a basis alone. */
  fullOnBasis: number;
  isRecordSigned: boolean;
  lateBreaches: number;
  lateRequests: number;
  lateReviews: number;
}

const some = (count: number, one: string, more: string) => (count === 1 ? `One ${one}` : `${count} ${more}`);

/** The check of each principle that the software can make; the others have none. */
export function caldicottChecks(facts: OrganisationFacts): Readonly<Record<Caldicott, Check | null>> {
  const { purposes, purposesWithBasis, unusedAgreements, fullOnBasis } = facts;
  const late = facts.lateBreaches + facts.lateRequests;
  return {
    justify: {
      name: "Every purpose has a lawful basis",
      ok: purposesWithBasis === purposes,
      says: `${purposesWithBasis} of ${purposes} purposes have a basis set.`,
    },
    necessary: {
      name: "No agreement is in force without being used",
      ok: unusedAgreements === 0,
      says:
        unusedAgreements === 0
          ? "Every agreement in force was used in the last 90 days, or is newer than that."
          : `${some(unusedAgreements, "agreement was", "agreements were")} not used in 90 days: end what is not needed.`,
    },
    minimum: {
      name: "Names and numbers wait for a yes or a duty",
      ok: fullOnBasis === 0,
      says:
        fullOnBasis === 0
          ? "No agreement shows names and telephone numbers on a basis alone."
          : `${some(fullOnBasis, "cell shows", "cells show")} names and telephone numbers without a yes: could less do?`,
    },
    "need-to-know": {
      name: "Emergency access is reviewed in time",
      ok: facts.lateReviews === 0,
      says:
        facts.lateReviews === 0
          ? "No review of an emergency access is late."
          : `${some(facts.lateReviews, "review is", "reviews are")} late.`,
    },
    responsibilities: null,
    law: {
      name: "Record signed, nothing late",
      ok: facts.isRecordSigned && late === 0,
      says: [
        facts.isRecordSigned
          ? "The record of processing is signed as it is now."
          : "The record of processing is not signed as it is now.",
        late === 0
          ? "No breach and no request is late."
          : `${some(late, "breach or request is", "breaches or requests are")} late.`,
      ].join(" "),
    },
    "duty-to-share": null,
    inform: null,
  };
}

/** What the checks of an agreement look at. */
export interface AgreementFacts {
  isReviewLate: boolean;
  parties: number;
  signed: number;
  /** Tables that the database itself keeps apart by organisation. */
  walledTables: number;
  isChainWhole: boolean;
  fullOnBasis: number;
  /** Cells about areas: these give figures only. */
  areaCells: number;
}

/** The check of each of the five for an agreement in force. */
export function fiveSafesChecks(facts: AgreementFacts): Readonly<Record<FiveSafe, Check>> {
  const { parties, signed, walledTables, isChainWhole, fullOnBasis, areaCells, isReviewLate } = facts;
  return {
    projects: {
      name: "Purpose written down, review not late",
      ok: !isReviewLate,
      says: isReviewLate
        ? "Its review is late: is it still needed?"
        : "Its purpose is in the terms, and its review is not late.",
    },
    people: {
      name: "Signed by every party’s officer",
      ok: signed === parties,
      says: `${signed} of ${parties} parties signed; only the roles in its cells can look, each look with a purpose and a reason.`,
    },
    settings: {
      name: "Two walls, and a record that holds",
      ok: walledTables > 0 && isChainWhole,
      says: isChainWhole
        ? `${walledTables} tables are kept apart by the database itself, and the chain of records holds.`
        : "The chain of records of use has not been found whole: see All records.",
    },
    data: {
      name: "Names and numbers wait for a yes or a duty",
      ok: fullOnBasis === 0,
      says:
        fullOnBasis === 0
          ? "It shows no names and telephone numbers on a basis alone, and notes in no case."
          : `${some(fullOnBasis, "cell shows", "cells show")} names and telephone numbers without a yes: could less do?`,
    },
    outputs: {
      name: "Areas give figures only",
      ok: true,
      says:
        areaCells === 0
          ? "It opens no numbers of people at all."
          : `${some(areaCells, "cell is", "cells are")} about areas: figures that passed disclosure control, nothing under 10.`,
    },
  };
}

export const statePrincipleSchema = z.discriminatedUnion("frame", [
  z.strictObject({
    frame: z.literal("caldicott"),
    principle: z.enum(Object.keys(CALDICOTT) as [Caldicott, ...Caldicott[]]),
    words: text.min(5, "Say how you keep to it.").max(600),
  }),
  z.strictObject({
    frame: z.literal("five-safes"),
    principle: z.enum(Object.keys(FIVE_SAFES) as [FiveSafe, ...FiveSafe[]]),
    agreementId: uuid,
    words: text.min(5, "Say how you keep to it.").max(600),
  }),
]);
export type StatePrinciple = z.output<typeof statePrincipleSchema>;
