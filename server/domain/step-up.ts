/** What is sent to show again that it is you, before something that asks for it. Shared with the browser. */

import { z } from "zod";
import { anyCode } from "./second-factor";

/** How long it holds: long enough to read what one is about to do, too short for a phone that is put down. */
export const STEP_UP_MINUTES = 5;

/**
 * How somebody shows it. code: a code of their app, or a recovery code. press: the demo's people, who have no code.
 * organisation: their organisation's own sign-in page asks them again.
 */
export type StepUpKind = "code" | "press" | "organisation";

/** `session.stepUp`, by code or by press; the organisation's own page answers for the third way. */
export const stepUpWay = z.union([
  z.strictObject({ code: anyCode }),
  z.strictObject({ demo: z.literal(true) }),
]);
export type StepUpWay = z.infer<typeof stepUpWay>;
