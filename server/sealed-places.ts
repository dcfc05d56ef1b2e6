/**
 * Every place where sealed values lie and what each value is bound to: what a new secret of the key ring must reach.
 * The database keeps the same list (`identity.sealed_places` in db/rotation.sql); a test compares both with the tables.
 */

import { IDENTIFIER_KINDS } from "./domain/identifiers";
import type { Row, SealedColumn } from "./identity-vault";

/** A row of a place as the database names it. Places without organisations have 0. */
export interface PlaceRow {
  organisationId: number;
  key: string;
  /** What else tells rows apart: the kind of an identifier, the position of an issue. */
  part: string;
}

interface SealedPlace {
  /** Table with its schema. */
  place: string;
  /** Columns of the table, each with the name that its values are bound to. */
  columns: Readonly<Record<string, SealedColumn | ((row: PlaceRow) => SealedColumn)>>;
  /** The row that a value is bound to when that is not the key. */
  boundTo?: (row: PlaceRow) => Row;
}

function identifierColumn({ part }: PlaceRow): SealedColumn {
  const kind = IDENTIFIER_KINDS.find((known) => known === part);
  if (!kind) throw new Error("An identifier is of a kind that is not known");
  return `client_identifier.${kind}`;
}

export const SEALED_PLACES: readonly SealedPlace[] = [
  {
    place: "identity.client_identity",
    columns: {
      given_name: "client_identity.given_name",
      family_name: "client_identity.family_name",
      date_of_birth: "client_identity.date_of_birth",
      postcode: "client_identity.postcode",
      address: "client_identity.address",
      phone: "client_identity.phone",
      email: "client_identity.email",
      reference: "client_identity.reference",
    },
  },
  { place: "identity.client_identifier", columns: { value: identifierColumn } },
  { place: "identity.profile_conflict", columns: { words: "profile_conflict.words" } },
  { place: "identity.link_model", columns: { frequencies: "link_model.frequencies" } },
  { place: "identity.trait", columns: { traits: "trait.traits" } },
  // Bound to the organisation of the lower client.
  { place: "identity.link_review", columns: { comparison: "link_review.comparison" } },
  {
    place: "casework.second_factor",
    columns: { secret: "second_factor.secret", pending_secret: "second_factor.secret" },
  },
  { place: "casework.sign_in_provider", columns: { client_secret: "sign_in_provider.client_secret" } },
  { place: "casework.sign_in_session", columns: { token: "sign_in_session.token" } },
  {
    place: "casework.contact",
    columns: {
      late_reason_sealed: "contact.late_reason",
      note: "contact.note",
      note_removal: "contact.note_removal",
      void_reason_sealed: "contact.void_reason",
    },
  },
  { place: "casework.issue", columns: { label_sealed: "issue.label" } },
  { place: "casework.action", columns: { title: "action.title" } },
  { place: "casework.instrument_score", columns: { void_reason: "instrument_score.void_reason" } },
  { place: "casework.closing", columns: { reason: "closing.reason" } },
  { place: "casework.consent", columns: { capacity_note: "consent.capacity_note" } },
  {
    place: "casework.referral",
    columns: {
      sent_by_name: "referral.sent_by_name",
      details: "referral.details",
      message: "referral.message",
      consent_words: "referral.consent_words",
    },
  },
  {
    place: "casework.referral_issue",
    columns: { label: "referral_issue.label" },
    boundTo: ({ organisationId, key, part }) => ({ organisationId, id: `${key}/${part}` }),
  },
  {
    place: "casework.referral_event",
    columns: { by_name: "referral_event.by_name", words: "referral_event.words" },
  },
  { place: "governance.look", columns: { words: "look.words" } },
  {
    place: "casework.list_action",
    columns: {
      place: "list_action.place",
      words: "list_action.words",
      seen: "list_action.seen",
      outcome_words: "list_action.outcome_words",
      effect: "list_action.effect",
    },
  },
  { place: "governance.break_glass", columns: { words: "break_glass.words" } },
  { place: "governance.break_glass_review", columns: { words: "break_glass_review.words" } },
  {
    place: "governance.breach",
    columns: { words: "breach.words", no_risk_reason: "breach.no_risk_reason" },
  },
  { place: "casework.story", columns: { words: "story.words", who: "story.who" } },
  {
    place: "governance.rights_request",
    columns: {
      asker: "rights_request.asker",
      words: "rights_request.words",
      answer: "rights_request.answer",
    },
  },
  { place: "governance.rights_pack", columns: { contents: "rights_pack.contents" } },
  { place: "governance.rights_hold", columns: { reason: "rights_hold.reason" } },
  {
    place: "governance.rectification",
    columns: {
      before: "rectification.before",
      after: "rectification.after",
      disagreement: "rectification.disagreement",
    },
  },
  { place: "lab.data_set", columns: { digest: "data_set.digest" } },
  {
    place: "lab.data_set_block",
    columns: {
      identities: "data_set_block.identities",
      covariates: "data_set_block.covariates",
      events: "data_set_block.events",
    },
    boundTo: ({ organisationId, key, part }) => ({ organisationId, id: `${key}/${part}` }),
  },
];

/**
 * Columns of bytes that hold no sealed value: keyed indexes and fingerprints, plain hashes, files as they were handed
 * out, and pieces sealed for one upload under a key that is gone with it.
 */
export const UNSEALED_BYTES: readonly string[] = [
  "identity.client_identity.date_of_birth_index",
  "identity.client_identifier.blind_index",
  "identity.client_place.postcode_key",
  "identity.client_place.street_key",
  "identity.client_place.household_key",
  "identity.profile_edit.content_hash",
  "casework.contact.content_hash",
  "casework.referral.content_hash",
  "casework.password_link.token_hash",
  "casework.referral_link.token_hash",
  "casework.calendar_feed.token_hash",
  "casework.summary_file.bytes",
  "statistics.impact_set.members",
  "lab.overlap.slots",
  "lab.upload.public_key",
  "lab.upload_piece.bytes",
  "published.frozen_bytes.compressed",
  "governance.redaction.text_hash",
  "governance.statement.content_hash",
  "governance.audit_seal.hash",
  "governance.audit_anchor.hash",
  "casework.sign_in_subject.print",
  "governance.agreement.terms_hash",
  "governance.agreement_party.signed_hash",
  "governance.resident_code.code_hash",
  "governance.audit_seal.proof",
  "governance.audit_check.head_hash",
];
