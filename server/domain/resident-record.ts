/** What somebody sees of their own record by a code, in plain words; and the words for who looked. */

import type { Purpose } from "./agreements/agreement";
import type { ConsentState } from "./consent";
import type { ShownObjection } from "./objection";
import type { Day } from "./period";
import type { ShownBasis } from "./recording-basis";

/** A need that they brought. Sensitive needs are never here: a code can fall into other hands. */
export interface ResidentNeed {
  need: string;
  status: string;
  /** When it was last spoken of. */
  on: Day;
}

/** One kind of thing that is held. */
export interface ResidentHeld {
  title: string;
  why: string;
  count: number;
}

/** Somebody who used the record: by their role and organisation, never by name. */
export interface ResidentLook {
  on: Day;
  who: string;
  what: string;
  /** What another organisation said that it was for; null for the organisation's own staff. */
  why: string | null;
  times: number;
}

/** With whom something was shared. */
export interface ResidentShare {
  on: Day;
  with: string;
  what: string;
}

export interface ResidentRecord {
  organisation: string;
  /** How to reach the team that sees them. */
  contact: { team: string; phone: string | null; email: string | null } | null;
  today: Day;
  /** The last day on which the code works. */
  codeUntil: Day;
  bases: ShownBasis[];
  consent: ConsentState;
  objections: ShownObjection[];
  needs: ResidentNeed[];
  held: ResidentHeld[];
  looks: ResidentLook[];
  shares: ResidentShare[];
  /** What they asked for on this page and that waits for an answer. */
  asked: { kind: "access" | "rectify"; on: Day }[];
}

/** What another organisation wanted to know something for, to follow "asked". */
export const ASKED_FOR: Readonly<Record<Purpose, string>> = {
  "direct-support": "To help you",
  "early-help": "To help before things get worse",
  "homelessness-prevention": "So that nobody loses their home",
  safeguarding: "To keep people safe",
  "service-planning": "To plan help for everybody",
};

const ROLE_WORDS: Readonly<Record<string, string>> = {
  caseworker: "A worker",
  manager: "A manager",
  officer: "The person who looks after your data",
  administrator: "An administrator",
  analyst: "An analyst",
  commissioner: "A planner",
  steward: "Somebody who checks that records are not mixed up",
};
const ROLE_ORDER = [
  "caseworker",
  "manager",
  "officer",
  "analyst",
  "commissioner",
  "steward",
  "administrator",
];

/** "A worker at Wear Advice": of several roles the one that brings people to a record. Null: the software itself. */
export function lookerInWords(roles: readonly string[] | null, organisation: string): string {
  if (roles === null) return `The software of ${organisation}`;
  const role = ROLE_ORDER.find((known) => roles.includes(known));
  return `${ROLE_WORDS[role ?? ""] ?? "A member of staff"} at ${organisation}`;
}

/** What was done, by the beginning of the action; the first that fits. Looking stands above changing of the same kind. */
const DONE: readonly (readonly [begins: string, words: string])[] = [
  ["sharing.glass", "opened what we hold about you, in an emergency"],
  ["sharing.read-again", "read again what a list had shown of you"],
  ["sharing.listed", "made a list of homes or people, and you were in it"],
  ["sharing.list", "made a list of homes or people, and you were in it"],
  ["sharing.export-list", "took out a list of homes or people, and you were in it"],
  ["list-action.effect", "looked at what is to be done for you"],
  ["list-action.list", "looked at what is to be done for you"],
  ["list-action.", "wrote down what is to be done for you"],
  ["sharing.looked", "asked what we may share about you"],
  ["sharing.refuse-held", "wanted to ask which other services know you, and was refused as you asked"],
  ["sharing.pass-on-yes", "told services that know you that you said yes to sharing"],
  ["sharing.yes-passed-on", "was told that you said yes to sharing"],
  ["resident.ask", "asked us for something on your own page"],
  ["resident.object", "objected on your own page"],
  ["resident.take-back", "took an objection back on your own page"],
  ["resident.", "opened your own page by the code"],
  ["resident-code.read", "checked whether you have a code for your own page"],
  ["resident-code.", "made or ended a code for your own page"],
  ["client.print", "printed your record"],
  ["client.read", "opened your record"],
  ["client.looks", "checked who has looked at your record"],
  ["client.edit", "changed your details"],
  ["client.settle", "changed your details"],
  ["client.add", "started your record"],
  ["client.close", "closed your record"],
  ["client.reopen", "opened your closed record again"],
  ["client.assign", "chose who works with you"],
  ["client.", "saw your name in a list or a search"],
  ["contact.log", "wrote down a talk with you"],
  ["contact.read", "read what was written of a talk with you"],
  ["contact.", "worked on what was written of a talk with you"],
  ["consent.record", "wrote down what you said about sharing"],
  ["objection.read", "read what you objected to"],
  ["objection.list", "read what you objected to"],
  ["objection.", "worked on your objection"],
  ["consent.", "looked at what you said about sharing"],
  ["referral.find-service", "looked for a service that can help you"],
  ["referral.due", "read what was asked of another service for you"],
  ["referral.list", "read what was asked of another service for you"],
  ["referral.of-client", "read what was asked of another service for you"],
  ["referral.open-link", "read what was asked of another service for you"],
  ["referral.read", "read what was asked of another service for you"],
  ["referral.", "worked on asking another service to help you"],
  ["sharing.", "asked which other services know you"],
  ["rights.notices", "read what other services told us about you"],
  ["rights.see-notice", "read what other services told us about you"],
  ["rights.decide-words", "read the words about you before a copy is given out"],
  ["rights.list", "read what you asked us about your data"],
  ["rights.read", "read what you asked us about your data"],
  ["rights.", "worked on what you asked us about your data"],
  ["action.list", "looked at the tasks for you"],
  ["action.", "noted or did a task for you"],
  ["score.list", "looked at your scores"],
  ["score.", "wrote down or took back a score"],
  ["story.list", "read a story about you"],
  ["story.look-over", "read a story about you"],
  ["story.read", "read a story about you"],
  ["story.", "worked on a story about you"],
  ["caseload.reassign", "chose who works with you"],
  ["caseload.undo", "chose who works with you"],
  ["caseload.", "saw your name in a list of people to help"],
  ["use.", "checked who has looked at your record"],
  ["break-glass", "looked at what another service holds about you, in an emergency"],
];

/** What was done with the record, to follow who did it. */
export function doneInWords(action: string): string {
  return DONE.find(([begins]) => action.startsWith(begins))?.[1] ?? "used your record";
}
