/** Records of linking in memory that threads share: a text of each, made into a record when it is compared. */

import { sharedKeys } from "./domain/linking/oversized-keys";
import type { LinkRecord } from "./domain/linking/record";

/** Every field of a record, in the order of its text; a field left out here is an error of types below. */
const RECORD_FIELDS = [
  "givenNames",
  "familyNames",
  "sex",
  "dateOfBirth",
  "postcode",
  "address",
  "town",
  "phones",
  "emails",
  "identifiers",
] as const satisfies readonly (keyof LinkRecord)[];
type Unwritten = Exclude<keyof LinkRecord, (typeof RECORD_FIELDS)[number]>;
const EVERY_FIELD_IS_WRITTEN: [Unwritten] extends [never] ? true : never = true;

/** A record as the text that a thread shares. */
export function recordText(record: LinkRecord): string {
  return EVERY_FIELD_IS_WRITTEN && JSON.stringify(RECORD_FIELDS.map((field) => record[field]));
}

function readRecord(text: string): LinkRecord {
  const [givenNames, familyNames, sex, dateOfBirth, postcode, address, town, phones, emails, identifiers] =
    JSON.parse(text);
  return {
    givenNames,
    familyNames,
    sex,
    dateOfBirth,
    postcode,
    address,
    town,
    phones,
    emails,
    identifiers,
  };
}

/** What a thread is handed to see the records. */
export interface SharedRecords {
  bytes: SharedArrayBuffer;
  /** Where each record's text begins, and at last where the last one ends. */
  starts: SharedArrayBuffer;
}

/** Records by their place. */
export class RecordStore {
  readonly #bytes: Buffer;
  readonly #starts: Float64Array;

  constructor({ bytes, starts }: SharedRecords) {
    this.#bytes = Buffer.from(bytes);
    this.#starts = new Float64Array(starts);
  }

  get length(): number {
    return this.#starts.length - 1;
  }

  /** Made anew each time: keep it while it is needed. */
  at(place: number): LinkRecord {
    const [start = 0, end = 0] = [this.#starts[place], this.#starts[place + 1]];
    return readRecord(this.#bytes.toString("utf8", start, end));
  }

  /**
   * Takes identifiers that too many carry off the records at these places, which are all that carry one. Before any
   * thread reads them: the shorter text is written over the longer one, and spaces fill it up.
   */
  takeOversized(places: ReadonlySet<number>): void {
    const carriers = [...places].map((place) => ({ place, record: this.at(place) }));
    for (const { place, record } of sharedKeys(carriers).evident) {
      const [start = 0, end = 0] = [this.#starts[place], this.#starts[place + 1]];
      this.#bytes.fill(" ", start, end);
      this.#bytes.write(recordText(record), start, end - start, "utf8");
    }
  }
}
