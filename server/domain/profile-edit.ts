/**
 * Changes of a client's profile, which several people and devices may make without seeing each other's. Each change
 * carries the value it began from: it is made when that value still stands, and when another stands in its place both
 * are kept and a person chooses. No clock decides anything. Pure; one schema for the browser, the outbox and the server.
 */

import { z } from "zod";
import { daySchema, type NewClient, optionalLine, type Place, placeSchema } from "./client";
import { DETAIL_LENGTHS, IDENTIFIER_LENGTH, SEXES } from "./client-terms";
import { type CheckedIdentifier, IDENTIFIER_KINDS, type IdentifierKind } from "./identifiers";
import type { Day } from "./period";
import {
  addressAfter,
  type EditOutcome,
  isSex,
  PROFILE_FIELDS,
  type ProfileField,
  type ProfileValue,
  valueText,
} from "./profile-terms";

/** Whether a field is an official number, which is checked and indexed. */
export const isIdentifierField = (field: ProfileField): field is IdentifierKind =>
  IDENTIFIER_KINDS.some((kind) => kind === field);

const day = daySchema.nullish().transform((text): Day | null => text ?? null);
const change = <F extends ProfileField, V extends z.ZodType>(field: F, value: V) =>
  z.object({
    field: z.literal(field),
    /** What stood there when it was changed; of an identifier in full. */
    from: value,
    to: value,
  });

export const profileChangeSchema = z.discriminatedUnion("field", [
  change("givenName", optionalLine(DETAIL_LENGTHS.givenName)),
  change("familyName", optionalLine(DETAIL_LENGTHS.familyName)),
  change("dateOfBirth", day),
  change("sex", z.enum(SEXES)),
  change("place", placeSchema),
  change("address", optionalLine(DETAIL_LENGTHS.address)),
  change("homeIsSecret", z.boolean()),
  change("phone", optionalLine(DETAIL_LENGTHS.phone)),
  change("email", optionalLine(DETAIL_LENGTHS.email)),
  change("reference", optionalLine(DETAIL_LENGTHS.reference)),
  change("nhs-number", optionalLine(IDENTIFIER_LENGTH)),
  change("nino", optionalLine(IDENTIFIER_LENGTH)),
  change("pnc-id", optionalLine(IDENTIFIER_LENGTH)),
  change("cro", optionalLine(IDENTIFIER_LENGTH)),
  change("prison-number", optionalLine(IDENTIFIER_LENGTH)),
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

/** The conflicts of one client, or of everybody. */
export const listConflictsSchema = z
  .object({ clientId: z.uuid().toLowerCase().nullable().default(null) })
  .default({ clientId: null });

export const settleConflictSchema = z.object({
  conflictId: z.uuid().toLowerCase(),
  choose: z.enum(["kept", "proposed"]),
});
export type SettleConflict = z.output<typeof settleConflictSchema>;

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
  details: Omit<NewClient, "identifiers"> & { homeIsSecret: boolean };
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
    case "place": {
      const place: Place = typeof to === "object" && to !== null ? to : { kind: "unknown" };
      return { ...details, place, address: addressAfter(details, place) };
    }
    case "sex":
      return { ...details, sex: isSex(text) ? text : "not-known" };
    case "homeIsSecret":
      return { ...details, homeIsSecret: to === true };
    case "givenName":
    case "familyName":
      return { ...details, [field]: text };
    default:
      return { ...details, [field]: text || null };
  }
}
