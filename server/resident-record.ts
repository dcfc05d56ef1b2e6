/**
 * Reads what somebody may see of their own record by a code, inside a transaction that acts for the organisation. Notes,
 * addresses and sensitive needs are not here: a code can be found by others; a copy, after a check of who asks, has all.
 */

import type { Tx } from "../db/client";
import { lineOf } from "./client-looks";
import { readState } from "./consents";
import { type Ctx, now, type TxCtx } from "./context";
import { PURPOSES } from "./domain/agreements/agreement";
import { DETAILS } from "./domain/agreements/grid";
import type { EntryStatus } from "./domain/issue";
import { getNeedByNumber, isSensitiveNeed } from "./domain/needs";
import { type Day, dayOf } from "./domain/period";
import { wordingFor } from "./domain/plain-wording";
import {
  ASKED_FOR,
  doneInWords,
  lookerInWords,
  type ResidentLook,
  type ResidentNeed,
  type ResidentRecord,
} from "./domain/resident-record";
import { readObjections } from "./objections";
import { readBases } from "./recording-basis";
import { packFor } from "./subject-pack";

/** Looks that the page shows; a copy has them all. */
const MOST_LOOKS = 60;
const MOST_ENTRIES = 500;

interface Whose {
  organisationId: number;
  clientId: string;
  expiresAt: Date;
}

/** The whole page. The caller has checked whose it is, acts for that organisation, and has recorded the look. */
export async function readResidentRecord(ctx: TxCtx<Ctx>, whose: Whose): Promise<ResidentRecord> {
  const { db } = ctx;
  const { organisationId, clientId, expiresAt } = whose;
  const today = dayOf(await now(ctx));
  const pack = await packFor(ctx, [clientId]);
  return {
    organisation: pack.organisation.name,
    contact: await readContact(db, organisationId, clientId),
    today,
    codeUntil: dayOf(expiresAt),
    bases: await readBases(db, organisationId),
    consent: await readState({ db, actor: { organisationId } }, clientId, today),
    objections: await readObjections(db, organisationId, clientId),
    needs: await readNeeds(db, organisationId, clientId),
    held: pack.held.filter(({ count }) => count > 0).map(({ title, why, count }) => ({ title, why, count })),
    looks: await readLooks(db, organisationId, clientId, pack.organisation.name),
    shares: pack.shares.map(({ at, direction, with: other, by, details }) => ({
      on: dayOf(at),
      with: other,
      what:
        by === "referral"
          ? direction === "to"
            ? "We asked them to help you."
            : "They asked us to help you."
          : (DETAILS.flatMap((detail) =>
              details.includes(detail) ? [wordingFor("resident", { detail })] : [],
            )[0] ?? "They asked what we may share about you."),
    })),
    asked: await readAsked(db, organisationId, clientId),
  };
}

/** How to reach the team of the last contact. */
async function readContact(
  db: Tx,
  organisationId: number,
  clientId: string,
): Promise<ResidentRecord["contact"]> {
  const [team] = await db<{ team: string; phone: string | null; email: string | null }[]>`
    select coalesce(s.team_name, s.name) as team, s.team_phone as phone, s.team_email as email
    from casework.contact as c
    join casework.service as s on s.organisation_id = c.organisation_id and s.id = c.service_id
    where c.organisation_id = ${organisationId} and c.client_id = ${clientId} and c.voided_at is null
    order by c.occurred_on desc, c.received_no desc limit 1`;
  return team ?? null;
}

/** What they need, as it was last said of each need; the latest first. */
async function readNeeds(db: Tx, organisationId: number, clientId: string): Promise<ResidentNeed[]> {
  const rows = await db<{ needNumber: number; status: EntryStatus; on: Day }[]>`
    select distinct on (i.need_number) i.need_number, e.status, c.occurred_on as on
    from casework.issue as i
    join casework.issue_entry as e on e.organisation_id = i.organisation_id and e.issue_id = i.id
    join casework.contact as c on c.organisation_id = e.organisation_id and c.id = e.contact_id
    where i.organisation_id = ${organisationId} and i.client_id = ${clientId} and c.voided_at is null
    order by i.need_number, c.occurred_on desc, c.received_no desc`;
  return rows
    .map((row) => ({ ...row, need: getNeedByNumber(row.needNumber) }))
    .filter(({ need }) => !isSensitiveNeed(need))
    .sort((a, b) => (a.on < b.on ? 1 : -1))
    .map(({ need, status, on }) => ({
      need: wordingFor("resident", { need: need.code }),
      status: wordingFor("resident", { status }),
      on,
    }));
}

interface LookRow {
  at: Date;
  action: string;
  roles: string[] | null;
  byOrganisation: string | null;
  purpose: string | null;
}

/** Who used the record, the latest first: one line for each day, kind of person and thing done. */
async function readLooks(
  db: Tx,
  organisationId: number,
  clientId: string,
  organisation: string,
): Promise<ResidentLook[]> {
  const rows = await db<LookRow[]>`
    select l.at, l.action, m.roles, o.organisation_name as by_organisation, l.detail ->> 'purpose' as purpose
    from (
      select distinct on (${lineOf(db)}) e.*
      from governance.audit_subject as x
      join governance.audit_entry as e on e.id = x.entry_id
      where x.organisation_id = ${organisationId} and x.subject_id = ${clientId}
      order by ${lineOf(db)}, e.action like 'client.%' desc, e.id
    ) as l
    left join casework.member as m on m.organisation_id = l.organisation_id and m.id = l.member_id
    left join casework.organisations_elsewhere() as o
      on o.organisation_id = (l.detail ->> 'byOrganisation')::integer
    order by l.id desc
    limit ${MOST_ENTRIES}`;
  const looks = new Map<string, ResidentLook>();
  for (const row of rows) {
    const look = { on: dayOf(row.at), ...lookOf(row, organisation) };
    const key = Object.values(look).join("|");
    const known = looks.get(key);
    if (known) known.times += 1;
    else if (looks.size < MOST_LOOKS) looks.set(key, { ...look, times: 1 });
  }
  return [...looks.values()];
}

function lookOf(
  { action, roles, byOrganisation, purpose }: LookRow,
  organisation: string,
): Pick<ResidentLook, "who" | "what" | "why"> {
  const known = PURPOSES.find((each) => each === purpose);
  const why = known === undefined ? null : ASKED_FOR[known];
  const what = doneInWords(action);
  if (action.startsWith("resident.")) return { who: "Whoever had your code", what, why: null };
  if (byOrganisation !== null) return { who: lookerInWords(["caseworker"], byOrganisation), what, why };
  return { who: lookerInWords(roles, organisation), what, why };
}

async function readAsked(db: Tx, organisationId: number, clientId: string): Promise<ResidentRecord["asked"]> {
  return [
    ...(await db<ResidentRecord["asked"]>`
      select r.kind, r.received_on as on
      from governance.rights_request as r
      join governance.rights_person as p on p.organisation_id = r.organisation_id and p.request_id = r.id
      where r.organisation_id = ${organisationId} and p.client_id = ${clientId} and r.state = 'open'
        and r.kind in ('access', 'rectify')
      order by r.made_at desc`),
  ];
}
