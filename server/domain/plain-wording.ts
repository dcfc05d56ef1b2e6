/**
 * Plain words between professions: every need, how it is going, how serious it is, its colour and how much is shown,
 * said for housing, health, police and the person themself. What one profession writes down, another reads in words it
 * would use: short, without letters that stand for words, and without blame. A test holds each to its reading age.
 */

import type { Detail } from "./agreements/grid";
import type { EntryStatus } from "./issue";
import { findNode, type Severity } from "./needs";
import { HEALTH } from "./plain-wording/health";
import { HOUSING } from "./plain-wording/housing";
import { POLICE } from "./plain-wording/police";
import { RESIDENT } from "./plain-wording/resident";
import { COLOUR_WORDING, DETAIL_WORDING, SEVERITY_WORDING, STATUS_WORDING } from "./plain-wording/states";

/** What an organisation is, which decides the words that its members read of others. */
export const PROFESSIONS = ["housing", "health", "police", "other"] as const;
export type Profession = (typeof PROFESSIONS)[number];

export const PROFESSION_LABELS: Readonly<Record<Profession, string>> = {
  housing: "Housing",
  health: "Health",
  police: "Police",
  other: "Something else",
};

/** In whose words. resident: the person themself. */
export type Voice = Profession | "resident";

/** Colour of the worst that is open: crisis and high are red, medium amber, low green. */
export type Colour = "red" | "amber" | "green";

/** What is to be said. */
export type Sayable =
  | { need: string }
  | { status: EntryStatus }
  | { severity: Severity }
  | { colour: Colour }
  | { detail: Detail };

const NEEDS: Readonly<Record<Exclude<Voice, "other">, Readonly<Record<string, string>>>> = {
  housing: HOUSING,
  health: HEALTH,
  police: POLICE,
  resident: RESIDENT,
};

/** The words for somebody of this profession. A need that is in no list reads as "A need that is not on the list". */
export function wordingFor(voice: Voice, thing: Sayable): string {
  if ("status" in thing) return STATUS_WORDING[thing.status][voice];
  if ("severity" in thing) return SEVERITY_WORDING[thing.severity][voice];
  if ("colour" in thing) return COLOUR_WORDING[thing.colour][voice];
  if ("detail" in thing) return DETAIL_WORDING[thing.detail][voice];
  const { need } = thing;
  const words = voice === "other" ? nameOf(need) : NEEDS[voice][need];
  return words ?? (voice === "resident" ? RESIDENT["OTH-01"] : HOUSING["OTH-01"]) ?? "";
}

/** A need by its shared name, for whoever belongs to no profession with words of its own. */
function nameOf(code: string): string | undefined {
  const node = findNode(code);
  return node === null ? undefined : node.label;
}
