/**
 * News of figures for open maps. The table of events is the truth and can be read again from any point; a NOTIFY on
 * the reader's connection only rings the bell. One listening connection serves every open map of the process.
 */

import type { Sql } from "../../db/client";
import { FIGURES_CHANNEL, type FiguresEvent } from "../domain/figures";
import { periodByNumber, periodText } from "../domain/period";

export interface NumberedEvent extends FiguresEvent {
  id: bigint;
}

declare global {
  /** Outlives a reload of the code in development, as the pools do. */
  var commonNeedBell: Set<() => void> | undefined;
}

/** Calls back whenever there may be news; the answer stops it. A lost connection rings when it is back. */
export function onNews(reader: Sql, ring: () => void): () => void {
  globalThis.commonNeedBell ??= hangBell(reader);
  const bell = globalThis.commonNeedBell;
  bell.add(ring);
  return () => bell.delete(ring);
}

function hangBell(reader: Sql): Set<() => void> {
  const bell = new Set<() => void>();
  const ringAll = () => {
    for (const ring of bell) ring();
  };
  reader.listen(FIGURES_CHANNEL, ringAll, ringAll).catch(() => {
    // The next open map tries again.
    globalThis.commonNeedBell = undefined;
  });
  return bell;
}

/** Number of the newest event; 0 when there is none. */
export async function lastEvent(reader: Sql): Promise<bigint> {
  const [row] = await reader<{ id: bigint | null }[]>`select max(id) as id from published.event`;
  return row?.id ?? 0n;
}

const MOST = 100;

/** Events after one, oldest first; of more than a hundred the newest. */
export async function listEventsAfter(reader: Sql, id: bigint): Promise<NumberedEvent[]> {
  const rows = await reader<{ id: bigint; kind: FiguresEvent["kind"]; period: number }[]>`
    select id, kind, period
    from (select id, kind, period from published.event where id > ${id} order by id desc limit ${MOST}) as newest
    order by id`;
  return rows.map((row) => ({ id: row.id, kind: row.kind, period: periodText(periodByNumber(row.period)) }));
}
