/** What a line of the register says of a table, and the words for why something is held that many lines share. */

/**
 * How a column is given to the person it is about.
 * fact: as it is kept. id: names a row, kept for programs that read the pack. staff: a member of the organisation, by
 * name. service: a service, by name. need: a need, by its words. words: free words, which may name somebody else: an
 * officer reads them first. account: who signed in, which the member says already. keyed: a fingerprint that nobody can
 * read back. inner: how the software keeps the row. The last three are explained and not given.
 */
export type ColumnKind =
  | "fact"
  | "id"
  | "staff"
  | "service"
  | "need"
  | "words"
  | "account"
  | "keyed"
  | "inner";

const KINDS: ReadonlySet<string> = new Set<ColumnKind>([
  "fact",
  "id",
  "staff",
  "service",
  "need",
  "words",
  "account",
  "keyed",
  "inner",
]);

const isKind = (text: string): text is ColumnKind => KINDS.has(text);

export type Columns = Readonly<Record<string, ColumnKind>>;

/**
 * By which column a row belongs to a person. `of`: the column names a row of that table, which belongs to somebody in
 * its turn; none: it names the client. `anything`: it may name any row that is theirs.
 */
export interface Path {
  column: string;
  of?: string;
  anything?: true;
  /** The column names several clients. */
  list?: true;
}

/** A table with rows about people who are clients of one organisation. */
export interface PersonLine {
  about: "person";
  /** What the rows are, as a heading: "Contacts". */
  title: string;
  /** Why the organisation keeps them, in plain words. */
  why: string;
  by: Path;
  /** What tells its rows apart within the organisation. */
  key: readonly string[];
  /**
   * rows: each row is given. counted: rows hold nothing that can be read, and their number is given. through: the web's
   * login may not read them; their number comes from `identity.kept_for_linking`. custom: rows hold more than one person,
   * and what is not theirs is taken out as the register's owner (`subject-pack.ts`) says.
   */
  given: "rows" | "counted" | "through" | "custom";
  columns: Columns;
}

/**
 * A table without rows that one organisation would give to a person.
 * joint: kept for all organisations together, under their joint arrangement. pseudonym: of people, without any way back
 * for whoever reads it. sealed: closed as a whole, to be asked of whoever sent it. staff: about people who work here.
 * nobody: not about people.
 */
export interface OtherLine {
  about: "joint" | "pseudonym" | "sealed" | "staff" | "nobody";
  why: string;
  columns: Columns;
}

export type Line = PersonLine | OtherLine;

/** Columns as words: "id:id note:words occurred_on", a fact where nothing is said. Throws for a kind there is not. */
function columns(text: string): Columns {
  return Object.fromEntries(
    text
      .trim()
      .split(/\s+/)
      .map((word) => {
        const [name = "", kind = "fact"] = word.split(":");
        if (!isKind(kind)) throw new Error(`There is no kind of column ${kind}`);
        return [name, kind];
      }),
  );
}

interface PersonWords {
  title: string;
  why: string;
  by?: Path;
  key?: readonly string[];
  given?: PersonLine["given"];
}

export const person = (words: PersonWords, text: string): PersonLine => ({
  about: "person",
  by: { column: "client_id" },
  key: ["id"],
  given: "rows",
  ...words,
  columns: columns(text),
});

const other =
  (about: OtherLine["about"]) =>
  (why: string, text: string): OtherLine => ({ about, why, columns: columns(text) });

export const joint = other("joint");
export const pseudonym = other("pseudonym");
export const sealed = other("sealed");
export const staff = other("staff");
export const nobody = other("nobody");

export const HELP = "To help you, and to know what was done and agreed.";
export const WHO = "To know who you are, and to find your record again.";
export const FIND = "To find your record by what is typed, without reading everybody’s.";
export const LINKING =
  "To count each person once. The organisations here do this together; no worker sees it, and what it says of other organisations is not this organisation’s to give.";
export const FIGURES =
  "To count people. It is kept by a pseudonym that cannot be turned back, so nobody can look up a person in it.";
export const SIGN_IN = "To sign staff in.";
export const PUBLISHED = "Published figures: numbers that nobody can be found in.";
export const REFERENCE = "Reference data: needs, places and services.";
