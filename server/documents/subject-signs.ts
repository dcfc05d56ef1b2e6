/**
 * What stands in rows as a sign, and what columns are called, in words for the person whom a subject access pack is
 * about. A column of free words is never read as a sign. A sign without words of its own is shown without its hyphens.
 */

import { DETAIL_WORDS, PURPOSE_WORDS } from "../domain/agreements/in-words";
import { LOOK_REASON_LABELS } from "../domain/agreements/known-to";
import { GLASS_REASON_LABELS } from "../domain/break-glass";
import { SEX_LABELS } from "../domain/client-terms";
import { CLOSING_REASON_LABELS, REOPENING_REASON_LABELS } from "../domain/closing";
import { CHANNEL_LABELS } from "../domain/contact-terms";
import { NOT_NOW_LABELS } from "../domain/early-help";
import { IDENTIFIER_LABELS } from "../domain/identifiers";
import { capital } from "../domain/label-text";
import { AGAINST_LABELS, REFUSAL_LABELS } from "../domain/objection";
import { PROFILE_FIELD_LABELS } from "../domain/profile-terms";
import { CONSENT_WAY_WORDS, DECLINE_WORDS, OUTCOME_WORDS, SHAREABLE_WORDS } from "../domain/referral-input";
import { HOLD_KINDS, KEEP_REASONS } from "../domain/rights/deciding";
import { REDACTION_REASONS } from "../domain/rights/redaction";
import { REGISTER } from "../domain/rights/register";
import {
  ASKERS,
  EXTENSION_REASONS,
  IDENTITY_WAYS,
  KIND_WORDS,
  PAUSE_REASONS,
  REFUSAL_REASONS,
  REQUEST_WAYS,
} from "../domain/rights/request";
import { RECORD_TYPES } from "../domain/rights/retention";

type Words = Readonly<Record<string, string>>;

/** Columns whose name alone would not tell what stands in them, wherever they are. */
const COLUMN_NAMES: Words = {
  against: "What you objected to",
  assigned_at: "Since",
  assigned_to: "Who looks after you",
  authority: "Local authority, by its code",
  because: "Reason",
  capacity: "How it was decided",
  child: "Who was asked about a child",
  consent: "What you said about sharing",
  consent_how: "How you said yes to it",
  consent_on: "You said yes to it on",
  consent_words: "What you were told",
  deprivation_decile: "Tenth of areas by deprivation, 1 is the most deprived",
  details: "What went along",
  device_claimed_at: "Written on the device",
  done_at: "Done on",
  due_on: "To be done by",
  expires_on: "Holds until",
  harm_by: "Professional who judged that it would harm, as the officer noted",
  home_is_secret: "Home kept secret",
  label: "In words",
  late_reason: "Why it was written down late",
  made_through: "How it was made",
  member: "Worker",
  need: "Need",
  note_removal: "Why the note was taken out",
  note_removed_at: "Note taken out",
  note_removed_by: "Note taken out by",
  occurred_on: "Day",
  on_day: "Day",
  ours: "For this organisation to sort out",
  place: "What it was about",
  place_kind: "Where you lived",
  received_at: "Arrived",
  shared: "Details that were shared",
  small_area: "Small area, by its code",
  void_reason: "Why it was struck out",
  voided_at: "Struck out",
  voided_by: "Struck out by",
  ward: "Ward, by its code",
  words_version: "Version of what you were told",
};

/** "occurred_on" as people read it, and "givenName" too. */
export function labelOf(column: string): string {
  const name = column.replace(/_(id|sealed|number)$/, "");
  const words =
    COLUMN_NAMES[name] ??
    (PROFILE_FIELD_LABELS as Words)[column] ??
    name.replaceAll("_", " ").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return capital(words);
}

const ANSWERS: Words = { given: "Yes", declined: "No", withdrawn: "You took your yes back" };
const OF_ERASING: Words = {
  record: "Your record",
  referrals: "Your referrals",
  stories: "Your stories",
};

