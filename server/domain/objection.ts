/** An objection: a client does not want to be shared, counted, or both. It holds from the moment it is made. */

import { z } from "zod";
import { addMonths, type Day, dayOf } from "./period";

export const AGAINST = ["sharing", "counting", "both"] as const;
export type Against = (typeof AGAINST)[number];

export const AGAINST_LABELS: Readonly<Record<Against, string>> = {
  sharing: "Sharing with other services",
  counting: "Being counted in figures",
  both: "Sharing, and being counted in figures",
};

/** stands until an officer has looked at it; upheld stands for good. The other two let sharing and counting go on. */
export const OBJECTION_STATES = ["stands", "upheld", "taken-back", "refused"] as const;
export type ObjectionState = (typeof OBJECTION_STATES)[number];

/** Why an officer refused one: UK GDPR Article 21 leaves no other ground than these. */
export const REFUSALS = ["safeguarding", "legal-claim", "overriding-need"] as const;
export type Refusal = (typeof REFUSALS)[number];

export const REFUSAL_LABELS: Readonly<Record<Refusal, string>> = {
  safeguarding: "Somebody could come to harm",
  "legal-claim": "It is needed for a legal claim",
  "overriding-need": "There is a strong reason that outweighs it",
};

export const objectSchema = z.strictObject({
  /** Made by the device: sent twice, it is made once. */
  id: z.uuid().toLowerCase(),
  clientId: z.uuid().toLowerCase(),
  against: z.enum(AGAINST),
});
export type MakeObjection = z.output<typeof objectSchema>;

export const decideObjectionSchema = z
  .strictObject({
    id: z.uuid().toLowerCase(),
    decision: z.enum(["upheld", "refused"]),
    because: z.enum(REFUSALS).nullable().default(null),
  })
  .refine(({ decision, because }) => (decision === "refused") === (because !== null), {
    path: ["because"],
    message: "Say why it is refused.",
  });
export type DecideObjection = z.output<typeof decideObjectionSchema>;

/** One objection as it is shown. */
export interface ShownObjection {
  id: string;
  against: Against;
  /** client: on their own page. member: by a worker, for them. */
  madeThrough: "client" | "member";
  madeAt: Date;
  state: ObjectionState;
  decidedAt: Date | null;
  because: Refusal | null;
}

/** Whether it keeps sharing or counting from happening. */
export const holds = ({ state }: Pick<ShownObjection, "state">): boolean =>
  state === "stands" || state === "upheld";

/** Months in which an officer decides, as for every request about somebody's rights (UK GDPR, Article 12(3)). */
const DECIDE_MONTHS = 1;

/** By which day an objection is to be decided; it holds meanwhile. */
export const decideBy = (madeAt: Date): Day => addMonths(dayOf(madeAt), DECIDE_MONTHS);
