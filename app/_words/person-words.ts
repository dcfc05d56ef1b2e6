/** The one line under a name, of what is known and needed to tell two people apart. */

import { dayInWords } from "../../server/domain/period";
import type { ClientProfile, ClientSummary } from "../../server/domain/profile";
import { shortDay } from "../_ui/dates";
import { sectorOf } from "./place-words";

export function fullName({ givenName, familyName }: { givenName: string; familyName: string }): string {
  return [givenName, familyName].filter((part) => part !== "").join(" ") || "No name";
}

/** "Born 14 March 1984 · 2 open issues"; with the reference when that is what was looked for. */
export function summaryLine(
  person: Pick<ClientSummary, "dateOfBirth" | "reference" | "openIssues">,
  withReference = false,
): string {
  return [
    person.dateOfBirth ? `Born ${dayInWords(person.dateOfBirth)}` : "Birth date not known",
    withReference && person.reference,
    issuesInWords(person.openIssues),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** The same for a narrow list: "Born 14 Mar 1984 · 2 issues". */
export function listLine(
  { dateOfBirth, reference, openIssues }: Pick<ClientSummary, "dateOfBirth" | "reference" | "openIssues">,
  withReference = false,
): string {
  return [
    dateOfBirth ? `Born ${shortDay(dateOfBirth)} ${dateOfBirth.slice(0, 4)}` : "Birth date not known",
    withReference && reference,
    openIssues > 0 && (openIssues === 1 ? "1 issue" : `${openIssues} issues`),
  ]
    .filter(Boolean)
    .join(" · ");
}

export function issuesInWords(count: number): string {
  if (count === 0) return "no open issues";
  return count === 1 ? "1 open issue" : `${count} open issues`;
}

/** "Born 14 March 1984 · SR4 6": enough to be sure of the person, nothing more. */
export function profileLine(person: Pick<ClientProfile, "dateOfBirth" | "place">): string {
  return [person.dateOfBirth ? `Born ${dayInWords(person.dateOfBirth)}` : null, sectorOf(person.place)]
    .filter(Boolean)
    .join(" · ");
}
