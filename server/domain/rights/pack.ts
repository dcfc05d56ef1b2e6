/**
 * A subject access pack: everything that one organisation holds about a person, who has looked at it, and with whom it
 * was shared. The same shape for the officer's pack and for the page that a person opens by a code.
 */

/** A value as programs read it. Instants and days are text (ISO 8601). */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** One row of a table, opened. What cannot be read back is not in it. */
export interface HeldRow {
  /** What tells the row apart within its table: the values of its key, joined by "/". */
  key: string;
  values: Readonly<Record<string, Value>>;
  /** Columns with free words, which an officer reads before the pack is given out. */
  words: readonly string[];
}

export interface HeldTable {
  /** Table with its schema: "casework.contact". */
  place: string;
  /** "Contacts with you". */
  title: string;
  /** Why the organisation keeps them, in plain words. */
  why: string;
  /** Null: only counted, because nothing in its rows can be read. */
  rows: readonly HeldRow[] | null;
  count: number;
}

/** One time that somebody opened or changed the record: one line a request. */
export interface Look {
  at: Date;
  /** As in the audit: "client.read". */
  action: string;
  /** Null for the software itself. */
  memberName: string | null;
}

/** One hand-over to somebody else, or from them. */
export interface Share {
  by: "referral" | "agreement";
  /** "Harbour Housing, tenancy team". */
  with: string;
  at: Date;
  direction: "to" | "from";
  /** Kinds of details ("name", "phone"); under an agreement the level of detail ("known-to"). */
  details: readonly string[];
  /** Needs, by their words. */
  needs: readonly string[];
  /** Where it stands: a state of domain/referral; under an agreement the purpose. */
  state: string;
  referralId: string | null;
}

export interface Pack {
  organisation: { id: number; name: string };
  clientIds: readonly string[];
  /** By the database's clock. */
  asOf: Date;
  held: readonly HeldTable[];
  /** The latest first. */
  looks: readonly Look[];
  shares: readonly Share[];
  /** What is not given row by row, and why. */
  explained: readonly string[];
}

/** A place in a pack where free words stand. */
export interface WordsAt {
  place: string;
  key: string;
  column: string;
  text: string;
}

/** Every passage of free words in a pack, in its order: what an officer reads before it is given out. */
export function wordsIn(pack: Pick<Pack, "held">): WordsAt[] {
  return pack.held.flatMap(({ place, rows }) =>
    (rows ?? []).flatMap(({ key, values, words }) =>
      words.flatMap((column) => {
        const value = values[column];
        return value === null || value === undefined
          ? []
          : [{ place, key, column, text: typeof value === "string" ? value : JSON.stringify(value) }];
      }),
    ),
  );
}
