/** Lists that members made by agreement, for their officers: who, where, of what and why. Whom they showed is in the audit. */

import type { TxCtx } from "./context";
import type { Purpose } from "./domain/agreements/agreement";
import type { ClosePlace } from "./domain/agreements/grid";
import type { Day } from "./domain/period";
import { openIfAny } from "./identity-vault";

export interface MadeList {
  id: string;
  at: Date;
  memberName: string;
  agreement: string;
  level: ClosePlace;
  /** Sectors and postcodes; none where the effect of an action was looked up. */
  within: readonly string[];
  street: string | null;
  needs: readonly string[];
  purpose: Purpose;
  /** A code of domain/agreements/shared-list.ts. */
  reason: string;
  /** What the member wrote; null when they wrote nothing. */
  words: string | null;
  rows: number;
}

/** Lists that an officer is shown, the latest. */
const MOST_LISTS = 200;

/** What was listed since a day, the latest first. */
export async function readMadeLists(
  { db, actor: { organisationId } }: TxCtx,
  since: Day,
): Promise<MadeList[]> {
  const rows = await db<(Omit<MadeList, "words"> & { words: Buffer | null })[]>`
    select l.id, l.at, coalesce(a.name, '') as member_name, g.terms ->> 'title' as agreement, s.level, s.within, s.street,
           s.asked as needs, l.purpose, l.reason, l.words, s.rows
    from governance.look as l
    join governance.shared_list as s on s.organisation_id = l.organisation_id and s.id = l.id
    join governance.agreement as g on g.id = s.agreement_id and g.version = s.version
    left join casework.member as m on m.organisation_id = l.organisation_id and m.id = l.member_id
    left join casework.account as a on a.id = m.account_id
    where l.organisation_id = ${organisationId} and l.day >= ${since}
    order by l.at desc limit ${MOST_LISTS}`;
  return rows.map(({ words, ...list }) => ({
    ...list,
    words: openIfAny("look.words", { organisationId, id: list.id }, words),
  }));
}
