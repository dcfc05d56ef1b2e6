/**
 * The services in published documents, whatever layout they come in: a page of a list, an array, one service in full,
 * an organisation with its services, a service at a location. Records of one service, such as its line in a list and
 * its own page, are put together.
 */

import type { Term } from "../domain/directory-needs";
import { type RecordFault, termOf } from "./directory-record";
import { isObject, type Json, listAt, objectAt, textAt } from "./json-fields";

/** One JSON document: a file, an entry of a zip, or an answer of an API. */
export interface DirectoryDocument {
  name: string;
  body: unknown;
}

/** A service as published, and where it stands. */
export interface FoundRecord {
  path: string;
  record: Json;
}

/** What documents hold, put together. */
export class DirectoryContents {
  /** Records read, before those of one service were put together. */
  read = 0;
  readonly terms = new Map<string, Term>();
  readonly faults: RecordFault[] = [];
  readonly #services = new Map<string, FoundRecord>();
  readonly #organisations = new Map<string, Json>();
  /** Records without an id, which the reader will refuse. */
  readonly #nameless: FoundRecord[] = [];

  add({ name, body }: DirectoryDocument): void {
    const list = listOf(body);
    if (!list) this.#place(body, name);
    for (const [at, item] of list?.items.entries() ?? []) this.#place(item, `${name}, ${list?.key}[${at}]`);
  }

  /** Every service once, each with what is known of its organisation. */
  *services(): Generator<FoundRecord> {
    for (const { path, record } of [...this.#services.values(), ...this.#nameless]) {
      const known = this.#organisations.get(textAt(record, "organization_id"));
      const own = objectAt(record, "organization");
      yield { path, record: { ...record, organization: { ...known, ...own } } };
    }
  }

  #place(item: unknown, path: string): void {
    if (!isObject(item)) {
      this.read += 1;
      this.faults.push({
        path,
        field: "",
        reason: "not a record",
        remedy: "Write an object with fields here.",
      });
    } else if (isTerm(item)) {
      this.#addTerm(item);
    } else if (isVocabulary(item)) {
      for (const term of listAt(item, "taxonomy_terms")) this.#addTerm(term);
    } else if (isObject(item["service"])) {
      const { service: _service, ...link } = item;
      this.#addService({ ...objectAt(item, "service"), service_at_locations: [link] }, path);
    } else if (isOrganisation(item)) {
      this.#addOrganisation(item, path);
    } else {
      this.#addService(item, path);
    }
  }

  #addOrganisation(item: Json, path: string): void {
    const { services: _services, ...organization } = item;
    this.#organisations.set(textAt(item, "id"), organization);
    for (const [at, service] of listAt(item, "services").entries()) {
      const own = { ...organization, ...objectAt(service, "organization") };
      this.#addService({ ...service, organization: own }, `${path}, services[${at}]`);
    }
  }

  #addTerm(term: Json): void {
    this.terms.set(textAt(term, "id"), termOf(term));
  }

  #addService(record: Json, path: string): void {
    this.read += 1;
    const id = textAt(record, "id").trim();
    if (id === "") {
      this.#nameless.push({ path, record });
      return;
    }
    const known = this.#services.get(id);
    if (!known) {
      this.#services.set(id, { path, record });
      return;
    }
    const combined = combine(known.record, record);
    if (combined) this.#services.set(id, { path: known.path, record: combined });
    else {
      this.faults.push({
        path,
        field: "id",
        reason: "two services with one id",
        remedy: `The id ${id.slice(0, 60)} stands for another service at ${known.path}: give each its own.`,
      });
    }
  }
}

/** The keys under which publishers page their lists; HSDS-UK says "contents". */
const LIST_KEYS = ["contents", "content", "results", "items", "data"];

/** The list that a document is or holds; null for a single record. */
export function listOf(body: unknown): { key: string; items: readonly unknown[] } | null {
  if (Array.isArray(body)) return { key: "", items: body };
  if (!isObject(body)) return null;
  const key = LIST_KEYS.find((key) => Array.isArray(body[key]));
  if (key) return listUnder(body, key);
  // {"services": […]} without a name is a wrapper; with one it is an organisation.
  return Array.isArray(body["services"]) && !("id" in body) ? listUnder(body, "services") : null;
}

function listUnder(body: Json, key: string): { key: string; items: readonly unknown[] } {
  const items: unknown = body[key];
  return { key, items: Array.isArray(items) ? items : [] };
}

function isTerm(item: Json): boolean {
  return ("term_uri" in item || "term" in item || "vocabulary" in item) && !("status" in item);
}

/** A list of terms, with or without them. */
function isVocabulary(item: Json): boolean {
  return "taxonomy_terms" in item || ("version" in item && "uri" in item && !("status" in item));
}

/** What only an organisation has, and no status, which every service must have. */
function isOrganisation(item: Json): boolean {
  if ("status" in item || "organization" in item) return false;
  return ["services", "website", "organization_identifiers", "parent_organization_id", "legal_status"].some(
    (key) => key in item,
  );
}

/**
 * One record of a service out of two. Where both say something, the one changed last is believed, else the first;
 * null when they have different names, and so are two services.
 */
function combine(first: Json, second: Json): Json | null {
  const [nameA, nameB] = [textAt(first, "name").trim(), textAt(second, "name").trim()];
  if (nameA !== "" && nameB !== "" && nameA.toLowerCase() !== nameB.toLowerCase()) return null;
  const secondIsNewer = textAt(second, "last_modified") > textAt(first, "last_modified");
  const [base, more] = secondIsNewer ? [second, first] : [first, second];
  const combined: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(more)) {
    const there = combined[key];
    if (Array.isArray(there) && Array.isArray(value)) combined[key] = together(there, value);
    else if (isObject(there) && isObject(value)) combined[key] = { ...value, ...there };
    else if (there === undefined || there === null || there === "") combined[key] = value;
  }
  return combined;
}

/** The items of two lists, those with one id once. */
function together(first: readonly unknown[], second: readonly unknown[]): unknown[] {
  const keyOf = (item: unknown) => (isObject(item) && textAt(item, "id")) || JSON.stringify(item);
  return [...new Map([...second, ...first].map((item) => [keyOf(item), item])).values()];
}
