/** What a correction changed, in words: "channel was message, now phone". */
import { CHANNEL_LABELS, type ContactConsent } from "../../../../server/domain/contact-terms";
import type { Day } from "../../../../server/domain/period";
import type { ShownContact, ShownEntry } from "../../../../server/domain/profile";
import { dayNear } from "../../../_ui/dates";
import { STATUSES } from "../../../_ui/status";
import { nameOf, SEVERITY_WORDS, whoseInWords } from "../../../_words/issue-words";

const CONSENTS: Readonly<Record<ContactConsent, string>> = {
  "not-asked": "not asked",
  given: "yes",
  declined: "no",
  emergency: "emergency",
};
const PLACES: Readonly<Record<ShownContact["place"]["kind"], string>> = {
  postcode: "a postcode",
  "no-fixed-address": "no fixed address",
  unknown: "not known",
  outside: "outside the map",
};

/** Each thing that differs between a contact and the one that took its place; the order of the form. */
export function changesBetween(before: ShownContact, after: ShownContact, today: Day): string[] {
  const changes: string[] = [];
  const say = (what: string, was: string, now: string) => {
    if (was !== now) changes.push(`${what} was ${was}, now ${now}`);
  };
  say("day", dayNear(before.occurredOn, today), dayNear(after.occurredOn, today));
  say("channel", CHANNEL_LABELS[before.channel].toLowerCase(), CHANNEL_LABELS[after.channel].toLowerCase());
  say("service", before.service.name, after.service.name);
  say("place", PLACES[before.place.kind], PLACES[after.place.kind]);
  say("sharing", CONSENTS[before.consent ?? "not-asked"], CONSENTS[after.consent ?? "not-asked"]);
  changes.push(...entryChanges(before.entries, after.entries));
  // A note that was removed since says nothing of what the correction changed.
  if (before.note !== after.note && !before.noteRemoved && !after.noteRemoved) {
    changes.push(
      after.note === null ? "note taken out" : before.note === null ? "note added" : "note changed",
    );
  }
  return changes;
}

function entryChanges(before: readonly ShownEntry[], after: readonly ShownEntry[]): string[] {
  const was = new Map(before.map((entry) => [entry.issueId, entry]));
  const now = new Set(after.map(({ issueId }) => issueId));
  const gone = before
    .filter(({ issueId }) => !now.has(issueId))
    .map(({ need, label }) => `${nameOf(need, label)} taken out`);
  const changed = after.flatMap((entry) => {
    const name = nameOf(entry.need, entry.label);
    const earlier = was.get(entry.issueId);
    if (!earlier) return [`${name} added`];
    return pairsOf(earlier, entry).flatMap(([a, b]) => (a === b ? [] : [`${name} was ${a}, now ${b}`]));
  });
  return [...gone, ...changed];
}

const pairsOf = (before: ShownEntry, after: ShownEntry): [string, string][] => [
  [STATUSES[before.status].word.toLowerCase(), STATUSES[after.status].word.toLowerCase()],
  [SEVERITY_WORDS[before.severity], SEVERITY_WORDS[after.severity]],
  [whoseInWords(before.ours).toLowerCase(), whoseInWords(after.ours).toLowerCase()],
];
