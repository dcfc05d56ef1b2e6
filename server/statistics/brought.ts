/**
 * Which entries bring a need: those whose status says that it was there, and the first of an issue whatever it says, for
 * a need that is met at once was brought. One rule for the counts of everybody and for who reported them.
 */

import type { Tx } from "../../db/client";
import { BROUGHT } from "../domain/counting";

/** True of an entry `e` of the contact `k` (`occurred_on`, `received_no`), which was not voided. */
export const broughtEntry = (tx: Tx) => tx`
  (e.status = any(${BROUGHT}::casework.entry_status[])
   or not exists (
     select
     from casework.issue_entry as b
     join casework.contact as l on l.organisation_id = b.organisation_id and l.id = b.contact_id
     where b.organisation_id = e.organisation_id and b.issue_id = e.issue_id
       and l.voided_at is null
       and (l.occurred_on, l.received_no) < (k.occurred_on, k.received_no)
   ))`;
