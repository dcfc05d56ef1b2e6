/**
 * Reads one service of an Open Referral UK directory (HSDS-UK 3.0; names of the first UK edition are understood too)
 * into what the directory keeps. A service without an id, a name or a known status cannot be used and is a fault;
 * anything else that cannot be read is left out with a remark, because published directories are full of it.
 */

import {
  bareFacts,
  isPhoneNumber,
  MOST,
  type Opening,
  type Phone,
  type Premises,
  SERVICE_STATUSES,
  type ServedArea,
  type ServiceFacts,
  type ServiceStatus,
  serviceFactsSchema,
} from "../domain/directory";
import { openingsOf } from "../domain/directory-hours";
import { matchNeeds, type Term } from "../domain/directory-needs";
import type { PlaceFinder } from "../domain/directory-places";
import { parsePostcode } from "../domain/geography";
import { type Day, isDay } from "../domain/period";
import { plainLine, plainText } from "../domain/plain-text";
import { type Json, listAt, numberAt, objectAt, textAt } from "./json-fields";

/** What is wrong with a record: where, which field, why, and how to mend it. */
export interface RecordFault {
  /** Where it stands: "services.json, contents[3]". */
  path: string;
  field: string;
  /** A few words, the same for every record with this fault: they are counted. */
  reason: string;
  remedy: string;
}

export interface RecordRules {
  today: Day;
  places: PlaceFinder;
  /** Terms of the vocabularies that came with the services, by id. */
  terms: ReadonlyMap<string, Term>;
}

export type ReadRecord =
  | { ok: true; id: string; facts: ServiceFacts; remarks: RecordFault[] }
  | { ok: false; fault: RecordFault };

/** Words for statuses that publishers use instead of the four of the standard. */
const STATUS_WORDS: Readonly<Record<string, ServiceStatus>> = {
  "temporarily-closed": "temporarily closed",
  temporarily_closed: "temporarily closed",
  closed: "inactive",
  archived: "defunct",
};

/** Reads one service as its publisher wrote it: its facts, and remarks on what was left out; or why it cannot be read. */
export function readRecord(record: Json, path: string, rules: RecordRules): ReadRecord {
  const fault = (field: string, reason: string, remedy: string): ReadRecord => ({
    ok: false,
    fault: { path, field, reason, remedy },
  });
  const id = plainLine(textAt(record, "id"), 300);
  if (id === "" || id.length > 200) {
    return fault("id", "no id", "Give every service an id of its own that stays the same.");
  }
  const name = plainLine(textAt(record, "name"), MOST.name);
  if (name === "") return fault("name", "no name", `Give the service ${id.slice(0, 60)} a name.`);
  const status = statusOf(textAt(record, "status"));
  if (!status) {
    const remedy = `It says “${plainLine(textAt(record, "status"), 40)}”: use ${SERVICE_STATUSES.join(", ")}.`;
    return fault("status", "unknown status", remedy);
  }
  const remarks: RecordFault[] = [];
  const remark = (field: string, reason: string, remedy: string) =>
    remarks.push({ path, field, reason, remedy });
  const organisation = objectAt(record, "organization");
  const places = placesIn(record);
  const description = plainText(textAt(record, "description"), MOST.text);
  const terms = termsOf(record, rules.terms);
  const facts: ServiceFacts = {
    ...bareFacts(name, plainLine(textAt(organisation, "name"), MOST.name)),
    description,
    phones: phonesOf(record, places, remark),
    email: emailOf([record, ...listAt(record, "contacts"), organisation], remark),
    url: urlOf(record, organisation, remark),
    status,
    needs: matchNeeds({ name, description, terms }),
    areas: areasOf(record, rules.places),
    eligibility: eligibilityOf(record),
    ...agesOf(record, remark),
    ...openingOf(record, places, rules.today),
    costs: costsOf(record, rules.today),
    languages: languagesOf(record),
    alert: plainText(textAt(record, "alert"), MOST.text),
    premises: premisesOf(places, remark),
    assuredOn: assuredOf(record, rules.today, remark),
  };
  return { ok: true, id, facts: serviceFactsSchema.parse(facts), remarks };
}

