/**
 * An entry of the directory as it is shown: what its source states with the changes made by hand laid over it, field
 * by field. The source's own words stay readable beside each change.
 */

import { z } from "zod";
import {
  agesInWords,
  bareFacts,
  type DirectoryService,
  HAND_FIELDS,
  type HandFields,
  handFieldsSchema,
  isStale,
  type Premises,
  type ServiceFacts,
  serviceFactsSchema,
  staleWords,
} from "./directory";
import { openingsInWords } from "./directory-hours";
import { findNeed } from "./needs";
import { type Day, dayInWords, isDay } from "./period";

/** The fields as a change keeps them: needs and areas are resolved when the change is made. */
const keptFieldsSchema = handFieldsSchema.partial().extend({
  email: z.string().nullable().optional(),
  url: z.string().nullable().optional(),
  needs: serviceFactsSchema.shape.needs.optional(),
  areas: serviceFactsSchema.shape.areas.optional(),
  /** Somebody asked the service and all of it was right. */
  checkedOn: z.string().refine(isDay).optional(),
});
export type KeptFields = z.output<typeof keptFieldsSchema>;
export type KeptField = keyof KeptFields;

/** One field changed by hand, as it is stored. */
export interface StoredChange {
  id: string;
  field: string;
  value: unknown;
  organisationId: number;
  organisationName: string;
  changedOn: Day;
}

/** An entry as it is stored, with the changes that have not been undone, oldest first. */
export interface StoredEntry {
  id: string;
  sourceName: string | null;
  organisationId: number | null;
  serviceId: string | null;
  stated: unknown;
  missingSince: Day | null;
  withdrawnOn: Day | null;
  changes: readonly StoredChange[];
}

/** A change that stands, for people: "changed by hand on …, the source now says …". */
export interface HandChange {
  id: string;
  field: KeptField;
  label: string;
  organisationId: number;
  organisationName: string;
  changedOn: Day;
  /** What the source states of the field now. */
  sourceSays: string;
}

/** An entry ready to be searched and shown. */
export interface Listing {
  id: string;
  facts: ServiceFacts;
  openingWords: string;
  offered: boolean;
  onPlatform: DirectoryService["onPlatform"];
  sourceName: string | null;
  addedBy: number | null;
  missingSince: Day | null;
  withdrawnOn: Day | null;
  changes: readonly HandChange[];
}

/** Lays the standing changes over what is stated. Throws when a row is not what this module writes. */
export function listingOf(entry: StoredEntry): Listing {
  const stated = serviceFactsSchema.parse(entry.stated);
  const standing = new Map(entry.changes.map((change) => [change.field, change]));
  const kept = keptFieldsSchema.parse(
    Object.fromEntries([...standing.values()].map(({ field, value }) => [field, value])),
  );
  const facts = overlay(stated, kept);
  return {
    id: entry.id,
    facts,
    openingWords: openingWordsOf(facts),
    offered: facts.status === "active" && entry.missingSince === null && entry.withdrawnOn === null,
    onPlatform:
      entry.organisationId !== null && entry.serviceId !== null
        ? { organisationId: entry.organisationId, serviceId: entry.serviceId }
        : null,
    sourceName: entry.sourceName,
    addedBy: entry.organisationId,
    missingSince: entry.missingSince,
    withdrawnOn: entry.withdrawnOn,
    changes: [...standing.values()].flatMap((change) => {
      const field = keptField(change.field);
      if (!field) return [];
      const { id, organisationId, organisationName, changedOn } = change;
      const label = field === "checkedOn" ? "Checked" : HAND_FIELDS[field];
      return [
        {
          id,
          field,
          label,
          organisationId,
          organisationName,
          changedOn,
          sourceSays: sayField(stated, field),
        },
      ];
    }),
  };
}

function keptField(text: string): KeptField | null {
  return keptFieldsSchema.keyof().safeParse(text).data ?? null;
}

function openingWordsOf({ openings, openingNotes }: ServiceFacts): string {
  return openingsInWords(openings) || openingNotes;
}

/** What is stated with the changes over it. A day of checking never goes back: the later of the two stands. */
export function overlay(stated: ServiceFacts, kept: KeptFields): ServiceFacts {
  const { phone, opening, postcode, checkedOn, ...plain } = kept;
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  return {
    ...stated,
    ...given,
    ...(phone !== undefined && { phones: withPhone(stated.phones, phone) }),
    ...(opening !== undefined && { openings: [], openingNotes: opening }),
    ...(postcode !== undefined && { premises: withPostcode(stated.premises, postcode) }),
    assuredOn: later(stated.assuredOn, checkedOn ?? null),
  };
}

const later = (a: Day | null, b: Day | null) => (a === null || (b !== null && b > a) ? b : a);

