/** The tables of casework as they lie, whole: what the slow count of a summary is made from. For proofs. */

import type { Sql } from "../../db/client";
import type { EntryStatus } from "../domain/issue";
import type { Severity } from "../domain/needs";
import type { Day } from "../domain/period";
import { open } from "../identity-vault";

export interface ContactRow {
  id: string;
  clientId: string;
  serviceId: string;
  occurredOn: Day;
  receivedNo: bigint;
  placeKind: "postcode" | "no-fixed-address" | "unknown" | "outside";
  nation: string | null;
  authority: string | null;
  deprivationDecile: number | null;
  deprivationEdition: number | null;
  voidedAt: Date | null;
}
export interface EntryRow {
  contactId: string;
  issueId: string;
  status: EntryStatus;
  severity: Severity;
  ours: boolean;
}

/** The tables of one organisation. */
export interface RawCasework {
  clients: { id: string; anonymous: boolean; ownClientId: string | null }[];
  identities: { clientId: string; dateOfBirth: Day | null; sex: string }[];
  services: { id: string; name: string }[];
  lists: { serviceId: string; needNumber: number }[];
  contacts: ContactRow[];
  issues: { id: string; clientId: string; needNumber: number }[];
  entries: EntryRow[];
  referrals: { id: string; clientId: string; sentAt: Date }[];
  referralIssues: { referralId: string; issueId: string }[];
  referralEvents: { referralId: string; kind: string; at: Date; position: number }[];
  instruments: { id: string; name: string; direction: "higher-better" | "lower-better" }[];
  scores: {
    id: string;
    instrumentId: string;
    clientId: string;
    scoredOn: Day;
    score: number;
    /** To the microsecond, as text of one width. */
    recordedAt: string;
    voidedAt: Date | null;
  }[];
  editions: { number: number; name: string }[];
}

/** Reads the tables of an organisation, as whoever may read all of them, without those who objected to being counted. Of whom nothing is written down as traits, nothing is known. */
export async function readRaw(sql: Sql, organisationId: number): Promise<RawCasework> {
  const of = sql`where organisation_id = ${organisationId}`;
  const counted = sql`client_id not in (
    select p.client_id from identity.client_person as p
    join governance.objection as o on o.organisation_id = p.organisation_id
    join identity.client_person as q on q.organisation_id = o.organisation_id and q.client_id = o.client_id
    where p.organisation_id = ${organisationId} and o.state in ('stands', 'upheld') and o.against <> 'sharing'
      and coalesce(p.own_client_id, p.client_id) = coalesce(q.own_client_id, q.client_id))`;
  const identities = await sql<{ clientId: string; dateOfBirth: Buffer | null; sex: string }[]>`
    select client_id, date_of_birth, sex from identity.client_identity ${of}
      and client_id in (select client_id from identity.trait ${of})`;
  return {
    clients: await sql`
      select c.id, c.anonymous, p.own_client_id from casework.client as c
      join identity.client_person as p on p.organisation_id = c.organisation_id and p.client_id = c.id
      where c.organisation_id = ${organisationId}`,
    identities: identities.map(({ clientId, dateOfBirth, sex }) => ({
      ...{ clientId, sex },
      dateOfBirth: dateOfBirth
        ? open("client_identity.date_of_birth", { organisationId, id: clientId }, dateOfBirth)
        : null,
    })),
    services: await sql`select id, name from casework.service ${of}`,
    lists: await sql`select service_id, need_number from casework.service_need ${of}`,
    contacts: await sql`
      select id, client_id, service_id, occurred_on, received_no, place_kind, nation, authority, deprivation_decile,
             deprivation_edition, voided_at
      from casework.contact ${of} and ${counted}`,
    issues: await sql`select id, client_id, need_number from casework.issue ${of}`,
    entries: await sql`select contact_id, issue_id, status, severity, ours from casework.issue_entry ${of}`,
    referrals: await sql`select id, client_id, sent_at from casework.referral ${of} and ${counted}`,
    referralIssues: await sql`select referral_id, issue_id from casework.referral_issue ${of}`,
    referralEvents: await sql`select referral_id, kind, at, position from casework.referral_event ${of}`,
    instruments: await sql`select id, name, direction from casework.instrument ${of}`,
    scores: await sql`
      select id, instrument_id, client_id, scored_on, score, voided_at,
             to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') as recorded_at
      from casework.instrument_score ${of}`,
    editions: await sql`select number, name from reference.edition`,
  };
}
