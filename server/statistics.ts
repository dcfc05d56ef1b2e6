/**
 * The statistics engine, as the worker and the operator run it: count whoever has changed until nobody waits, look at
 * the open figures whose slot has come, then settle what is due, release it and freeze the files of the release. The
 * only writer of `statistics` and `published`; safe to run twice, to kill anywhere and to run again.
 */

import type { Sql } from "../db/client";
import type { Hmac } from "./domain/disclosure";
import { type ChosenClocks, chooseClocks } from "./statistics/clocks";
import { countChanged } from "./statistics/count";
import { freezeReleases } from "./statistics/freeze";
import { keyedHash } from "./statistics/keyed-hash";
import { type PassedSlot, passSlots } from "./statistics/open";
import { type Released, type ReleaseRequest, releaseDue } from "./statistics/release";
import { settleWards } from "./statistics/settle-wards";

export interface Drained {
  people: number;
  differences: number;
  batches: number;
  /** Nobody waits who did at the start. Otherwise another engine is at work, or this one was asked to stop. */
  isDone: boolean;
}

/** Counts everybody who waits when it begins. */
export async function drain(stats: Sql, hmac: Hmac, signal?: AbortSignal): Promise<Drained> {
  const drained: Drained = { people: 0, differences: 0, batches: 0, isDone: false };
  while (!signal?.aborted) {
    const counted = await countChanged(stats, hmac);
    if (!counted) break;
    drained.people += counted.people;
    drained.differences += counted.differences;
    if (counted.people > 0) drained.batches += 1;
    // Contacts go on arriving: who came meanwhile is for the next round, or this one would never end.
    if (counted.isLast) return { ...drained, isDone: true };
  }
  return drained;
}

export interface Tick {
  drained: Drained;
  /** Slots at which open figures were looked at. */
  passed: PassedSlot[];
  released: Released | null;
  /** Set when clocks were chosen for the year. */
  clocks: ChosenClocks | null;
}

/**
 * One round of the engine under the disclosure key: the recurring job of the worker, every 10 seconds. It reads over one
 * connection while it writes over another: throws for a pool of one, which would wait for itself for ever.
 */
export async function statisticsTick(stats: Sql, key: Buffer, request: ReleaseRequest = {}): Promise<Tick> {
  if (stats.options.max < 2) throw new Error("The engine needs a pool of two connections or more");
  const hmac = keyedHash(key);
  const drained = await drain(stats, hmac, request.signal);
  const passed = drained.isDone ? await passSlots(stats, hmac, request.signal) : null;
  const released = drained.isDone ? await settleAndRelease(stats, hmac, request) : null;
  const clocks = drained.isDone ? await chooseClocks(stats) : null;
  return { drained, passed: passed ?? [], released, clocks };
}

/** Settles what is due, releases it and freezes the files of the release. */
export async function settleAndRelease(
  stats: Sql,
  hmac: Hmac,
  request: ReleaseRequest = {},
): Promise<Released | null> {
  const released = await releaseDue(stats, hmac, request);
  await freezeReleases(stats, { ...request, justMade: released?.number ?? null });
  await settleWards(stats, hmac, request.signal);
  return released;
}