type Remark = (field: string, reason: string, remedy: string) => void;

/** Blank counts as active: many publishers list only what is open. */
function statusOf(text: string): ServiceStatus | null {
  const folded = text.trim().toLowerCase();
  if (folded === "") return "active";
  return SERVICE_STATUSES.find((status) => status === folded) ?? STATUS_WORDS[folded] ?? null;
}

/** Each place with its own phones and schedules: the link to the service carries some, the location others. */
function placesIn(record: Json): { link: Json; location: Json }[] {
  const links = [...listAt(record, "service_at_locations"), ...listAt(record, "service_at_location")];
  const linked = links.map((link) => ({ link, location: objectAt(link, "location") }));
  return [...linked, ...listAt(record, "locations").map((location) => ({ link: {}, location }))].slice(
    0,
    MOST.places,
  );
}

function termsOf(record: Json, known: ReadonlyMap<string, Term>): Term[] {
  const links = [...listAt(record, "attributes"), ...listAt(record, "service_taxonomys")];
  return links.flatMap((link) => {
    const given = [objectAt(link, "taxonomy_term"), objectAt(link, "taxonomy")].find(
      (term) => Object.keys(term).length > 0,
    );
    const term = given ? termOf(given) : known.get(textAt(link, "taxonomy_term_id"));
    return term ? [term] : [];
  });
}

/** A term of a vocabulary, in the names of either edition. */
export function termOf(term: Json): Term {
  const ids = ["term_uri", "code", "term", "id"].map((key) => plainLine(textAt(term, key), MOST.line));
  return {
    vocabulary: plainLine(textAt(term, "taxonomy") || textAt(term, "vocabulary"), 100),
    ids: [...new Set(ids.filter((id) => id !== ""))],
    name: plainLine(textAt(term, "name") || textAt(term, "term"), MOST.line),
  };
}

function phonesOf(record: Json, places: readonly { link: Json; location: Json }[], remark: Remark): Phone[] {
  const holders = [
    record,
    ...listAt(record, "contacts"),
    ...places.flatMap(({ link, location }) => [link, location, ...listAt(link, "contacts")]),
    objectAt(record, "organization"),
  ];
  const found = new Map<string, Phone>();
  for (const phone of holders.flatMap((holder) => listAt(holder, "phones"))) {
    const number = plainLine(textAt(phone, "number"), 40);
    if (number === "") continue;
    if (!isPhoneNumber(number)) {
      remark("phones", "not a phone number", `“${number}” is left out: write digits, such as 01632 960 001.`);
      continue;
    }
    const extension = plainLine(textAt(phone, "extension"), 10);
    const words = plainLine(textAt(phone, "description") || textAt(phone, "type"), MOST.line);
    const dialled = extension ? `${number} ext ${extension}` : number;
    const digits = dialled.replace(/\D/g, "");
    if (!found.has(digits)) found.set(digits, { number: dialled.slice(0, 40), words });
  }
  return [...found.values()].slice(0, MOST.phones);
}

