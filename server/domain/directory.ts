/**
 * A service in the directory: what a source states of it, what people changed by hand, and what is shown of the
 * two together. One schema for the import, the edit form and the rows of the database.
 */

import { z } from "zod";
import { findNeed } from "./needs";
import { type Day, dayInWords, dayOf, isDay } from "./period";
import { text } from "./typed-text";

export const SERVICE_STATUSES = ["active", "inactive", "defunct", "temporarily closed"] as const;
/** Statuses of Open Referral UK. Only an active service is offered. */
export type ServiceStatus = (typeof SERVICE_STATUSES)[number];

/** How a need came to stand beside a service: by the code of a term, by words, or by a person. */
const MATCHES = ["code", "words", "hand"] as const;

export const MOST = {
  name: 200,
  text: 5_000,
  line: 300,
  needs: 30,
  places: 30,
  phones: 8,
  email: 254,
  url: 500,
} as const;

const line = (most: number) => text.max(most, `Keep this to ${most} characters.`);
const day = z.string().refine(isDay, "Enter a date such as 2026-03-14.");
const age = z.number().int().min(0).max(130);

const matchedNeedSchema = z.object({
  code: z.string().refine((code) => findNeed(code) !== null, "There is no need with this code."),
  by: z.enum(MATCHES),
  /** The words or the code that it was found by. */
  from: z.string().max(MOST.line),
});
export type MatchedNeed = z.output<typeof matchedNeedSchema>;

/**
 * Where a service helps people. `code` is what a postcode can be compared with: a GSS code, a postcode district or
 * sector, or `everywhere`; null where the words name no place that the installation knows.
 */
const servedAreaSchema = z.object({
  words: z.string().min(1).max(MOST.line),
  code: z.string().max(20).nullable(),
});
export type ServedArea = z.output<typeof servedAreaSchema>;
export const EVERYWHERE = "everywhere";

const premisesSchema = z.object({
  name: z.string().max(MOST.name),
  address: z.string().max(MOST.line),
  postcode: z.string().max(10).nullable(),
  access: z.string().max(MOST.text),
});
export type Premises = z.output<typeof premisesSchema>;

const phoneSchema = z.object({ number: z.string().min(1).max(40), words: z.string().max(MOST.line) });
export type Phone = z.output<typeof phoneSchema>;

export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const openingSchema = z.object({
  days: z.array(z.enum(WEEKDAYS)),
  /** "first", "last" and so on, of the month; null for every week. */
  which: z.string().max(20).nullable(),
  /** "09:00"; null where only the days are known. */
  from: z.string().max(5).nullable(),
  to: z.string().max(5).nullable(),
});
export type Opening = z.output<typeof openingSchema>;

/** What is stated of a service: by its source, or by whoever added it. */
export const serviceFactsSchema = z.object({
  name: z.string().min(1).max(MOST.name),
  organisationName: z.string().max(MOST.name),
  description: z.string().max(MOST.text),
  phones: z.array(phoneSchema).max(MOST.phones),
  email: z.string().max(MOST.email).nullable(),
  url: z.string().max(MOST.url).nullable(),
  status: z.enum(SERVICE_STATUSES),
  needs: z.array(matchedNeedSchema).max(MOST.needs),
  areas: z.array(servedAreaSchema).max(MOST.places),
  eligibility: z.string().max(MOST.text),
  minimumAge: age.nullable(),
  maximumAge: age.nullable(),
  openings: z.array(openingSchema).max(50),
  openingNotes: z.string().max(MOST.text),
  costs: z.string().max(MOST.text),
  languages: z.array(z.string().max(60)).max(60),
  alert: z.string().max(MOST.text),
  premises: z.array(premisesSchema).max(MOST.places),
  /** The last day on which somebody checked that all this is right; null when nobody says so. */
  assuredOn: day.nullable(),
});
export type ServiceFacts = z.output<typeof serviceFactsSchema>;

/** Nothing is stated but the name. */
export function bareFacts(name: string, organisationName: string): ServiceFacts {
  return {
    name,
    organisationName,
    description: "",
    phones: [],
    email: null,
    url: null,
    status: "active",
    needs: [],
    areas: [],
    eligibility: "",
    minimumAge: null,
    maximumAge: null,
    openings: [],
    openingNotes: "",
    costs: "",
    languages: [],
    alert: "",
    premises: [],
    assuredOn: null,
  };
}

