/**
 * Checking the chain of the audit: every entry hashed and compared, every anchor, every search. The peer reads and
 * checks one entry after the other, as one would write it down first; where it would take too long it is measured on
 * a part and says so.
 */

import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sql } from "../db/client";
import { anchorHead } from "../server/audit-anchors";
import { sealEntries, verifyChain } from "../server/audit-chain";
import { canonicalJson } from "../server/domain/canonical-json";
import { arrangeOrganisation } from "../server/testing-people";
import { type Bench, round, timed } from "./bench";
import { inEmptyWorld } from "./world";

const TARGET_MS = 60_000;
/** Entries that the peer checks; its time is stated for all of them at the same speed. */
const PEER_ENTRIES = 20_000;
const ENTRIES_A_STATEMENT = 50_000;

export const audit: Bench = {
  name: "audit",
  about: "checking a million entries of the audit, with a check of one row after the other as its peer",
  limit:
    "one thread reads rows into objects, writes them as canonical JSON and hashes them; the database is not busy",
  rows: [100_000, 1_000_000],
  run: async (run) => {
    for (const rows of run.rows) {
      await inEmptyWorld(run, async (db) => {
        const { administrator, stats } = db;
        const place = mkdtempSync(join(tmpdir(), "audit-bench-"));
        try {
          run.say(`making and sealing ${rows.toLocaleString("en-GB")} entries`);
          await fill(administrator, await arrangeOrganisation(db, "Advice"), rows);
          const sealing_ms = await timed(() => sealEntries(stats));
          await anchorHead(stats, [place]);
          let sealed = 0;
          const before = process.cpuUsage();
          const product_ms = await timed(async () => {
            const report = await verifyChain(stats, { places: [place] });
            if (!report.ok) throw new Error(`The chain is not whole: ${JSON.stringify(report.firstBad)}`);
            sealed = report.sealed;
          });
          const { user, system } = process.cpuUsage(before);
          const part = Math.min(rows, PEER_ENTRIES);
          const peer_ms = (await timed(() => oneAfterTheOther(stats, part))) * (rows / part);
          run.measured({
            bench: "audit",
            case: "the whole chain checked",
            rows: sealed,
            product_ms,
            peer: `one row after the other${part < rows ? `, from ${part.toLocaleString("en-GB")} of them` : ""}`,
            peer_ms,
            ratio: round(peer_ms / product_ms),
            target_ms: TARGET_MS,
            sealing_ms: Math.round(sealing_ms),
            // What the checking thread worked, whatever else the machine did meanwhile.
            product_cpu_ms: Math.round((user + system) / 1000),
            memory_mb: Math.round(process.memoryUsage().rss / 2 ** 20),
            ok: sealed === rows && product_ms < TARGET_MS,
          });
        } finally {
          rmSync(place, { recursive: true });
        }
      });
    }
  },
};

/** Entries such as rooms write: some of lists that showed twenty people. */
async function fill(administrator: Sql, organisationId: number, rows: number): Promise<void> {
  for (let done = 0; done < rows; done += ENTRIES_A_STATEMENT) {
    await administrator`
      insert into governance.audit_entry
        (organisation_id, account_id, member_id, session_id, request_id, action, subjects, detail)
      select ${organisationId}, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid()::text,
        case n % 3 when 0 then 'client.find' when 1 then 'client.read' else 'contact.log' end,
        (select jsonb_agg(jsonb_build_object('kind', 'client', 'id', gen_random_uuid()))
         from generate_series(1, case n % 20 when 0 then 20 else 1 end)),
        jsonb_build_object('n', n, 'source', 'bench')
      from generate_series(${done + 1}::int, ${Math.min(rows, done + ENTRIES_A_STATEMENT)}::int) as n`;
  }
  await administrator`analyze governance.audit_entry`;
}

async function oneAfterTheOther(stats: Sql, entries: number): Promise<void> {
  let known: Buffer = Buffer.alloc(32);
  for (let number = 1; number <= entries; number += 1) {
    const [seal] = await stats<{ entryId: bigint; hash: Buffer }[]>`
      select entry_id, hash from governance.audit_seal where number = ${number}`;
    const [entry] = await stats<Record<string, unknown>[]>`
      select id::text, transaction::text, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
             organisation_id, account_id, member_id, session_id, request_id, action, subjects, detail
      from governance.audit_entry where id = ${seal?.entryId ?? 0n}`;
    known = createHash("sha256")
      .update(known)
      .update(canonicalJson({ ...entry }))
      .digest();
    if (!seal || !known.equals(seal.hash)) throw new Error(`Entry ${number} is not what was sealed`);
  }
}