const EMAIL = /^[^\s@<>"',;:()[\]\\]{1,64}@[a-z\d](?:[a-z\d.-]{0,250}[a-z\d])?\.[a-z]{2,}$/i;

function emailOf(holders: readonly Json[], remark: Remark): string | null {
  for (const holder of holders) {
    const text = plainLine(textAt(holder, "email"), MOST.line).replace(/^mailto:/i, "");
    if (text === "") continue;
    if (EMAIL.test(text) && text.length <= 254) return text;
    remark("email", "not an e-mail address", `“${text}” is left out: write one address.`);
  }
  return null;
}

function urlOf(record: Json, organisation: Json, remark: Remark): string | null {
  const texts = [textAt(record, "url"), textAt(organisation, "website"), textAt(organisation, "url")];
  for (const text of texts.map((text) => plainLine(text, 500))) {
    if (text === "") continue;
    const url = webAddress(text);
    if (url) return url;
    remark(
      "url",
      "not a web address",
      `“${text.slice(0, 80)}” is left out: write one that begins with https://.`,
    );
  }
  return null;
}

/** A web address that can stand behind a link: http or https, nobody's password in it. */
function webAddress(text: string): string | null {
  const withScheme = /^www\./i.test(text) ? `https://${text}` : text;
  if (!/^https?:\/\//i.test(withScheme) || !URL.canParse(withScheme)) return null;
  const url = new URL(withScheme);
  return url.username === "" && url.password === "" && url.hostname.includes(".")
    ? url.href.slice(0, 500)
    : null;
}

function areasOf(record: Json, finder: PlaceFinder): ServedArea[] {
  const found = new Map<string, ServedArea>();
  for (const area of listAt(record, "service_areas")) {
    // An outline is too much to read; a code or a name beside it is enough.
    const extent = textAt(area, "extent").length <= 40 ? textAt(area, "extent") : "";
    const tried = [extent, textAt(area, "uri"), textAt(area, "name"), textAt(area, "service_area")]
      .map((text) => plainLine(text, MOST.line))
      .filter((text) => text !== "");
    const read = tried
      .map((text) => finder.find(text))
      .find((areas) => areas.some(({ code }) => code !== null));
    const words = plainLine(textAt(area, "name") || textAt(area, "service_area"), MOST.line);
    for (const one of read ?? (words === "" ? [] : [{ words, code: null }]))
      found.set(one.code ?? one.words, one);
  }
  return [...found.values()].slice(0, MOST.places);
}

const eligibilitiesOf = (record: Json) => [
  ...listAt(record, "eligibility"),
  ...listAt(record, "eligibilitys"),
];

function eligibilityOf(record: Json): string {
  const texts = [
    textAt(record, "eligibility_description"),
    ...eligibilitiesOf(record).map((one) => textAt(one, "eligibility")),
  ];
  return plainText(texts.filter((text) => text !== "").join("\n"), MOST.text);
}

function agesOf(record: Json, remark: Remark): Pick<ServiceFacts, "minimumAge" | "maximumAge"> {
  const holders = [record, ...eligibilitiesOf(record)];
  const read = (key: string): number | null => {
    for (const holder of holders) {
      const age = numberAt(holder, key);
      if (age === null) continue;
      if (age >= 0 && age <= 200) return Math.min(130, Math.floor(age));
      remark(key, "not an age", `${age} is left out: write years from 0 to 130.`);
    }
    return null;
  };
  const [minimumAge, maximumAge] = [read("minimum_age"), read("maximum_age")];
  if (minimumAge === null || maximumAge === null || minimumAge <= maximumAge)
    return { minimumAge, maximumAge };
  remark("maximum_age", "ages the wrong way round", `The ages ${minimumAge} to ${maximumAge} are left out.`);
  return { minimumAge: null, maximumAge: null };
}

function openingOf(
  record: Json,
  places: readonly { link: Json; location: Json }[],
  today: Day,
): Pick<ServiceFacts, "openings" | "openingNotes"> {
  const holders = [record, ...places.flatMap(({ link, location }) => [link, location])];
  const schedules = holders.flatMap((holder) => [
    ...listAt(holder, "schedules"),
    ...listAt(holder, "regular_schedules"),
  ]);
  const openings: Opening[] = [];
  const notes = new Set<string>();
  for (const schedule of schedules) {
    const text = (key: string) => textAt(schedule, key).trim() || null;
    openings.push(
      ...openingsOf(
        {
          freq: text("freq"),
          interval: text("interval"),
          byday: text("byday") ?? text("weekday"),
          opensAt: text("opens_at"),
          closesAt: text("closes_at"),
          validFrom: text("valid_from")?.slice(0, 10) ?? null,
          validTo: text("valid_to")?.slice(0, 10) ?? null,
        },
        today,
      ),
    );
    const words = plainText(textAt(schedule, "description"), MOST.text);
    if (words !== "") notes.add(words);
  }
  const seen = new Map(openings.map((opening) => [JSON.stringify(opening), opening]));
  return {
    openings: [...seen.values()].slice(0, 50),
    openingNotes: plainText([...notes].join("\n"), MOST.text),
  };
}

function costsOf(record: Json, today: Day): string {
  const options = listAt(record, "cost_options").flatMap((option) => {
    const until = textAt(option, "valid_to").slice(0, 10);
    if (isDay(until) && until < today) return [];
    const amount = numberAt(option, "amount");
    const price =
      amount === null ? "" : amount === 0 ? "free" : moneyInWords(amount, textAt(option, "currency"));
    const words = [price, plainLine(textAt(option, "amount_description"), MOST.line)]
      .filter(Boolean)
      .join(" ");
    const who = plainLine(textAt(option, "option"), MOST.line);
    return [[who, words].filter(Boolean).join(": ")].filter(Boolean);
  });
  const fees = textAt(record, "fees_description") || textAt(record, "fees");
  return plainText(options.length > 0 ? options.join("\n") : fees, MOST.text);
}

function moneyInWords(amount: number, currency: string): string {
  const sum = Number.isInteger(amount) ? String(amount) : amount.toFixed(2);
  return currency === "" || currency.toUpperCase() === "GBP" ? `£${sum}` : `${sum} ${plainLine(currency, 5)}`;
}

function languagesOf(record: Json): string[] {
  const names = listAt(record, "languages").map((language) =>
    plainLine(textAt(language, "name") || textAt(language, "language") || textAt(language, "code"), 60),
  );
  return [...new Set(names.filter((name) => name !== ""))].slice(0, 60);
}

function premisesOf(places: readonly { link: Json; location: Json }[], remark: Remark): Premises[] {
  const found = new Map<string, Premises>();
  for (const { location } of places) {
    if (textAt(location, "location_type").toLowerCase() === "virtual") continue;
    const addresses = [...listAt(location, "addresses"), ...listAt(location, "physical_addresses")];
    // A postal address is where letters go, not where people do; it stands in only where there is no other.
    const address =
      addresses.find((one) => textAt(one, "address_type").toLowerCase() !== "postal") ?? addresses[0] ?? {};
    const parts = ["address_1", "address_2", "city", "state_province"].map((key) =>
      plainLine(textAt(address, key), 100),
    );
    const access = [
      ...listAt(location, "accessibility"),
      ...listAt(location, "accessibility_for_disabilities"),
    ]
      .map((one) => textAt(one, "description") || textAt(one, "accessibility"))
      .filter((text) => text !== "");
    const one: Premises = {
      name: plainLine(textAt(location, "name"), MOST.name),
      address: plainLine([...new Set(parts.filter((part) => part !== ""))].join(", "), MOST.line),
      postcode: postcodeOf(textAt(address, "postal_code"), remark),
      access: plainText(access.join("\n"), MOST.text),
    };
    if (one.name !== "" || one.address !== "" || one.postcode !== null) {
      found.set(`${one.name}|${one.address}|${one.postcode}`, one);
    }
  }
  return [...found.values()];
}

function postcodeOf(text: string, remark: Remark): string | null {
  if (text.trim() === "") return null;
  const reading = parsePostcode(text);
  if (reading.ok && reading.kind === "postcode") return reading.postcode;
  remark(
    "postal_code",
    "not a postcode",
    `“${plainLine(text, 20)}” is left out: distances need a UK postcode.`,
  );
  return null;
}

function assuredOf(record: Json, today: Day, remark: Remark): Day | null {
  const text = textAt(record, "assured_date").slice(0, 10);
  if (text === "") return null;
  if (!isDay(text)) {
    remark("assured_date", "not a date", `“${plainLine(text, 20)}” is left out: write 2026-03-14.`);
    return null;
  }
  if (text <= today) return text;
  remark("assured_date", "a date to come", `${text} is left out: it is the day of the last check.`);
  return null;
}
