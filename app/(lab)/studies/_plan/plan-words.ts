/** How long and how an outcome is looked at, in words. */
import { thingsInWords } from "../../../../server/domain/impact/words";
import type { OfferedOutcome } from "../../../../server/domain/lab/codebook";
import { inDigits } from "../../../../server/domain/number-text";

const WHAT: Readonly<Record<OfferedOutcome["type"], string>> = {
  binary: "Whether it happened",
  count: "How often it happened",
  time: "How soon it first happened",
  number: "How serious it was",
};

/** "within a year", "within two years", "within 90 days". */
function withinInWords(days: number): string {
  if (days % 365 !== 0) return `within ${inDigits(days)} days`;
  return days === 365 ? "within a year" : `within ${thingsInWords(days / 365, "year")}`;
}

/** "Whether it happened, within a year". */
export const followUpInWords = ({ type, followUp }: Pick<OfferedOutcome, "type" | "followUp">): string =>
  `${WHAT[type]}, ${withinInWords(followUp)}`;
