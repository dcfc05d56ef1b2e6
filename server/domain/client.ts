/**
 * A client as an organisation records and sees one: what is asked when somebody is added.
 * The same shapes serve the browser, the outbox and the server; `profile.ts` has what is shown. Whether an identifier
 * is valid is decided by `identifiers.ts`; here is only what any form must send.
 */

import { z } from "zod";
import { MOST_LETTERS } from "./client-search";
import { DETAIL_LENGTHS, IDENTIFIER_LENGTH, NAME_NEEDED, SEXES } from "./client-terms";
import { parsePostcode } from "./geography";
import { IDENTIFIER_KINDS } from "./identifiers";
import { isDay } from "./period";
import { oneLine } from "./typed-text";

/** A real day as text, "2026-05-31". */
export const daySchema = z.string().refine(isDay, "Enter a real date, like 31 5 2026.");

/** Where somebody lives, as far as it is known. "No fixed address" and "not known" are real answers. */
export const placeSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("postcode"),
    postcode: z.string().transform((text, context): string => {
      const reading = parsePostcode(text);
      if (reading.ok) return reading.postcode;
      context.addIssue({ code: "custom", message: reading.reason });
      return z.NEVER;
    }),
  }),
  z.object({ kind: z.literal("no-fixed-address") }),
  z.object({ kind: z.literal("unknown") }),
]);
export type Place = z.output<typeof placeSchema>;

const line = (most: number) => oneLine.max(most, `Keep this to ${most} characters.`);

/** Text that may be left out; an empty line counts as left out. */
export const optionalLine = (most: number) =>
  line(most)
    .nullish()
    .transform((text) => text || null);

export const identifierSchema = z.object({
  kind: z.enum(IDENTIFIER_KINDS),
  value: line(IDENTIFIER_LENGTH).min(1),
});

const details = {
  givenName: line(DETAIL_LENGTHS.givenName).default(""),
  familyName: line(DETAIL_LENGTHS.familyName).default(""),
  /** Null when it is not known. */
  dateOfBirth: daySchema.nullish().transform((day) => day ?? null),
  place: placeSchema.default({ kind: "unknown" }),
  /** House number and street, beside the postcode; nobody with no fixed address has one. */
  address: optionalLine(DETAIL_LENGTHS.address),
  sex: z.enum(SEXES).default("not-known"),
  phone: optionalLine(DETAIL_LENGTHS.phone),
  email: optionalLine(DETAIL_LENGTHS.email),
  /** The organisation's own reference. */
  reference: optionalLine(DETAIL_LENGTHS.reference),
  identifiers: z.array(identifierSchema).max(10).default([]),
};

const hasName = (client: { givenName: string; familyName: string }) =>
  client.givenName !== "" || client.familyName !== "";
const needsName = { message: NAME_NEEDED, path: ["familyName"] };

/** Who is added with their first contact: the quick add. The id is the contact's `clientId`. */
export const newClientSchema = z.object(details).refine(hasName, needsName);
export type NewClientInput = z.input<typeof newClientSchema>;
export type NewClient = z.output<typeof newClientSchema>;

/** Somebody added before any contact. The device makes the id. */
export const addClientSchema = z
  .object({ id: z.uuid().toLowerCase(), ...details })
  .refine(hasName, needsName);
export type AddClient = z.output<typeof addClientSchema>;

export const findClientsSchema = z.object({ text: z.string().trim().max(MOST_LETTERS) });

export const getClientSchema = z.object({
  id: z.uuid().toLowerCase(),
  /** Show identifiers in full instead of their last characters; the audit says so. */
  showIdentifiers: z.boolean().default(false),
});

/** "••••••626": enough to tell one from another, not enough to use. */
export function maskIdentifier(value: string): string {
  return "•".repeat(Math.max(0, value.length - 3)) + value.slice(-3);
}
