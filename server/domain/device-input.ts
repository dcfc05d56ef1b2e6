/**
 * What a browser sends about its device, to open it and to unlock a session: one schema for both sides. Apart from
 * device.ts, so that a phone need not fetch the reader of schemas.
 */

import { z } from "zod";
import { oneLine } from "./typed-text";

export const deviceId = z.uuid();

/**
 * `device.open`: asks for the key of what this device keeps. Only a session that is open (signed in, second factor
 * given, not locked) is handed one. The session is then bound to this device.
 */
export const openDevice = z.object({
  /** Made on the device, once for a browser profile. */
  deviceId,
  /** As its owner will know it: see `browserInWords` in browser.ts. */
  name: oneLine.min(1).max(60),
});
export type OpenDevice = z.infer<typeof openDevice>;

/**
 * `session.unlock`, one of three ways. By proof: `session.challenge` gives a nonce, good once and for two minutes, and
 * the device answers with `proofOf`. By password. In the demo, by one press.
 */
export const unlockWay = z.union([
  z.strictObject({ deviceId, proof: z.string().max(100) }),
  z.strictObject({ password: z.string().min(1, "Enter your password.").max(1000) }),
  z.strictObject({ demo: z.literal(true) }),
]);
export type UnlockWay = z.infer<typeof unlockWay>;
