/** An answer to who has looked, in sentences: who they are, what they did, and why, the same on the page and in a file. */
import { ROLE_LABELS } from "../../../server/domain/access";
import type { Purpose } from "../../../server/domain/agreements/agreement";
import { LOOK_REASON_LABELS } from "../../../server/domain/agreements/known-to";
import { LIST_REASON_WORDS } from "../../../server/domain/agreements/shared-list";
import { GLASS_REASON_LABELS } from "../../../server/domain/break-glass";
import { csvFile } from "../../../server/domain/csv";
import { capital } from "../../../server/domain/label-text";
import { type Day, dayInWords } from "../../../server/domain/period";
import type { GivenReason, LookGroup, Why } from "../../../server/domain/who-looked";
import { timeOf } from "../../_ui/dates";
import { entryInWords } from "../audit/in-words";

export const PURPOSE_WORDS: Readonly<Record<Purpose, string>> = {
  "direct-support": "to support the person directly",
  "early-help": "to help early",
  "homelessness-prevention": "to prevent homelessness",
  safeguarding: "to keep somebody safe",
  "service-planning": "to plan services",
};

const REASONS: Readonly<Record<string, string>> = {
  ...LOOK_REASON_LABELS,
  ...LIST_REASON_WORDS,
  ...GLASS_REASON_LABELS,
};

/** "Amina Shah, caseworker, Advice First"; somebody of another organisation by role, as its own officer knows the name. */
export function whoInWords({ memberName, roles, organisationName, isOwn }: LookGroup): string {
  const role = roles.map((one) => ROLE_LABELS[one].toLowerCase()).join(" and ");
  if (!isOwn) return `A ${role || "member of staff"} of ${organisationName}`;
  if (memberName === null) return "Common Need itself";
  return role ? `${memberName}, ${role}` : memberName;
}

/** What they did, one after the other: "opened the record of a person (3 times), printed the record of a person". */
export function didInWords({ did, memberId }: LookGroup): string {
  return did
    .map(({ action, detail, people, firstAt, times }) => {
      const subjects = Array.from({ length: people }, () => ({ kind: "client" as const, id: "" }));
      const words =
        SHARED_WORDS[action]?.(detail) ??
        entryInWords({
          ...{ id: "", at: firstAt, action, memberName: memberId, subjects, sealNumber: null },
          detail: { ...detail },
        });
      return times > 1 ? `${words} (${times} times)` : words;
    })
    .join(", ");
}

const DETAIL_WORDS: Readonly<Record<string, string>> = {
  "known-to": "learnt which services know them, and no more",
  rag: "saw which services know them and how urgent it is, in a colour",
  coded: "saw which services know them and which needs, without the notes",
  full: "saw their name, telephone number, needs and services, without the notes",
};

/** What somebody of another organisation did, by the level that was open to them. */
const SHARED_WORDS: Readonly<Record<string, (detail: Readonly<Record<string, unknown>>) => string>> = {
  "sharing.looked": ({ detail }) => DETAIL_WORDS[String(detail)] ?? "saw what the agreement opens",
  "sharing.listed": ({ detail }) =>
    `made a list that they were in, and ${DETAIL_WORDS[String(detail)] ?? "saw what the agreement opens"}`,
  "sharing.read-again": () => "read again what a list had shown of them",
  "sharing.glass-opened": () => "opened emergency access",
  "sharing.glass-looked": () => DETAIL_WORDS["full"] ?? "",
};

/** Why they looked, as a sentence of its own. */
export function whyInWords(why: Why): string {
  switch (why.kind) {
    case "given":
      return givenInWords(why.given);
    case "looks-after":
      return "They look after this person.";
    case "contact":
      return `They work with this person: ${why.contacts} ${why.contacts === 1 ? "contact" : "contacts"} of theirs, the last on ${dayInWords(why.lastOn)}.`;
    case "added":
      return "They added this person’s record.";
    case "list":
      return "The person came up in a list or a search. The record was not opened.";
    case "officer":
      return "An officer’s work: answering for how records are used.";
    case "software":
      return "Done by the software; nobody looked.";
    case "unknown":
      return "No reason on record: they do not look after this person and logged no contact. Ask them.";
  }
}

function givenInWords({ agreement, purpose, reason, isEmergency }: GivenReason): string {
  const because = reason === null ? "" : ` Reason: ${REASONS[reason] ?? reason}.`;
  if (isEmergency) return `Emergency access, ${PURPOSE_WORDS[purpose]}.${because}`;
  const under = agreement === null ? "" : `Under the agreement “${agreement.title}”, `;
  const words = `${under}${PURPOSE_WORDS[purpose]}`;
  return `${capital(words)}.${because}`;
}

/** The answer as a file: one line for each thing that somebody did on a day. */
export function looksFile(groups: readonly LookGroup[]): string {
  return csvFile(
    ["day", "first_time", "who", "organisation", "client", "what", "why", "reason_on_record"],
    groups.map((group) => [
      group.day,
      timeOf(group.did[0]?.firstAt ?? new Date(0)),
      whoInWords(group),
      group.organisationName,
      group.clientId,
      didInWords(group),
      whyInWords(group.why),
      group.why.kind === "unknown" ? "no" : "yes",
    ]),
  );
}

/** The sentence above an answer: how many people looked. */
export function headline(
  about: string,
  groups: readonly LookGroup[],
  window: { from: Day; to: Day },
): string {
  const between = `between ${dayInWords(window.from)} and ${dayInWords(window.to)}`;
  if (groups.length === 0) return `Nobody looked ${about} ${between}.`;
  const people = whosIn(groups).size;
  return `${people} ${people === 1 ? "person" : "people"} looked ${about} ${between}.`;
}

/** For how many of them the person only came up in a list, as a sentence; empty when all did more. */
export function listedInWords(groups: readonly LookGroup[]): string {
  const more = whosIn(groups.filter(({ why }) => why.kind !== "list"));
  const listed = [...whosIn(groups)].filter((who) => !more.has(who)).length;
  if (listed === 0) return "";
  return listed === 1
    ? "For one of them the person only came up in a list or a search."
    : `For ${listed} of them the person only came up in a list or a search.`;
}

/** Each of them once; somebody of another organisation by organisation and role. */
const whosIn = (groups: readonly LookGroup[]): ReadonlySet<string> =>
  new Set(
    groups.map(({ memberId, organisationName, roles }) => memberId ?? `${organisationName}|${roles.join()}`),
  );
