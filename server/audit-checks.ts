/**
 * The audit's chain is checked by itself: every hour what is new, once a day all of it. What each check found is kept,
 * and an officer sees it on every page when it was not well.
 */

import type { Sql } from "../db/client";
import { record } from "./audit";
import { putAnchorsAside } from "./audit-anchors";
import { type ChainReport, verifyChain } from "./audit-chain";
import { type ActorCtx, byItselfIn, inTransaction } from "./context";
import type { AuditState, ChainFault } from "./domain/audit-state";

/**
 * Checks what is new since the last check that ended well; all of it when there was none today, or when the last one
 * found something. Work of the worker.
 */
export async function checkRound(stats: Sql, places: readonly string[]): Promise<ChainReport> {
  const [last] = await stats<{ ok: boolean; number: bigint; hash: Buffer; wholeToday: boolean }[]>`
    select ok, head_number as number, head_hash as hash, exists (
      select from governance.audit_check
      where is_whole and (at at time zone 'UTC')::date = (now() at time zone 'UTC')::date
    ) as whole_today
    from governance.audit_check order by id desc limit 1`;
  const since =
    last?.ok && last.wholeToday
      ? { number: Number(last.number), hash: last.hash.toString("hex") }
      : undefined;
  if (since) {
    const report = await verifyChain(stats, { places, since });
    if (report.ok) return keepCheck(stats, report, false);
  }
  // A part that does not fit says that something is wrong; the whole chain says where it begins.
  return keepCheck(stats, await verifyChain(stats, { places }), true);
}

async function keepCheck(stats: Sql, report: ChainReport, isWhole: boolean): Promise<ChainReport> {
  const { head, firstBad, lastAnchor } = report;
  await stats`
    insert into governance.audit_check
      (is_whole, ok, sealed, waiting, head_number, head_hash, anchors, anchor_number, anchored_at, anchored_where,
       empty_places, fault, bad_number, bad_entry_id)
    values (
      ${isWhole}, ${report.ok}, ${report.sealed}, ${report.waiting}, ${head.number}, ${Buffer.from(head.hash, "hex")},
      ${report.anchors}, ${lastAnchor?.number ?? null}, ${lastAnchor?.at ?? null}, ${lastAnchor?.where ?? null},
      ${report.emptyPlaces}, ${firstBad?.fault ?? null}, ${firstBad?.number ?? null}, ${firstBad?.entryId ?? null})`;
  return report;
}

/** A check is late when the next but two has not come. */
const LATE_HOURS = 3;

/** What the last check found; null before the first, which comes within an hour of the first start. */
export async function findAuditState(ctx: ActorCtx): Promise<AuditState | null> {
  const [row] = await inTransaction(
    ctx,
    ({ db }) => db<
      (Omit<AuditState, "anchor" | "entries" | "badNumber" | "fault"> & {
        entries: bigint;
        anchorNumber: bigint | null;
        anchoredAt: Date | null;
        anchoredWhere: string | null;
        fault: ChainFault | null;
        badNumber: bigint | null;
      })[]
    >`
      select at, ok, head_number as entries, anchor_number, anchored_at, anchored_where, empty_places, fault, bad_number,
             (select max(at) from governance.audit_check where is_whole) as whole_at,
             at < now() - ${LATE_HOURS} * interval '1 hour' as is_late
      from governance.audit_check order by id desc limit 1`,
  );
  if (!row) return null;
  const { entries, anchorNumber, anchoredAt, anchoredWhere, badNumber, ...rest } = row;
  return {
    ...rest,
    entries: Number(entries),
    badNumber: badNumber === null ? null : Number(badNumber),
    anchor:
      anchorNumber !== null && anchoredAt && anchoredWhere
        ? { number: Number(anchorNumber), at: anchoredAt, where: anchoredWhere }
        : null,
  };
}

/**
 * Goes on after a backup was restored on purpose: the anchors that know of more are put aside, the new head is kept,
 * and the chain says for ever where it was restored. Only the operator of the machine can do it. Gives back where the
 * old anchors lie now.
 */
export async function acceptRestore(stats: Sql, places: readonly string[]): Promise<string[]> {
  return stats.begin(async (tx) => {
    const moved = await putAnchorsAside(places, new Date());
    const [head] = await tx<{ number: bigint | null }[]>`
      select max(number) as number from governance.audit_seal`;
    await record(byItselfIn(tx), "audit.accept-restore", {
      subjects: [],
      detail: { operator: true, last: Number(head?.number ?? 0), files: moved.length },
    });
    return moved;
  });
}
