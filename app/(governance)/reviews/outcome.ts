/** What came of a steward's word, as a tag says it. */
import type { Opinion, ReviewOutcome } from "../../../server/domain/link-review";
import type { IconName } from "../../_ui/icon";
import type { Tone } from "../../_ui/tag";

interface Said {
  words: string;
  tone: Tone;
  icon: IconName;
}

/** `outcome` is null while another steward must agree. */
export function outcomeInWords(says: Opinion, outcome: ReviewOutcome | null): Said {
  if (outcome === null) {
    return says === "cannot-tell"
      ? { words: "Left to others", tone: "plain", icon: "dash" }
      : { words: "Another steward must agree", tone: "wait", icon: "clock" };
  }
  if (outcome === "same") return { words: "Counted as one", tone: "brand", icon: "check" };
  if (outcome === "different") return { words: "Counted as two", tone: "brand", icon: "check" };
  return outcome === "settled"
    ? { words: "Answered by other evidence", tone: "plain", icon: "dash" }
    : { words: "Nobody could tell", tone: "plain", icon: "dash" };
}

/** What is told when a word was taken back. */
export const takenBackInWords = (isOpen: boolean): string =>
  isOpen
    ? "Taken back. The pair is open again."
    : "Taken back. The pair stays as it is: others decided the same, or something newer answered it.";
