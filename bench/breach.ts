/**
 * The way from somebody and a window to the people affected, over an audit of a million entries, as an officer's
 * desk asks it: under row-level security, by the login that serves. The peer reads the organisation's entries of the
 * window and picks in the program, as one would without an index by member.
 */

import type { Sql } from "../db/client";
import { readTouched } from "../server/breaches";
import { inTransaction } from "../server/context";
import { arrangeMember, arrangeOrganisation, contextFor } from "../server/testing-people";
import { type Bench, round, timed } from "./bench";
import { inEmptyWorld } from "./world";

const TARGET_MS = 60_000;
const MEMBERS = 50;
const ENTRIES_A_STATEMENT = 50_000;
const HOUR_MS = 3_600_000;

export const breach: Bench = {
  name: "breach",
  about: "from a member and a window to the people affected, over a million entries of the audit",
  limit: "the member's own entries are read by an index, and each one's subjects taken apart",
  rows: [100_000, 1_000_000],
  run: async (run) => {
    for (const rows of run.rows) {
      await inEmptyWorld(run, async (db) => {
        const organisationId = await arrangeOrganisation(db, "Advice");
        const members: string[] = [];
        for (let at = 0; at < MEMBERS; at += 1) {
          members.push((await arrangeMember(db, organisationId, ["caseworker"])).memberId);
        }
        run.say(`making ${rows.toLocaleString("en-GB")} entries`);
        await fill(db.administrator, organisationId, members, rows);
        const memberId = members[0] ?? "";
        const ctx = contextFor(db, await arrangeMember(db, organisationId, ["officer"]));
        const window = { from: new Date(Date.now() - HOUR_MS), until: new Date(Date.now() + HOUR_MS) };
        let people = 0;
        const product_ms = await timed(async () => {
          const touched = await inTransaction(ctx, (tx) =>
            readTouched(tx, { about: { kind: "member", id: memberId }, ...window }),
          );
          people = touched.length;
        });
        let picked = 0;
        const peer_ms = await timed(async () => {
          picked = await inTransaction(ctx, async ({ db }) => {
            const entries = await db<{ memberId: string; subjects: { id: string }[] }[]>`
              select member_id, subjects from governance.audit_entry
              where organisation_id = ${organisationId} and at >= ${window.from} and at < ${window.until}`;
            const own = entries.filter((entry) => entry.memberId === memberId);
            return new Set(own.flatMap(({ subjects }) => subjects.map(({ id }) => id))).size;
          });
        });
        run.measured({
          bench: "breach",
          case: "one of 50 members, everybody they touched",
          ...{ rows, people, product_ms, peer: "every entry of the window, picked in the program", peer_ms },
          ratio: round(peer_ms / product_ms),
          target_ms: TARGET_MS,
          ok: people === picked && people > 0 && product_ms < TARGET_MS,
        });
      });
    }
  },
};

/** Entries such as rooms write: of one person mostly, some of lists that showed twenty. */
async function fill(
  administrator: Sql,
  organisationId: number,
  members: readonly string[],
  rows: number,
): Promise<void> {
  for (let done = 0; done < rows; done += ENTRIES_A_STATEMENT) {
    await administrator`
      insert into governance.audit_entry
        (organisation_id, account_id, member_id, session_id, request_id, action, subjects, detail)
      select ${organisationId}, gen_random_uuid(), (${[...members]}::uuid[])[1 + n % ${MEMBERS}::int], gen_random_uuid(),
        gen_random_uuid()::text, case n % 3 when 0 then 'client.find' when 1 then 'client.read' else 'contact.log' end,
        (select jsonb_agg(jsonb_build_object('kind', 'client', 'id', gen_random_uuid()))
         from generate_series(1, case n % 20 when 0 then 20 else 1 end)),
        jsonb_build_object('n', n)
      from generate_series(${done + 1}::int, ${Math.min(rows, done + ENTRIES_A_STATEMENT)}::int) as n`;
  }
  await administrator`analyze governance.audit_entry`;
}
