/**
 * A service as its organisation sees and sets it: its name, its need list, the needs shown first, in order, and whom
 * other organisations ring.
 */

import { z } from "zod";
import { findNeed } from "./needs";
import type { Day } from "./period";
import { oneLine } from "./typed-text";

const name = oneLine.min(1, "Enter a name.").max(100, "Keep the name to 100 characters.");

export const serviceIdSchema = z.object({ id: z.uuid().toLowerCase() });

export const addServiceSchema = z.object({ name });

export const setServiceNeedsSchema = z.object({
  id: z.uuid().toLowerCase(),
  /** Codes of needs, the one shown first at the top. */
  needs: z
    .array(z.string().refine((code) => findNeed(code) !== null, "There is no need with this code."))
    .max(200)
    .refine((codes) => new Set(codes).size === codes.length, "A need stands in the list twice."),
});
export type SetServiceNeeds = z.output<typeof setServiceNeedsSchema>;

/** A line of text that may be left empty; empty is null. */
const lineOf = (most: number, tooLong: string) =>
  oneLine.max(most, tooLong).transform((value) => value || null);

export const setServiceTeamSchema = z.object({
  id: z.uuid().toLowerCase(),
  team: z.object({
    name: lineOf(80, "Keep the name to 80 characters."),
    phone: lineOf(40, "Keep the number to 40 characters.").refine(
      (value) => value === null || /^[+\d][\d ()-]{5,}$/.test(value),
      "Enter a telephone number, such as 01632 960001.",
    ),
    email: lineOf(254, "Keep the address to 254 characters.").refine(
      (value) => value === null || z.email().safeParse(value).success,
      "Enter an e-mail address, such as advice@example.org.",
    ),
  }),
});
export type SetServiceTeam = z.output<typeof setServiceTeamSchema>;

/** How another service reaches the team, which is never one worker's own number. */
export interface TeamContact {
  name: string | null;
  phone: string | null;
  email: string | null;
}

export interface Service {
  id: string;
  name: string;
  closedOn: Day | null;
  /** Codes of its need list, in order; empty when none has been chosen. */
  needs: readonly string[];
  team: TeamContact;
}
