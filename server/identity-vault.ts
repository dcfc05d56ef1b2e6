/**
 * How identity is kept: every value encrypted and bound to its place, so that a ciphertext moved to another row,
 * column or organisation opens nothing; and keyed fingerprints by which equal values are found without being read.
 * Keys come from the ring by purpose; the worker is handed those for traits and outcome data alone. Every value says which
 * key closed it, so old and new lie side by side while a new secret is taken into use (key-rotation.ts).
 */

import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { PlaceBreadth } from "./domain/place-breadth";
import { currentKeyId, indexKey, key, keyIds } from "./keys";

/** Columns that hold ciphertext. */
export type SealedColumn =
  | "client_identity.given_name"
  | "client_identity.family_name"
  | "client_identity.date_of_birth"
  | "client_identity.postcode"
  | "client_identity.address"
  | "client_identity.phone"
  | "client_identity.email"
  | "client_identity.reference"
  | "client_identifier.nhs-number"
  | "client_identifier.nino"
  | "client_identifier.pnc-id"
  | "client_identifier.cro"
  | "client_identifier.prison-number"
  | "link_model.frequencies"
  | "trait.traits"
  | "action.title"
  | "contact.note"
  | "contact.note_removal"
  | "instrument_score.void_reason"
  | "second_factor.secret"
  | "sign_in_provider.client_secret"
  | "sign_in_session.token"
  | "contact.late_reason"
  | "contact.void_reason"
  | "issue.label"
  | "closing.reason"
  | "consent.capacity_note"
  | "profile_conflict.words"
  | "link_review.comparison"
  | "referral.sent_by_name"
  | "referral.details"
  | "referral.message"
  | "referral.consent_words"
  | "referral_issue.label"
  | "referral_event.by_name"
  | "referral_event.words"
  | "look.words"
  | "list_action.place"
  | "list_action.words"
  | "list_action.seen"
  | "list_action.outcome_words"
  | "list_action.effect"
  | "break_glass.words"
  | "break_glass_review.words"
  | "breach.words"
  | "breach.no_risk_reason"
  | "story.words"
  | "story.who"
  | "rights_request.asker"
  | "rights_request.words"
  | "rights_request.answer"
  | "rights_pack.contents"
  | "rights_hold.reason"
  | "rectification.before"
  | "rectification.after"
  | "rectification.disagreement"
  | "data_set.digest"
  | "data_set_block.identities"
  | "data_set_block.covariates"
  | "data_set_block.events";

/** The row a value belongs to. */
export interface Row {
  organisationId: number;
  /** Client, or contact for a note. */
  id: string;
}

/**
 * The purpose whose key closes a column. Traits and outcome data are for the worker, which may open nothing else, and
 * stories are apart from names: they lie under keys of their own.
 */
function keyFor(column: SealedColumn, keyId: string): Buffer {
  if (column === "trait.traits") return key("traits", keyId);
  if (column.startsWith("data_set")) return key("outcomes", keyId);
  return key(column === "story.words" || column === "story.who" ? "stories" : "identity", keyId);
}

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const binding = (column: SealedColumn, { organisationId, id }: Row, keyId: string) =>
  Buffer.from(`${column}|${organisationId}|${id}|${keyId}`);

/**
 * Encrypts a value for one column of one row: AES-256-GCM, random 96-bit nonce, bound by its additional data to
 * column, organisation, row and key. Layout: version, length of the key id, key id, nonce, ciphertext, tag.
 */
export function seal(column: SealedColumn, row: Row, value: string): Buffer {
  return sealBytes(column, row, Buffer.from(value));
}

/** Seals what is no text, as `seal` does. */
export function sealBytes(column: SealedColumn, row: Row, value: Buffer): Buffer {
  const keyId = currentKeyId();
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyFor(column, keyId), nonce);
  cipher.setAAD(binding(column, row, keyId));
  const closed = cipher.update(value);
  cipher.final();
  return Buffer.concat([headerOf(keyId), nonce, closed, cipher.getAuthTag()]);
}

/** Seals a value that may be missing or empty: then there is nothing to keep. */
export function sealIfAny(column: SealedColumn, row: Row, value: string | null): Buffer | null {
  return value ? seal(column, row, value) : null;
}

/** Opens what `seal` closed for this column of this row. Throws when it was altered, moved or closed otherwise. */
export function open(column: SealedColumn, row: Row, sealed: Buffer): string {
  return openBytes(column, row, sealed).toString("utf8");
}

