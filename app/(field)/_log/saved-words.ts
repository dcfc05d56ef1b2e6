/** What is said of a contact once it is saved: in a line of the outbox, and which crisis cards it calls for. */

import type { CrisisCard } from "../../../server/domain/crisis-cards";
import { isOpenStatus } from "../../../server/domain/issue";
import { nameOf } from "../../_words/issue-words";
import { type Draft, type DraftIssue, issuesSaid } from "./draft";

export const issueName = (issue: DraftIssue) => nameOf(issue.need, issue.kind === "new" ? issue.label : null);

/** "2 issues: No food, Rent or mortgage arrears". */
export function summaryOf(draft: Draft): string {
  return `${issuesSaid(draft)}: ${draft.issues.map(issueName).join(", ")}`;
}

/** The cards for what was marked as a crisis and is not over, in the order picked. */
export function cardsFor(draft: Draft, cards: readonly CrisisCard[]): CrisisCard[] {
  return draft.issues
    .filter(({ severity, status }) => severity === "crisis" && isOpenStatus(status))
    .flatMap(({ need }) => cards.find((card) => card.need === need) ?? []);
}
