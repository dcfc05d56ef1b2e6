/** What somebody did with a record, as a line that stands beside their name: "Opened the record". */
import type { Look } from "../../../../server/client-looks";
import { actionInWords } from "../../../(governance)/audit/in-words";

/** Where it is plain which person it was about, it need not be said. */
const SHORTER: Readonly<Record<string, string>> = {
  "client.add": "added the person",
  "client.close": "closed the record",
  "client.edit": "changed details",
  "client.find": "found by a search",
  "client.looks": "saw who has looked",
  "client.print": "printed the record",
  "client.read": "opened the record",
  "client.recent": "saw in a list of people met last",
};

export function lookInWords({ action, detail, people }: Pick<Look, "action" | "detail" | "people">): string {
  const words = wordsOf(action, detail, people);
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function wordsOf(action: string, detail: Look["detail"], people: number): string {
  if (people > 1) return `saw in a list of ${people} people`;
  if (action === "client.read" && detail["identifiersInFull"] === true) {
    return "opened the record with the numbers in full";
  }
  if (action === "contact.log" && typeof detail["corrected"] === "number") return "corrected a contact";
  return SHORTER[action] ?? actionInWords(action);
}
