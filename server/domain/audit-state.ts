/** What the last check of the audit found, and how an officer reads it. */

import { inDigits } from "./number-text";

/** What is wrong with the first bad entry. */
export type ChainFault =
  | "changed" // the entry is not the one that was sealed, or the order was
  | "deleted" // the entry, or its seal, is gone
  | "forged" // its seal was not made by this installation
  | "truncated" // an anchor knows of it, the chain ends before
  | "made-anew" // the chain fits together, and an anchor knows another one
  | "anchor-forged" // an anchor was not written by this installation, or cannot be read
  | "never-sealed" // it was put in past the sealer
  | "hidden"; // it names somebody, and a search for them does not find it

/** What the last check found. */
export interface AuditState {
  at: Date;
  ok: boolean;
  /** Entries found whole, in order. */
  entries: number;
  /** When all of it was last checked. */
  wholeAt: Date | null;
  /** The newest copy of the head outside the database. */
  anchor: { number: number; at: Date; where: string } | null;
  /** Places that hold no anchor although there are some: new, or emptied by somebody. */
  emptyPlaces: string[];
  fault: ChainFault | null;
  badNumber: number | null;
  /** Whether checks have stopped coming. */
  isLate: boolean;
}

const FAULTS: Readonly<Record<ChainFault, string>> = {
  changed: "is not what it was when it was sealed",
  deleted: "is gone",
  forged: "has a seal that was not made here",
  truncated: "and all after it are gone",
  "made-anew": "or one soon after it was changed, and the chain made again",
  "anchor-forged": "has a copy elsewhere that was not written here",
  "never-sealed": "was put in without being sealed",
  hidden: "does not show when one looks for the person it names",
};

/** What is wrong, in a sentence; null when nothing is. */
export function faultInWords({ fault, badNumber }: Pick<AuditState, "fault" | "badNumber">): string | null {
  if (fault === null) return null;
  const which = badNumber === null ? "An entry" : `Entry ${inDigits(badNumber)}`;
  return `${which} ${FAULTS[fault]}.`;
}
