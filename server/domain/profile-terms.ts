/**
 * The fields of a client's profile and their values in words, without their schema: screens that must be light, on a
 * slow phone, read these alone. `profile-edit.ts` has the schema and the rules.
 */

import type { Place } from "./client";
import { SEX_LABELS, SEXES, type Sex } from "./client-terms";
import { IDENTIFIER_KINDS, IDENTIFIER_LABELS } from "./identifiers";
import { labelInSentence } from "./label-text";
import { dayInWords } from "./period";

/** What can be changed wherever somebody's details are shown. Official numbers only where they can be checked. */
export const DETAIL_FIELDS = [
  "givenName",
  "familyName",
  "dateOfBirth",
  "sex",
  "place",
  "address",
  "homeIsSecret",
  "phone",
  "email",
  "reference",
] as const;
export type DetailField = (typeof DETAIL_FIELDS)[number];

export const PROFILE_FIELDS = [...DETAIL_FIELDS, ...IDENTIFIER_KINDS] as const;
export type ProfileField = (typeof PROFILE_FIELDS)[number];
export const PROFILE_FIELD_LABELS: Readonly<Record<ProfileField, string>> = {
  givenName: "Given name",
  familyName: "Family name",
  dateOfBirth: "Date of birth",
  sex: "Sex",
  place: "Postcode",
  address: "House number and street",
  homeIsSecret: "Home kept secret",
  phone: "Phone",
  email: "E-mail",
  reference: "Your reference",
  ...IDENTIFIER_LABELS,
};

/** "Details: phone, NHS number", for a line of the outbox. */
export function changesInWords(changes: readonly { field: ProfileField }[]): string {
  return `Details: ${changes.map(({ field }) => labelInSentence(PROFILE_FIELD_LABELS[field])).join(", ")}`;
}

/** A value of any field; null where nothing is known. */
export type ProfileValue = string | boolean | null | Place;

/** The house and street after a change of place: they go with the postcode that stood beside them. */
export const addressAfter = (
  before: { place: Place; address: string | null },
  place: Place,
): string | null => (before.place.kind === "postcode" && place.kind !== "postcode" ? null : before.address);

/** applied: it stands now. already: it stood there. conflict: another value stands; both are kept until a person chooses. */
export type EditOutcome = "applied" | "already" | "conflict";

export interface EditAnswer {
  editId: string;
  fields: readonly { field: ProfileField; outcome: EditOutcome }[];
  /** Of the profile as it stands now. */
  version: number;
  /** Why the postcode has no place on the map; null when it has one or there is none. */
  placeNote: string | null;
}

/** Two values of one field of one person, of which somebody must choose. */
export interface ShownConflict {
  id: string;
  clientId: string;
  givenName: string;
  familyName: string;
  field: ProfileField;
  /** The value that stands now, and who put it there when, if it was ever changed. */
  kept: ProfileValue;
  keptBy: string | null;
  keptAt: Date | null;
  /** The value that came from somebody who had not seen the first. */
  proposed: ProfileValue;
  proposedBy: string | null;
  proposedAt: Date;
}

/**
 * "In the record now · by Ama Boateng · today": where each of two values comes from, as far as it is known. `when` in
 * words.
 */
export function originInWords(which: "kept" | "proposed", by: string | null, when: string | null): string {
  const says = which === "kept" ? "In the record now" : "Said beside it";
  return [says, by && `by ${by}`, when].filter(Boolean).join(" · ");
}

/** The same text for the same value, and none for no value. */
export function valueText(value: ProfileValue): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "yes" : "";
  if (value.kind === "postcode") return value.postcode;
  return value.kind === "unknown" ? "" : value.kind;
}

/** Whether two values read the same. */
export const sameValue = (a: ProfileValue, b: ProfileValue): boolean => valueText(a) === valueText(b);

/** What is said of a home that nobody outside may find, and what is asked and explained where that is set. */
export const HOME_IS_SECRET = "Nobody outside may find this home";
export const HOME_IS_SECRET_HINT =
  "For a refuge, or when somebody must not be found. It is then in no list that other services make.";

/** A value as somebody reads it. */
export function valueInWords(field: ProfileField, value: ProfileValue): string {
  const text = valueText(value);
  if (field === "homeIsSecret") return text === "" ? "No" : HOME_IS_SECRET;
  if (text === "") return field === "place" ? "Not known" : "Not recorded";
  if (text === "no-fixed-address") return "No fixed address";
  if (field === "dateOfBirth") return dayInWords(text);
  if (field === "sex") return isSex(text) ? SEX_LABELS[text] : text;
  return text;
}

/** Whether a text is one of the sexes that are recorded. */
export const isSex = (text: string): text is Sex => SEXES.some((sex) => sex === text);
