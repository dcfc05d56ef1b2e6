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

/** What was done, by the beginning of the action; the first that fits. */
const DONE: readonly (readonly [begins: string, words: string])[] = [
  ["sharing.glass", "opened what we hold about you, in an emergency"],
  ["sharing.looked", "asked what we may share about you"],
  ["resident.", "opened your own page by the code"],
  ["resident-code.", "made or ended a code for your own page"],
  ["client.print", "printed your record"],
  ["client.read", "opened your record"],
  ["client.looks", "checked who has looked at your record"],
  ["client.edit", "changed your details"],
  ["client.add", "started your record"],
  ["client.close", "closed your record"],
  ["client.", "saw your name in a list or a search"],
  ["contact.log", "wrote down a talk with you"],
  ["contact.", "worked on what was written of a talk with you"],
  ["consent.record", "wrote down what you said about sharing"],
  ["objection.", "worked on your objection"],
  ["consent.", "looked at what you said about sharing"],
  ["referral.", "worked on asking another service to help you"],
  ["sharing.", "asked which other services know you"],
  ["rights.", "worked on what you asked us about your data"],
  ["action.", "noted or did a task for you"],
  ["score.", "wrote down or saw a score"],
  ["story.", "worked on a story about you"],
  ["caseload.", "saw your name in a list of people to help"],
  ["use.", "checked who has looked at your record"],
  ["break-glass", "looked at what another service holds about you, in an emergency"],
];

/** What was done with the record, to follow who did it. */
export function doneInWords(action: string): string {
  return DONE.find(([begins]) => action.startsWith(begins))?.[1] ?? "used your record";
}