/** Opens what `sealBytes` closed. Throws as `open` does. */
export function openBytes(column: SealedColumn, row: Row, sealed: Buffer): Buffer {
  const [version, nameLength = 0] = sealed;
  if (version !== VERSION) throw new Error(`A value of ${column} has an unknown layout`);
  const nameEnd = 2 + nameLength;
  const nonceEnd = nameEnd + NONCE_BYTES;
  const tagStart = sealed.length - TAG_BYTES;
  const keyId = keyIdOf(sealed);
  const decipher = createDecipheriv(
    "aes-256-gcm",
    keyFor(column, keyId),
    sealed.subarray(nameEnd, nonceEnd),
    { authTagLength: TAG_BYTES },
  );
  decipher.setAAD(binding(column, row, keyId));
  decipher.setAuthTag(sealed.subarray(tagStart));
  const opened = decipher.update(sealed.subarray(nonceEnd, tagStart));
  decipher.final();
  return opened;
}

/** Id of the key that a value was closed with. */
export const keyIdOf = (sealed: Buffer): string => sealed.toString("utf8", 2, 2 + (sealed[1] ?? 0));

/** How every value begins that was closed with a key: no other value begins so. */
export const headerOf = (keyId: string): Buffer =>
  Buffer.concat([Buffer.of(VERSION, Buffer.byteLength(keyId)), Buffer.from(keyId)]);

/** Opens a value that may be missing. Throws as `open` does. */
export function openIfAny(column: SealedColumn, row: Row, sealed: Buffer | null): string | null {
  return sealed ? open(column, row, sealed) : null;
}

const mac = (key: Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

const INDEX_BYTES = 16;

/**
 * Keyed index of a value, 128 bits: equal in every organisation for an equal value of a kind, and no way back.
 * For identifiers in their canonical text and for dates of birth, which linking must compare.
 */
export function blindIndex(kind: string, value: string, keyId = currentKeyId()): Buffer {
  return mac(indexKey(kind, keyId), `index|${kind}|${value}`).subarray(0, INDEX_BYTES);
}

/** The index of a value under every key that rows may still be found by, the current one first. */
export function indexesUnderEveryKey(kind: string, value: string): Buffer[] {
  return keyIds("blind-index").map((id) => blindIndex(kind, value, id));
}

/**
 * Keyed index of where somebody lives, 128 bits: equal in every organisation for an equal text of one breadth, under a
 * key that serves nothing else. The texts come from `domain/place-breadth.ts`.
 */
export function placeIndex(breadth: PlaceBreadth, text: string, keyId = currentKeyId()): Buffer {
  return mac(key("place-index", keyId), `${breadth}|${text}`).subarray(0, INDEX_BYTES);
}

/** The index of a place under every key that rows may still be found by, the current one first. */
export function placeIndexesUnderEveryKey(breadth: PlaceBreadth, text: string): Buffer[] {
  return keyIds("place-index").map((id) => placeIndex(breadth, text, id));
}

/** Keyed token of a piece of a name, date or reference, 64 bits: equal within one organisation only. */
export function searchToken(organisationId: number, piece: string, keyId = currentKeyId()): bigint {
  return mac(indexKey("search", keyId), `token|${organisationId}|${piece}`).readBigInt64BE();
}

/** The token of a piece under every key that somebody may still be found by, the current one first. */
export function tokensUnderEveryKey(organisationId: number, piece: string): bigint[] {
  return keyIds("blind-index").map((id) => searchToken(organisationId, piece, id));
}

/**
 * Fingerprint of what was sent under an id. Keyed, because a plain hash of a few facts about somebody can be found by
 * trying; with a key that lasts, because nothing that was sent is there to make it anew.
 */
export function fingerprint(organisationId: number, content: string): Buffer {
  return Buffer.concat([Buffer.of(0), fingerprintMac(organisationId, content)]);
}

const fingerprintMac = (organisationId: number, content: string) =>
  mac(key("fingerprint"), `content|${organisationId}|${content}`);

/** Whether a stored fingerprint is of this content. Older ones name the key that they were made with: it is the same. */
export function isFingerprintOf(stored: Buffer, organisationId: number, content: string): boolean {
  const kept = stored.subarray(1 + (stored[0] ?? 0));
  const made = fingerprintMac(organisationId, content);
  return made.length === kept.length && timingSafeEqual(made, kept);
}

/** Ids that one derived id leaves room for. */
const IDS_A_TEXT = 32;

/**
 * Ids of something imported: always the same for the same text, which an organisation's extract gives it, and
 * beginning with an instant in milliseconds, so that neighbours in time are neighbours in the index. They differ in
 * their last five bits. UUID version 8 (RFC 9562), keyed, so that an id tells nothing of the text; with a key that lasts,
 * so that a file loaded before the ring got a new secret adds nothing after it.
 * Throws when asked for more than 32.
 */
export function derivedIds(organisationId: number, text: string, at: number): (number: number) => string {
  const bytes = mac(key("import-id"), `id|${organisationId}|${text}`).subarray(0, 16);
  bytes.writeUIntBE(at, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  const start = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 30)}`;
  const last = (bytes[15] ?? 0) & ~(IDS_A_TEXT - 1);
  return (number) => {
    if (number >= IDS_A_TEXT) throw new Error(`One text has no more than ${IDS_A_TEXT} ids`);
    return start + (last | number).toString(16).padStart(2, "0");
  };
}
