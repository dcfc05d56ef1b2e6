/**
 * What can be told of a draft before it is saved, so that it need not come back from the server: the rules are the
 * server's (`server/domain/contact.ts`), which decides. Faults are named by path, as the server names them.
 */

import { MOST_ENTRIES, NOT_LISTED } from "../../../server/domain/contact-terms";
import { parsePostcode } from "../../../server/domain/geography";
import { addDays, type Day } from "../../../server/domain/period";
import { type Draft, isLate } from "./draft";

export type Faults = Readonly<Record<string, string>>;

/** What must be put right before this can be saved, by path; empty when nothing must. */
export function faultsOfDraft(draft: Draft, today: Day | null): Faults {
  const faults: Record<string, string> = {};
  if (!draft.serviceId) faults["serviceId"] = "Choose the service that this contact is for.";
  if (!draft.occurredOn) {
    faults["occurredOn"] = "This device’s clock is not right. Enter the day on which you were in contact.";
  } else if (today && draft.occurredOn > addDays(today, 1)) {
    faults["occurredOn"] = "This day has not come yet. Enter the day on which you were in contact.";
  }
  if (isLate(draft, today) && draft.lateReason.trim() === "") {
    faults["lateReason"] = "This was more than 90 days ago. Say why it is recorded now.";
  }
  if (draft.place?.kind === "postcode") {
    const reading = parsePostcode(draft.place.postcode);
    if (!reading.ok) faults["place"] = reading.reason;
  }
  if (draft.corrects && draft.corrects.reason.trim().length < 3) {
    faults["corrects"] = "Say why, in a few words.";
  }
  if (draft.issues.length === 0) faults["entries"] = "Add at least one issue.";
  if (draft.issues.length > MOST_ENTRIES) {
    faults["entries"] = `Log at most ${MOST_ENTRIES} issues at one contact.`;
  }
  for (const [index, issue] of draft.issues.entries()) {
    if (issue.kind === "new" && issue.need === NOT_LISTED && issue.label.trim() === "") {
      faults[`entries.${index}.label`] = "Say in a few words what it is.";
    }
  }
  return faults;
}
