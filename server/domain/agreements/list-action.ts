/**
 * What somebody sets out to do at a place of a list: what, who and by when; what came of it; and the effect, which is what
 * the agreement showed of the place then, beside what it shows now. Shared with the browser.
 */

import { z } from "zod";
import { daySchema, optionalLine } from "../client";
import { isOpenStatus } from "../issue";
import { findNode } from "../needs";
import type { Day } from "../period";
import { uuid } from "../typed-text";
import type { Purpose } from "./agreement";
import type { ClosePlace, Detail } from "./grid";
import { COLOURS, type Colour, type SharedNeed } from "./known-to";
import { MOST_ROWS } from "./shared-list";

/** What is done. */
export const LIST_ACTION_KINDS = ["visit", "ring", "write", "speak-with-service", "refer", "other"] as const;
export type ListActionKind = (typeof LIST_ACTION_KINDS)[number];

export const LIST_ACTION_LABELS: Readonly<Record<ListActionKind, string>> = {
  visit: "Visit",
  ring: "Ring",
  write: "Write a letter or message",
  "speak-with-service": "Speak with the service that knows them",
  refer: "Refer to a service",
  other: "Something else",
};

/** What came of it. */
export const LIST_OUTCOMES = ["done", "not-needed", "not-reached", "no-change"] as const;
export type ListOutcome = (typeof LIST_OUTCOMES)[number];

export const LIST_OUTCOME_LABELS: Readonly<Record<ListOutcome, string>> = {
  done: "Done, and it helped",
  "not-needed": "It was not needed",
  "not-reached": "We could not reach them",
  "no-change": "Done, but nothing changed",
};

const words = optionalLine(200);

export const addListActionSchema = z.strictObject({
  /** Made by the device: sent any number of times, the action is there once. */
  id: uuid,
  listId: uuid,
  /** `no` of the row. */
  row: z.int().min(1).max(MOST_ROWS),
  /** The own client that the row is about, in a list of people. */
  clientId: uuid.nullish().transform((id) => id ?? null),
  kind: z.enum(LIST_ACTION_KINDS),
  words,
  memberId: uuid,
  dueOn: daySchema,
});
export type AddListAction = z.output<typeof addListActionSchema>;

export const closeListActionSchema = z.strictObject({ id: uuid, outcome: z.enum(LIST_OUTCOMES), words });
export type CloseListAction = z.output<typeof closeListActionSchema>;

/** `lookId`: made by the device for the look that the effect takes. */
export const listEffectSchema = z.strictObject({ id: uuid, lookId: uuid });
export type ListEffectQuery = z.output<typeof listEffectSchema>;

/** Most actions that a page has: 200 open, 20 closed, and some room. */
const MOST_ON_PAGE = 250;
/** Ids of actions of which a page shows what was there before, and what was there since. */
export const actionsStandSchema = z.strictObject({
  before: z.array(uuid).max(MOST_ON_PAGE),
  after: z.array(uuid).max(MOST_ON_PAGE),
});
export type ActionsStandQuery = z.output<typeof actionsStandSchema>;

/** What an agreement showed of a place on a day, of the needs that were asked for. */
export interface Seen {
  on: Day;
  detail: Detail;
  colour?: Colour;
  needs?: readonly Pick<SharedNeed, "need" | "status">[];
}

/** An action as it is shown. */
export interface ShownListAction {
  id: string;
  level: ClosePlace;
  purpose: Purpose;
  needs: readonly string[];
  /** Null for a person, where it is not shared with the reader now, and once it was destroyed. */
  place: string | null;
  /** The own client of a list of people. Their name is there for those who may open the record. */
  client: { id: string; name: string | null } | null;
  kind: ListActionKind;
  words: string | null;
  member: { id: string; name: string };
  dueOn: Day;
  madeOn: Day;
  closed: { on: Day; outcome: ListOutcome; words: string | null } | null;
  /** What was seen when it was written; null where it is not shared with the reader now, and once it was destroyed. */
  before: Seen | null;
  /** What was seen since; null where nobody has looked, or nothing may be seen. */
  after: Seen | null;
  /** The place and all words were destroyed: with somebody who was erased, or because it is long over. */
  isEmptied: boolean;
}

/** The effect when it is asked for: what is shown now; null where the agreement shows nothing of it any longer. */
export interface ListEffect {
  before: Seen | null;
  now: Seen | null;
}

/** What was seen of a place or a person when an action was written, in a sentence; null where no more than services was. */
export function seenInWords(seen: Seen): string | null {
  const open = openNeeds(seen).map(labelOf);
  if (seen.colour === undefined && open.length === 0) return null;
  const colour = seen.colour === undefined ? [] : [COLOUR_TEXT[seen.colour]];
  return `When this was written down: ${[...colour, ...open].join(", ")}.`;
}

/** How a place or a person has changed, in a sentence. Never says why something is not shown. */
export function effectInWords({ before, now }: ListEffect, level: ClosePlace): string {
  const what = level === "person" ? "about this person" : "of this place";
  if (now === null) return `Nothing ${what} is shared with you any longer, so the effect cannot be seen.`;
  const open = openNeeds(now);
  if (before === null)
    return now.colour
      ? `Now: ${COLOUR_TEXT[now.colour]}.`
      : level === "person"
        ? "Services still know them."
        : "Services still know somebody there.";
  if (before.needs && now.needs) {
    const then = openNeeds(before);
    const gone = then.filter((need) => !open.includes(need));
    if (then.length > 0 && gone.length === then.length) return "None of these needs is open any longer.";
    if (gone.length > 0) return `No longer open: ${gone.map(labelOf).join(", ")}.`;
  }
  if (before.colour && now.colour) {
    if (before.colour === now.colour) return `Still ${COLOUR_TEXT[now.colour]}.`;
    return `It was ${COLOUR_TEXT[before.colour]} and is now ${COLOUR_TEXT[now.colour]}: ${isBetter(before.colour, now.colour) ? "better" : "worse"}.`;
  }
  return "This agreement shows no colour, so a change cannot be seen here. Ask the service.";
}

const openNeeds = ({ needs = [] }: Seen): string[] =>
  needs.filter(({ status }) => isOpenStatus(status)).map(({ need }) => need);
const labelOf = (need: string) => findNode(need)?.label ?? need;
const isBetter = (then: Colour, now: Colour) => COLOURS.indexOf(now) > COLOURS.indexOf(then);

const COLOUR_TEXT: Readonly<Record<Colour, string>> = {
  red: "red",
  amber: "amber",
  green: "green",
  none: "without anything open",
};