const email = z
  .union([z.literal(""), z.email("Enter an e-mail address such as help@example.org.").max(MOST.email)])
  .transform((text) => text || null);
const url = z
  .union([
    z.literal(""),
    z.url({ protocol: /^https?$/, message: "Enter an address that begins with https://" }).max(MOST.url),
  ])
  .transform((text) => text || null);
const phoneNumber = z
  .string()
  .trim()
  .max(40)
  .refine((text) => text === "" || isPhoneNumber(text), "Enter a phone number, such as 01632 960 001.");

/** Whether a text can be dialled: digits with the marks people write between them. */
export function isPhoneNumber(text: string): boolean {
  const digits = text.replace(/\D/g, "").length;
  return digits >= 3 && digits <= 16 && /^[+(\d][\d\s().-]*(?:(?:ext|x)\.?\s*\d{1,6})?$/i.test(text);
}

/** The fields that a person can change by hand, as the form sends them. */
export const handFieldsSchema = z.object({
  name: line(MOST.name).min(1, "Enter the name of the service."),
  organisationName: line(MOST.name).min(1, "Enter who runs the service."),
  description: line(MOST.text),
  phone: phoneNumber,
  email: z.string().trim().pipe(email),
  url: z.string().trim().pipe(url),
  status: z.enum(SERVICE_STATUSES),
  needs: z
    .array(z.string().refine((code) => findNeed(code) !== null, "There is no need with this code."))
    .max(MOST.needs, `Choose ${MOST.needs} needs at most.`),
  /** Names of places, postcode districts or "everywhere", as people write them. */
  areas: z.array(line(MOST.line).min(1)).max(MOST.places),
  eligibility: line(MOST.text),
  minimumAge: age.nullable(),
  maximumAge: age.nullable(),
  opening: line(MOST.text),
  postcode: line(10),
});
export type HandFields = z.output<typeof handFieldsSchema>;
export type HandField = keyof HandFields;

export const HAND_FIELDS: Readonly<Record<HandField, string>> = {
  name: "Name",
  organisationName: "Run by",
  description: "What it does",
  phone: "Phone",
  email: "E-mail",
  url: "Web address",
  status: "Status",
  needs: "Needs it helps with",
  areas: "Areas it serves",
  eligibility: "Who it is for",
  minimumAge: "Youngest age",
  maximumAge: "Oldest age",
  opening: "When it is open",
  postcode: "Postcode",
};

const bothAges = <T extends { minimumAge?: number | null; maximumAge?: number | null }>(fields: T) =>
  (fields.minimumAge ?? 0) <= (fields.maximumAge ?? 130);
const agesFault = { path: ["maximumAge"], message: "The oldest age is below the youngest." };

const entryId = z.uuid().toLowerCase();
export const entryIdSchema = z.object({ id: entryId });
export const changeIdSchema = z.object({ changeId: z.uuid().toLowerCase() });
export const editEntrySchema = z.object({
  id: entryId,
  /** A field that is left out stays as it is. */
  changes: handFieldsSchema.partial().refine(bothAges, agesFault),
});
export type EditEntry = z.output<typeof editEntrySchema>;
export const addEntrySchema = z.object({
  id: entryId,
  fields: handFieldsSchema.refine(bothAges, agesFault),
});
export type AddEntry = z.output<typeof addEntrySchema>;
/** Puts one of the organisation's own services into the directory. */
export const listServiceSchema = z.object({
  serviceId: z.uuid().toLowerCase(),
  fields: handFieldsSchema
    .omit({ name: true, organisationName: true, status: true })
    .refine(bothAges, agesFault),
});
export type ListService = z.output<typeof listServiceSchema>;

export const searchDirectorySchema = z.object({
  /** Codes of needs; a service that helps with any of them is found, with more of them earlier. */
  needs: z.array(z.string().max(10)).max(30).optional(),
  text: z.string().max(200).optional(),
  /** As people write it. */
  postcode: z.string().max(20).optional(),
  age: z.number().int().min(0).max(130).optional(),
  limit: z.number().int().min(1).max(100).optional(),
});
export type SearchDirectory = z.output<typeof searchDirectorySchema>;

/** Months after which what was checked is no longer taken as right. */
const FRESH_MONTHS = 6;

/** Whether a service must be checked before somebody is sent there: not assured for six months or more, or never. */
export function isStale(assuredOn: Day | null, today: Day): boolean {
  return assuredOn === null || monthsAfter(assuredOn, FRESH_MONTHS) <= today;
}

/** The same day so many months later; the last of the month where it is shorter. */
function monthsAfter(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  return dayOf(
    new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate()), 12)),
  );
}