function withPhone(phones: ServiceFacts["phones"], number: string): ServiceFacts["phones"] {
  const others = phones.slice(1).filter((phone) => phone.number !== number);
  return number === "" ? others : [{ number, words: "" }, ...others];
}

function withPostcode(premises: readonly Premises[], postcode: string): Premises[] {
  const [first, ...others] = premises;
  const bare: Premises = { name: "", address: "", postcode: null, access: "" };
  // The address belongs to the postcode that was wrong.
  const named = { ...(first ?? bare), address: "", postcode: postcode || null };
  return named.name === "" && named.postcode === null ? others : [named, ...others];
}

/** What a form begins with, and what the source says of a field, in words. */
export function sayField(facts: ServiceFacts, field: KeptField): string {
  switch (field) {
    case "needs":
      return facts.needs.map(({ code }) => findNeed(code)?.label ?? code).join(", ");
    case "areas":
      return facts.areas.map(({ words }) => words).join(", ");
    case "phone":
      return facts.phones[0]?.number ?? "";
    case "opening":
      return openingWordsOf(facts);
    case "postcode":
      return facts.premises[0]?.postcode ?? "";
    case "checkedOn":
      return facts.assuredOn ?? "";
    case "minimumAge":
    case "maximumAge":
      return facts[field] === null ? "" : String(facts[field]);
    default:
      return facts[field] ?? "";
  }
}

/** "changed by Harbour Housing on 3 March 2026"; null for an address that a source states, or the service itself. */
function emailBy({ facts, changes, addedBy, onPlatform }: Listing): string | null {
  if (facts.email === null || onPlatform) return null;
  const changed = changes.find(({ field }) => field === "email");
  if (changed) return `changed by ${changed.organisationName} on ${dayInWords(changed.changedOn)}`;
  return addedBy === null ? null : "entered by hand";
}

/** The listing as referrals and screens are given it, on a day. */
export function serviceOf(listing: Listing, today: Day): DirectoryService {
  const { facts } = listing;
  return {
    id: listing.id,
    name: facts.name,
    organisationName: facts.organisationName,
    description: facts.description,
    phone: facts.phones[0]?.number ?? null,
    phones: facts.phones,
    email: facts.email,
    emailBy: emailBy(listing),
    url: facts.url,
    status: facts.status,
    offered: listing.offered,
    needs: facts.needs.map(({ code }) => code),
    matchedNeeds: facts.needs,
    areas: facts.areas.map(({ words }) => words),
    eligibility: facts.eligibility,
    ages: { minimum: facts.minimumAge, maximum: facts.maximumAge },
    agesWords: agesInWords(facts),
    openingWords: listing.openingWords,
    costs: facts.costs,
    languages: facts.languages,
    alert: facts.alert,
    premises: facts.premises,
    lastAssuredOn: facts.assuredOn,
    stale: isStale(facts.assuredOn, today),
    staleWords: staleWords(facts.assuredOn, today),
    onPlatform: listing.onPlatform,
  };
}

/** The fields of a form about an entry, as they are typed. */
export type EntryForm = Omit<HandFields, "email" | "url"> & { email: string; url: string };

/** The form as it opens for an entry, with empty fields where nothing is stated. */
export function formOf(facts: ServiceFacts): EntryForm {
  return {
    name: facts.name,
    organisationName: facts.organisationName,
    description: facts.description,
    phone: facts.phones[0]?.number ?? "",
    email: facts.email ?? "",
    url: facts.url ?? "",
    status: facts.status,
    needs: facts.needs.map(({ code }) => code),
    areas: facts.areas.map(({ words }) => words),
    eligibility: facts.eligibility,
    minimumAge: facts.minimumAge,
    maximumAge: facts.maximumAge,
    opening: openingWordsOf(facts),
    postcode: facts.premises[0]?.postcode ?? "",
  };
}

/** What is stated of a service by whoever enters it. */
export function factsFrom(kept: KeptFields & Pick<HandFields, "name" | "organisationName">): ServiceFacts {
  return overlay(bareFacts(kept.name, kept.organisationName), kept);
}

/** An entry with its history, for the page that shows and changes it. */
export interface DirectoryPage {
  service: DirectoryService;
  form: EntryForm;
  changes: readonly (HandChange & { mayUndo: boolean })[];
  /** The directory it was loaded from; null for what was entered here. */
  sourceName: string | null;
  missingSince: Day | null;
  withdrawnOn: Day | null;
  /** Whether the one who looks may correct it here. */
  mayEdit: boolean;
  /** Whether the one who looks may take it out again: their organisation entered it, or they are an administrator. */
  mayWithdraw: boolean;
  /** It is a service of the viewer's own organisation, which is changed as a whole. */
  isOwnService: boolean;
}

/** A service of one's own organisation, and what the directory says of it. */
export interface OwnService {
  serviceId: string;
  name: string;
  /** Its entry, when it is in the directory. */
  entryId: string | null;
  form: EntryForm;
}
