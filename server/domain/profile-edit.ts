/**
 * Changes of a client's profile, which several people and devices may make without seeing each other's. Each change
 * carries the value it began from: it is made when that value still stands, and when another stands in its place both
 * are kept and a person chooses. No clock decides anything. Pure; one schema for the browser, the outbox and the server.
 */

import { z } from "zod";
import {
  daySchema,
  type NewClient,
  optionalLine,
  type Place,
  placeSchema,
  SEX_LABELS,
  SEXES,
  type Sex,
} from "./client";
import {
  type CheckedIdentifier,
  IDENTIFIER_KINDS,
  IDENTIFIER_LABELS,
  type IdentifierKind,
} from "./identifiers";
import { type Day, dayInWords } from "./period";

export const PROFILE_FIELDS = [
  "givenName",
  "familyName",
  "dateOfBirth",
  "sex",
  "place",
  "phone",
  "email",
  "reference",
  ...IDENTIFIER_KINDS,
] as const;
export type ProfileField = (typeof PROFILE_FIELDS)[number];
export const PROFILE_FIELD_LABELS: Readonly<Record<ProfileField, string>> = {
  givenName: "Given name",
  familyName: "Family name",
  dateOfBirth: "Date of birth",
  sex: "Sex",
  place: "Address",
  phone: "Phone",
  email: "E-mail",
  reference: "Your reference",
  ...IDENTIFIER_LABELS,
};

/** Whether a field is an official number, which is checked and indexed. */
export const isIdentifierField = (field: ProfileField): field is IdentifierKind =>
  IDENTIFIER_KINDS.some((kind) => kind === field);

/** A value of any field; null where nothing is known. */
export type ProfileValue = string | null | Place;

const day = daySchema.nullish().transform((text): Day | null => text ?? null);
const change = <F extends ProfileField, V extends z.ZodType>(field: F, value: V) =>
  z.object({
    field: z.literal(field),
    /** What stood there when it was changed; of an identifier in full. */
    from: value,
    to: value,
  });

export const profileChangeSchema = z.discriminatedUnion("field", [
  change("givenName", optionalLine(100)),
  change("familyName", optionalLine(100)),
  change("dateOfBirth", day),
  change("sex", z.enum(SEXES)),
  change("place", placeSchema),
  change("phone", optionalLine(40)),
  change("email", optionalLine(254)),
  change("reference", optionalLine(60)),
  change("nhs-number", optionalLine(40)),
  change("nino", optionalLine(40)),
  change("pnc-id", optionalLine(40)),
  change("cro", optionalLine(40)),
  change("prison-number", optionalLine(40)),
]);
export type ProfileChangeInput = z.input<typeof profileChangeSchema>;

export const editClientSchema = z.object({
  id: z.uuid().toLowerCase(),
  /** Made by the device: sent any number of times, the edit has one effect. */
  editId: z.uuid().toLowerCase(),
  changes: z
    .array(profileChangeSchema)
    .min(1, "Change something first.")
    .max(PROFILE_FIELDS.length)
    .refine(
      (changes) => new Set(changes.map(({ field }) => field)).size === changes.length,
      "A field stands here twice. Keep one of the two.",
    ),
});
export type EditClientInput = z.input<typeof editClientSchema>;
export type EditClient = z.output<typeof editClientSchema>;

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

/** The conflicts of one client, or of everybody. */
export const listConflictsSchema = z
  .object({ clientId: z.uuid().toLowerCase().nullable().default(null) })
  .default({ clientId: null });

export const settleConflictSchema = z.object({
  conflictId: z.uuid().toLowerCase(),
  choose: z.enum(["kept", "proposed"]),
});
export type SettleConflict = z.output<typeof settleConflictSchema>;

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

/** The same text for the same value, and none for no value. */
export function valueText(value: ProfileValue): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (value.kind === "postcode") return value.postcode;
  return value.kind === "unknown" ? "" : value.kind;
}

/** Whether two values read the same. */
export const sameValue = (a: ProfileValue, b: ProfileValue): boolean => valueText(a) === valueText(b);

/**
 * What becomes of a change, from the values that stand now: one, or of an identifier any number. It is made when what
 * it began from stands; when nothing did, only where nothing stands.
 */
export function outcomeOf(
  { from, to }: { from: ProfileValue; to: ProfileValue },
  standing: readonly ProfileValue[],
): EditOutcome {
  const values = standing.map(valueText).filter((text) => text !== "");
  const [before, after] = [valueText(from), valueText(to)];
  if (after === "" ? values.length === 0 : values.includes(after)) return "already";
  if (before === "") return values.length === 0 ? "applied" : "conflict";
  return values.includes(before) ? "applied" : "conflict";
}

/** What can be changed of a client. */
export interface Profile {
  details: Omit<NewClient, "identifiers">;
  identifiers: readonly CheckedIdentifier[];
}

export interface ProfileEdit {
  field: ProfileField;
  from: ProfileValue;
  to: ProfileValue;
}

/** A change, or a person's choice, which takes the place of everything that stands. */
export type ProfileChoice = ProfileEdit | { field: ProfileField; from: "all"; to: ProfileValue };

/** All values that stand in a field: of an identifier there may be several. */
export function valuesIn({ details, identifiers }: Profile, field: ProfileField): ProfileValue[] {
  if (isIdentifierField(field))
    return identifiers.flatMap(({ kind, value }) => (kind === field ? value : []));
  return [details[field]];
}

/** The profile after a change that is made. Of an identifier, what it began from gives way and others stay. */
export function profileWith<P extends Profile>(profile: P, { field, from, to }: ProfileChoice): P {
  if (!isIdentifierField(field)) return { ...profile, details: detailsWith(profile.details, field, to) };
  const left = profile.identifiers.filter(
    ({ kind, value }) => kind !== field || (from !== "all" && value !== valueText(from)),
  );
  const text = valueText(to);
  const there = left.some(({ kind, value }) => kind === field && value === text);
  return { ...profile, identifiers: text === "" || there ? left : [...left, { kind: field, value: text }] };
}

function detailsWith(
  details: Profile["details"],
  field: Exclude<ProfileField, IdentifierKind>,
  to: ProfileValue,
): Profile["details"] {
  const text = valueText(to);
  switch (field) {
    case "place":
      return { ...details, place: typeof to === "object" && to !== null ? to : { kind: "unknown" } };
    case "sex":
      return { ...details, sex: isSex(text) ? text : "not-known" };
    case "givenName":
    case "familyName":
      return { ...details, [field]: text };
    default:
      return { ...details, [field]: text || null };
  }
}

/** A value as somebody reads it. */
export function valueInWords(field: ProfileField, value: ProfileValue): string {
  const text = valueText(value);
  if (text === "") return field === "place" ? "Not known" : "Not recorded";
  if (text === "no-fixed-address") return "No fixed address";
  if (field === "dateOfBirth") return dayInWords(text);
  if (field === "sex") return isSex(text) ? SEX_LABELS[text] : text;
  return text;
}

const isSex = (text: string): text is Sex => SEXES.some((sex) => sex === text);
