/** What an entry of the audit says and whom or what it is about, for those who read it. */
import type { TrailEntry } from "../../../server/audit-trail";
import { actionInWords } from "../../../server/domain/audit-words";
import { inDigits } from "../../../server/domain/number-text";
import { periodTextInWords } from "../../../server/domain/period";

/** "opened the record of a person with their numbers in full": the action, and what this entry tells of it besides. */
export function entryInWords({ action, subjects, detail }: TrailEntry): string {
  const people = subjects.filter(({ kind }) => kind === "client").length;
  if (people > 1 && action.startsWith("client.") && action !== "client.make-findable")
    return `saw ${people} people in a list`;
  if (action === "client.read" && detail["identifiersInFull"] === true) {
    return "opened the record of a person with their numbers in full";
  }
  if (action === "impact.take-records") return `${actionInWords(action)}: ${recordsInWords(detail)}`;
  return actionInWords(action);
}

/** "2,000 rows, July to September 2026, all services". */
function recordsInWords({ rows, period, service }: TrailEntry["detail"]): string {
  return [
    typeof rows === "number" && `${inDigits(rows)} ${rows === 1 ? "row" : "rows"}`,
    typeof period === "string" ? periodTextInWords(period) : "of all time",
    typeof service === "string" ? "one service" : "all services",
  ]
    .filter(Boolean)
    .join(", ");
}

const KINDS: Readonly<Record<string, string>> = {
  agreement: "agreement",
  client: "person",
  contact: "contact",
  "link-review": "pair",
  member: "member",
  programme: "programme",
  referral: "referral",
  service: "service",
  study: "study",
  summary: "summary",
};

/**
 * The one person, contact, member, summary or the like that an entry is about; null when there are several or none. A
 * story is told by whose it is, or by the summary that tells it.
 */
export function subjectOf({ subjects }: TrailEntry): { id: string; words: string } | null {
  const named = subjects.filter(({ kind }) => kind in KINDS);
  const [only] = named;
  if (!only || named.length > 1) return null;
  // The end of a version 7 id is its random part: enough to tell two apart.
  return { id: only.id, words: `${KINDS[only.kind]} ${only.id.slice(-6)}` };
}

/** What is said of it after a sentence: no word twice where the sentence ends with what it is. */
export function subjectAfter(sentence: string, words: string): string {
  const [kind = ""] = words.split(" ");
  return sentence.endsWith(` ${kind}`) ? words.slice(kind.length + 1) : words;
}
