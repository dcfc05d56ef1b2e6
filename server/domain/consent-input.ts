/** An answer about sharing as it is sent: the one schema for the browser and the server. */

import { z } from "zod";
import { daySchema } from "./client";
import { CONSENT_ANSWERS } from "./consent";
import { CHANNELS } from "./contact-terms";

export const recordConsentSchema = z.object({
  /** Made by the device: sent twice, it is recorded once. */
  id: z.uuid().toLowerCase(),
  clientId: z.uuid().toLowerCase(),
  answer: z.enum(CONSENT_ANSWERS),
  answeredOn: daySchema,
  how: z.enum(CHANNELS),
});
export type RecordConsent = z.output<typeof recordConsentSchema>;