/** Signs by table and column, or by column where it means the same everywhere. */
const SIGNS: Readonly<Record<string, Words>> = {
  against: AGAINST_LABELS,
  asker_kind: ASKERS,
  channel: CHANNEL_LABELS,
  consent_how: CONSENT_WAY_WORDS,
  field: PROFILE_FIELD_LABELS,
  identity_way: IDENTITY_WAYS,
  made_through: { client: "By you, on your own page", member: "By a worker, for you" },
  place_kind: {
    postcode: "At an address",
    "no-fixed-address": "No fixed address",
    unknown: "Not known",
    outside: "Outside the United Kingdom",
  },
  record_type: Object.fromEntries(Object.entries(RECORD_TYPES).map(([type, { label }]) => [type, label])),
  sex: SEX_LABELS,
  shared: SHAREABLE_WORDS,
  "governance.look_answer.detail": Object.fromEntries(
    Object.entries(DETAIL_WORDS).map(([detail, { close }]) => [detail, close]),
  ),
  "casework.closing.because": { ...CLOSING_REASON_LABELS, ...REOPENING_REASON_LABELS },
  "casework.consent.answer": ANSWERS,
  "casework.consent.capacity": {
    decided: "You decided by yourself",
    "with-support": "You decided with support",
    "best-interests": "It was decided for you, in your best interests",
  },
  "casework.consent.child": {
    parent: "A parent or carer was asked",
    understands: "You were asked, and understood what sharing means",
  },
  "casework.consent.how": CHANNEL_LABELS,
  "casework.consent.kind": { share: "Sharing with other services" },
  "casework.contact.consent": {
    ...ANSWERS,
    "not-asked": "You were not asked",
    emergency: "You were not asked: it was an emergency",
  },
  "casework.early_help_answer.answer": { agree: "Yes", "not-now": "Not now" },
  "casework.early_help_answer.because": NOT_NOW_LABELS,
  "casework.referral.way": { platform: "In this software", email: "By e-mail", phone: "By phone" },
  "casework.referral_event.how": {
    here: "In this software",
    link: "By the link that was sent",
    told: "As they told us",
    sent: "By us",
  },
  "casework.referral_event.outcomes": OUTCOME_WORDS,
  "casework.referral_event.reason": DECLINE_WORDS,
  "casework.story_consent.how": CHANNEL_LABELS,
  "governance.erasure.purpose": OF_ERASING,
  "governance.erasure_decision.because": KEEP_REASONS,
  "governance.erasure_decision.purpose": OF_ERASING,
  "governance.objection.because": REFUSAL_LABELS,
  "governance.objection.state": {
    stands: "It holds; an officer will look at it",
    upheld: "It holds; an officer agreed",
    "taken-back": "You took it back",
    refused: "An officer refused it",
  },
  "governance.redaction.because": REDACTION_REASONS,
  "governance.rights_hold.kind": HOLD_KINDS,
  "governance.rights_pause.because": PAUSE_REASONS,
  "governance.rights_request.extended_because": EXTENSION_REASONS,
  "governance.rights_request.kind": Object.fromEntries(
    Object.entries(KIND_WORDS).map(([kind, { label }]) => [kind, label]),
  ),
  "governance.rights_request.refused_because": REFUSAL_REASONS,
  "governance.rights_request.way": REQUEST_WAYS,
};

/** Columns with signs that read well without words of their own: "No longer relevant", "Sent", "High". */
const PLAIN_SIGNS: ReadonlySet<string> = new Set([
  "answer",
  "because",
  "choice",
  "decision",
  "how",
  "kept_because",
  "kind",
  "outcome",
  "outcomes",
  "severity",
  "state",
  "status",
  "way",
]);

/** Signs that are no word that anybody writes, so that they are known wherever they stand. */
const ANYWHERE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...PURPOSE_WORDS,
    ...LOOK_REASON_LABELS,
    ...GLASS_REASON_LABELS,
    ...IDENTIFIER_LABELS,
  }).filter(([sign]) => sign.includes("-") || sign === "nino"),
);

const SIGN = /^[a-z]+(?:-[a-z]+)*$/;

/** A sign in words, by where it stands; null for what is none. */
export function signInWords(text: string, at: { place: string; column: string } | null): string | null {
  const known = at && (SIGNS[`${at.place}.${at.column}`]?.[text] ?? SIGNS[at.column]?.[text]);
  if (known) return known;
  const anywhere = ANYWHERE.get(text) ?? titleOf(text);
  if (anywhere) return anywhere;
  return at && PLAIN_SIGNS.has(at.column) && SIGN.test(text) ? capital(text.replaceAll("-", " ")) : null;
}

/** The title under which the rows of a table are given: "Contacts with you" for "casework.contact". */
function titleOf(place: string): string | undefined {
  const line = REGISTER[place];
  return line?.about === "person" ? line.title : undefined;
}
