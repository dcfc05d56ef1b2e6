/** An answer about sharing as it is sent: the one schema for the browser and the server. */

import { z } from "zod";
import { daySchema } from "./client";
import { CAPACITIES, CHILD_ANSWERS, CONSENT_ANSWERS } from "./consent";
import { CHANNELS } from "./contact-terms";
import { text } from "./typed-text";

export const recordConsentSchema = z
  .object({
    /** Made by the device: sent twice, it is recorded once. */
    id: z.uuid().toLowerCase(),
    clientId: z.uuid().toLowerCase(),
    answer: z.enum(CONSENT_ANSWERS),
    answeredOn: daySchema,
    how: z.enum(CHANNELS),
    capacity: z.enum(CAPACITIES).nullable().default(null),
    /** Who supported or decided, and why. */
    capacityNote: text.max(500).nullable().default(null),
    child: z.enum(CHILD_ANSWERS).nullable().default(null),
  })
  .refine(({ capacity, capacityNote }) => capacity !== "best-interests" || (capacityNote ?? "").length > 0, {
    path: ["capacityNote"],
    message: "Write who decided for them, and why they could not decide.",
  });
export type RecordConsent = z.output<typeof recordConsentSchema>;
