/** Whom a contact is with, as far as the log screen needs to know. */

import type { NewClientInput, Place } from "../../../server/domain/client";
import type { Day } from "../../../server/domain/period";
import type { Sharing } from "../../../server/domain/take-along";
import type { FieldPerson } from "../../_offline/device-state";
import { fullName, profileLine } from "../../_words/person-words";
import type { KnownIssue } from "./draft";

export interface LogPerson {
  id: string;
  name: string;
  /** One line under the name. */
  details: string;
  place: Place;
  sharing: Sharing;
  dateOfBirth: Day | null;
  openIssues: readonly KnownIssue[];
  /** How many details were changed here and are not sent yet. */
  changed: number;
  /** How many details have two values, of which somebody must choose. */
  undecided: number;
}

export function logPersonOf(person: FieldPerson): LogPerson {
  return {
    id: person.id,
    name: fullName(person),
    details: [profileLine(person), person.phone].filter(Boolean).join(" · "),
    place: person.place,
    sharing: person.sharing,
    dateOfBirth: person.dateOfBirth,
    openIssues: person.openIssues.map(({ id, need, label, severity, ours, course }) => ({
      id,
      need,
      label,
      severity,
      ours,
      since: course[0]?.occurredOn ?? null,
    })),
    changed: person.changed.length,
    undecided: person.conflicts.length,
  };
}

/** Somebody who is being added with this contact. */
export function newcomer(id: string, client: NewClientInput): LogPerson {
  const { givenName = "", familyName = "", dateOfBirth = null, place = { kind: "unknown" } } = client;
  return {
    id,
    name: fullName({ givenName, familyName }),
    details: `New here · ${profileLine({ dateOfBirth, place })}`,
    place,
    sharing: "not-asked",
    dateOfBirth,
    openIssues: [],
    changed: 0,
    undecided: 0,
  };
}
