/**
 * Event markers: what somebody wrote down of a day and a place before looking at what came after (or says that they
 * had looked). Kinds, limits and words, shared by browser and server.
 */

import { z } from "zod";
import { findNode } from "./needs";
import { isDay } from "./period";
import { plainLine } from "./plain-text";

export const EVENT_KINDS = {
  "service-opened": "A service opened",
  "service-closed": "A service closed",
  "employer-closed": "An employer closed",
  "benefit-changed": "A benefit changed",
  "organisation-reporting": "A new organisation reports",
  other: "Something else",
} as const;
export type EventKind = keyof typeof EVENT_KINDS;

export const DIRECTIONS = { rise: "rises", fall: "falls" } as const;
export type Direction = keyof typeof DIRECTIONS;

export const MOST_AREAS = 20;
export const MOST_EXPECTED = 8;
export const LONGEST_TITLE = 80;
export const LONGEST_NOTE = 400;

/** Typed by anybody who may: one plain line, without markup or characters that hide. */
const line = (most: number, least: number, empty: string) =>
  z
    .string()
    .max(most * 4)
    .transform((text) => plainLine(text, most + 1))
    .pipe(z.string().min(least, empty).max(most, `Use ${most} characters or fewer`));

const areas = (least: number) =>
  z
    .array(z.int().min(1).max(499_999))
    .min(least, "Choose at least one area")
    .max(MOST_AREAS, `Choose ${MOST_AREAS} areas or fewer`)
    .transform((list) => [...new Set(list)].sort((a, b) => a - b));

/** Stored and read back by the same shape. */
export const expectedSchema = z
  .array(
    z.object({
      node: z.string().refine((path) => findNode(path) !== null, "No need has this code"),
      direction: z.enum(["rise", "fall"]),
    }),
  )
  .min(1, "Say which need you expect to change")
  .max(MOST_EXPECTED)
  .refine((list) => new Set(list.map(({ node }) => node)).size === list.length, "Name each need once");

export const writeEventSchema = z.object({
  /** Made by the browser before anything is shown, so that sending twice writes once. */
  id: z.uuid(),
  kind: z.enum([
    "service-opened",
    "service-closed",
    "employer-closed",
    "benefit-changed",
    "organisation-reporting",
    "other",
  ]),
  title: line(LONGEST_TITLE, 3, "Say in a few words what happened"),
  happensOn: z.string().refine(isDay, "Give the day on which it happens"),
  areas: areas(1),
  /** Areas to compare with; none: all others of the same kind together. */
  comparison: areas(0),
  expected: expectedSchema,
  reason: line(LONGEST_NOTE, 0, ""),
});
export type WriteEvent = z.infer<typeof writeEventSchema>;

export const noteEventSchema = z.object({
  id: z.uuid(),
  eventId: z.uuid(),
  text: line(LONGEST_NOTE, 3, "Write what is to be added"),
  withdraws: z.boolean(),
});
export type NoteEvent = z.infer<typeof noteEventSchema>;

export interface EventNote {
  id: string;
  text: string;
  organisationName: string;
  writtenOn: string;
  withdraws: boolean;
}

/** An event as it is shown. */
export interface EventMarker {
  id: string;
  kind: EventKind;
  title: string;
  happensOn: string;
  areas: { area: number; code: string; name: string }[];
  comparison: { area: number; code: string; name: string }[];
  expected: { node: string; label: string; direction: Direction }[];
  reason: string;
  organisationName: string;
  writtenOn: string;
  /** Last day that any figure covered when this was written; null: there was none. */
  figuresUntil: string | null;
  writtenBefore: boolean;
  withdrawnOn: string | null;
  notes: EventNote[];
  /** Whether the reader may add to it or withdraw it. */
  isOurs: boolean;
}

/**
 * Whether it was written before any figure of the time from its day on was there to be seen. A figure of the period
 * that holds the day counts as seen: part of it lies after.
 */
export function isWrittenBefore(happensOn: string, figuresUntil: string | null): boolean {
  return figuresUntil === null || figuresUntil < happensOn;
}

/** What is said beside an event of when it was written. */
export function whenWrittenInWords(event: Pick<EventMarker, "happensOn" | "figuresUntil">): string {
  return isWrittenBefore(event.happensOn, event.figuresUntil)
    ? "Written before any figure after the date was published"
    : "Written afterwards: read with care";
}
