/**
 * What a device carries so that a worker can go on without signal: the people they look after or saw last, their
 * open issues, and what the log screen offers. Answers only; `server/take-along.ts` makes them.
 */

import type { Role } from "./access";
import type { ConsentState } from "./consent";
import type { CrisisCard } from "./crisis-cards";
import type { NeedPair } from "./need-pairs";
import { type Day, dayOf } from "./period";
import type { ClientProfile, ShownIssue } from "./profile";
import type { ShownConflict } from "./profile-terms";

/** Most people that a device carries: whom a worker may meet in two weeks, and no more to lose than that. */
export const MOST_CARRIED = 200;
/** Days after which what was not brought in step again is removed from the device. */
export const CARRIED_DAYS = 14;
/** Days after somebody's last contact with the worker, when they are not assigned to them, to stay on the device. */
export const RECENT_DAYS = 90;

/** Whose device it is, and for whom they act. */
export interface CarriedViewer {
  accountId: string;
  memberId: string;
  name: string;
  organisationId: number;
  organisationName: string;
  roles: readonly Role[];
  /** The service that they log for unless they choose another. */
  serviceId: string | null;
}

export interface CarriedService {
  id: string;
  name: string;
  /** Codes of its need list, in order. */
  needs: readonly string[];
}

/** Where consent to share with other services stands. */
export type Sharing = ConsentState["answer"];

/** What of a client's details a device carries. */
type CarriedDetails = Pick<
  ClientProfile,
  | "id"
  | "givenName"
  | "familyName"
  | "dateOfBirth"
  | "sex"
  | "reference"
  | "place"
  | "address"
  | "homeIsSecret"
  | "phone"
  | "email"
>;

export interface CarriedPerson extends CarriedDetails {
  assignedToMe: boolean;
  /** Day of the latest contact that was not voided, with anybody of the organisation. */
  lastContactOn: Day | null;
  openIssues: readonly ShownIssue[];
  sharing: Sharing;
  /** Pairs of values that wait for somebody's choice. */
  conflicts: readonly CarriedConflict[];
}

/** The details that a device carries, and no others of the client's. */
export const carriedDetails = (client: CarriedDetails): CarriedDetails => ({
  id: client.id,
  givenName: client.givenName,
  familyName: client.familyName,
  dateOfBirth: client.dateOfBirth,
  sex: client.sex,
  reference: client.reference,
  place: client.place,
  address: client.address,
  homeIsSecret: client.homeIsSecret,
  phone: client.phone,
  email: client.email,
});

/** A pair of values as a device carries it: with the days on which they were said. */
export interface CarriedConflict
  extends Omit<ShownConflict, "givenName" | "familyName" | "keptAt" | "proposedAt"> {
  keptOn: Day | null;
  proposedOn: Day;
}

export function carriedConflict(shown: ShownConflict): CarriedConflict {
  const { id, clientId, field, kept, keptBy, keptAt, proposed, proposedBy, proposedAt } = shown;
  return {
    id,
    clientId,
    field,
    kept,
    keptBy,
    keptOn: keptAt && dayOf(keptAt),
    proposed,
    proposedBy,
    proposedOn: dayOf(proposedAt),
  };
}

export interface TakeAlong {
  viewer: CarriedViewer;
  /** Those that a contact can be logged for; the viewer's own comes first. */
  services: readonly CarriedService[];
  /** Assigned people first, then those seen last. */
  people: readonly CarriedPerson[];
  crisisCards: readonly CrisisCard[];
  needPairs: readonly NeedPair[];
}

/** The installation's clock, from which the device learns how far its own is off. */
export interface ServerTime {
  serverNow: Date;
  today: Day;
}

export type TakeAlongAnswer = ServerTime &
  ({ unchanged: true } | ({ unchanged: false; version: string } & TakeAlong));
