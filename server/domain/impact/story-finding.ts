/** One thing in a story that could show who it is about, and what to do with it. */

export const FINDING_KINDS = ["name", "place", "date", "age", "contact", "number"] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** The word that stands beside a marked piece. */
export const FINDING_WORDS: Readonly<Record<FindingKind, string>> = {
  name: "name",
  place: "place",
  date: "date",
  age: "age",
  contact: "contact",
  number: "number",
};

export interface Finding {
  /** Place in the text, in UTF-16 units; `to` is after the last. */
  from: number;
  to: number;
  kind: FindingKind;
  /** "This person’s own name". */
  what: string;
  /** What to write in its place. */
  instead: string;
  /** It must come out before the story can be used; else whoever confirms it says that it may stay. */
  must: boolean;
}