/** "Check before you send: last checked 14 March 2025"; null for what is fresh. */
export function staleWords(assuredOn: Day | null, today: Day): string | null {
  if (!isStale(assuredOn, today)) return null;
  const when =
    assuredOn === null ? "nobody says when it was checked" : `last checked ${dayInWords(assuredOn)}`;
  return `Check before you send: ${when}`;
}

/** "11 to 25", "18 and over", "up to 25"; empty when every age is welcome. */
export function agesInWords({
  minimumAge,
  maximumAge,
}: Pick<ServiceFacts, "minimumAge" | "maximumAge">): string {
  const youngest = minimumAge === 0 ? null : minimumAge;
  // Sources write 99, 100 or 120 for "no upper age".
  const oldest = maximumAge !== null && maximumAge >= 99 ? null : maximumAge;
  if (youngest === null && oldest === null) return "";
  if (youngest === null) return `up to ${oldest}`;
  if (oldest === null) return `${youngest} and over`;
  return youngest === oldest ? `${youngest}` : `${youngest} to ${oldest}`;
}

/** Whether a person of an age may go; null where neither end is stated. */
export function fitsAge(
  { minimumAge, maximumAge }: Pick<ServiceFacts, "minimumAge" | "maximumAge">,
  age: number,
): boolean | null {
  if (minimumAge === null && maximumAge === null) return null;
  return age >= (minimumAge ?? 0) && age <= (maximumAge ?? 130);
}

/** What a referral and the screens are given of a service. */
export interface DirectoryService {
  id: string;
  name: string;
  organisationName: string;
  description: string;
  /** The number to call first; null when none is known. */
  phone: string | null;
  phones: readonly Phone[];
  email: string | null;
  /** Who entered the e-mail address, where no source states it: whoever sends something there sees it first. */
  emailBy: string | null;
  url: string | null;
  status: ServiceStatus;
  /** Whether people may be sent there: active, still in its source and not taken back. */
  offered: boolean;
  /** Codes of the needs it helps with. */
  needs: readonly string[];
  /** The same with how each came to stand here. */
  matchedNeeds: readonly MatchedNeed[];
  /** Names of the areas it serves. */
  areas: readonly string[];
  /** Who it is for, in its own words. */
  eligibility: string;
  ages: { minimum: number | null; maximum: number | null };
  /** "11 to 25"; empty when every age is welcome. */
  agesWords: string;
  /** "Monday to Friday 9am to 5pm"; empty when nothing is known. */
  openingWords: string;
  costs: string;
  languages: readonly string[];
  alert: string;
  premises: readonly Premises[];
  lastAssuredOn: Day | null;
  stale: boolean;
  /** "Check before you send: last checked 14 March 2025"; null for what is fresh. */
  staleWords: string | null;
  /** The service on this installation that it is; referrals to it travel inside. */
  onPlatform: { organisationId: number; serviceId: string } | null;
}

/** A service found, and why it is shown. */
export interface FoundService extends DirectoryService {
  /** "Serves Wytherhaven", "for debt", "open Monday 9am to 5pm". */
  why: readonly string[];
  /** Kilometres from the postcode asked about; null without one. */
  kilometres: number | null;
}

export interface DirectoryAnswer {
  services: readonly FoundService[];
  /** How many fit, shown or not. */
  total: number;
  /** What is the matter with the postcode, in plain words; null when there is nothing. */
  postcodeNote: string | null;
  /** Codes of needs that the typed words were taken for. */
  understood: readonly string[];
  /** How many services the directory offers in all. */
  size: number;
}
