/** A service as its organisation sees and sets it: its name and its need list, the needs shown first, in order. */

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

export interface Service {
  id: string;
  name: string;
  closedOn: Day | null;
  /** Codes of its need list, in order; empty when none has been chosen. */
  needs: readonly string[];
}
