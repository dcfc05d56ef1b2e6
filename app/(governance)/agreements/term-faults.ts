/** What is wrong with terms, at the fields of the screens on which they are written. */
import type { z } from "zod";
import type { FieldError } from "../../_ui/error-summary";

/** Ids of the fields, by the part of the terms that they hold. */
export const TERM_FIELDS = {
  title: "agreement-title",
  purposes: "agreement-purposes",
  reason: "agreement-reason",
  basis: "agreement-basis",
  condition: "agreement-condition",
  needs: "agreement-needs",
  parties: "agreement-parties",
  cells: "agreement-cells",
  startsOn: "agreement-starts",
  reviewOn: "agreement-review",
  endsOn: "agreement-ends",
  noticeDays: "agreement-notice",
} as const;

type Field = keyof typeof TERM_FIELDS;
const isField = (text: unknown): text is Field => typeof text === "string" && text in TERM_FIELDS;

/** Said in place of what a schema says of a field that was left empty or is too short. */
const WORDS: Readonly<Partial<Record<Field, string>>> = {
  title: "Give the agreement a name of 3 to 120 letters.",
  purposes: "Choose at least one purpose.",
  reason: "Say in a sentence or two what you will do with it.",
  needs: "Choose which needs it covers.",
  cells: "Share at least one thing in the grid, or leave the agreement.",
  noticeDays: "Enter the days of notice, 0 to 90.",
};

/** One line for each field that is wrong. */
export function termFaultsOf(error: z.ZodError): FieldError[] {
  const found = new Map<string, FieldError>();
  for (const { path, message, code } of error.issues) {
    const [field] = path;
    if (!isField(field)) {
      found.set(message, { message });
      continue;
    }
    const tooFew = field === "parties" && code === "too_small";
    const words = tooFew
      ? "Choose at least one other organisation."
      : code === "custom"
        ? message
        : (WORDS[field] ?? message);
    const id = TERM_FIELDS[field];
    if (!found.has(id)) found.set(id, { message: words, fieldId: id });
  }
  return [...found.values()];
}
