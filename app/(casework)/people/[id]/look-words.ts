/** What somebody did with a record, as a line that stands beside their name: "Opened the record". */
import type { Look } from "../../../../server/client-looks";
import { isPurpose } from "../../../../server/domain/agreements/agreement";
import { PURPOSE_WORDS } from "../../../../server/domain/agreements/in-words";
import { actionInWords } from "../../../../server/domain/audit-words";
import { capital } from "../../../../server/domain/label-text";

/** Where it is plain which person it was about, it need not be said. */
const SHORTER: Readonly<Record<string, string>> = {
  "sharing.glass-looked": "looked in an emergency: needs, name and telephone number",
  "sharing.glass-opened": "opened this record in an emergency",
  "sharing.known-to": "asked which other services know them",
  "sharing.pass-on-yes": "told those who know them of their yes to sharing",
  "sharing.refuse-held":
    "asked who else knows them, and was refused as they object or asked to hold use back",
  "sharing.person": "saw what other organisations share of them",
  "list-action.add": "wrote down what will be done for them, after a list",
  "list-action.close": "wrote down what came of it, after a list",
  "list-action.effect": "saw what others share of them since, after a list",
  "list-action.list": "saw what is to be done after lists",
  "sharing.read-again": "read again what a list had shown of them",
  "sharing.export-list": "took out a list of people or homes that they were in",
  "sharing.list": "made a list of people or homes that they were in",
  "sharing.yes-passed-on": "was told by them that they say yes to sharing",
  "client.add": "added the person",
  "client.close": "closed the record",
  "client.edit": "changed details",
  "client.find": "found by a search",
  "client.looks": "saw who has looked",
  "client.print": "printed the record",
  "client.read": "opened the record",
  "client.recent": "saw in a list of people met last",
};

/** Who did it: a colleague by name, another organisation by what its worker is there, or the software itself. */
export function lookerInWords({
  memberName,
  elsewhere,
  detail,
}: Pick<Look, "memberName" | "elsewhere" | "detail">): string {
  if (elsewhere === null) return memberName ?? "Common Need";
  const group = detail["group"];
  return `${typeof group === "string" && group in AS ? AS[group] : "Somebody"} at ${elsewhere}`;
}

const AS: Readonly<Record<string, string>> = {
  caseworker: "A caseworker",
  manager: "A manager",
  analyst: "An analyst",
};

/** What another organisation's worker learned, by level of detail. */
const LEARNED: Readonly<Record<string, string>> = {
  "known-to": "learned that this person is known to you",
  rag: "learned that this person is known to you, and how serious it is",
  coded: "saw which needs this person has, and how each is going",
  full: "saw which needs this person has, their name and telephone number",
};

export function lookInWords({ action, detail, people }: Pick<Look, "action" | "detail" | "people">): string {
  const words = wordsOf(action, detail, people);
  return capital(words);
}

function wordsOf(action: string, detail: Look["detail"], people: number): string {
  if (action === "sharing.looked") return learnedInWords(detail);
  if (action === "sharing.listed") return `made a list, and ${learnedInWords(detail)}`;
  if (action === "sharing.read-again") return SHORTER[action] ?? "";
  if (people > 1) return `saw in a list of ${people} people`;
  if (action === "client.read" && detail["identifiersInFull"] === true) {
    return "opened the record with the numbers in full";
  }
  if (action === "contact.log" && typeof detail["corrected"] === "number") return "corrected a contact";
  return SHORTER[action] ?? actionInWords(action);
}

function learnedInWords({ detail, purpose }: Look["detail"]): string {
  const learned = typeof detail === "string" ? LEARNED[detail] : undefined;
  const words = learned ?? actionInWords("sharing.looked");
  return isPurpose(purpose) ? `${words}. Purpose: ${PURPOSE_WORDS[purpose].toLowerCase()}` : words;
}
