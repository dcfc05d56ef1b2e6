"use client";
/**
 * Locks a desk page that nobody uses: after five minutes without touch or key in any tab the session is locked and
 * the lock screen takes the page's place. While somebody is there the server is told so, once a minute at most.
 */
import { useEffect } from "react";
import { lockedAddress } from "../../server/domain/way-back";
import { openChannel } from "../_offline/tabs";
import { watchIdle } from "../_offline/watch";
import { isCallError, makeClient } from "../_trpc/wire";

/** Longest that the page stays while the server is told. */
const PATIENCE_MS = 2_000;

export function LockWatch() {
  useEffect(() => {
    const client = makeClient();
    const leave = () => {
      stop();
      channel.close();
      window.location.replace(lockedAddress(window.location.pathname + window.location.search));
    };
    let isLocking = false;
    const lock = async () => {
      stop();
      isLocking = true;
      await client.session.lock
        .mutate(undefined, { signal: AbortSignal.timeout(PATIENCE_MS) })
        .catch(() => {});
      // Only now: another tab that left before the server knew would be led back from the lock screen.
      channel.tell({ kind: "closed" });
      leave();
    };
    const tell = () => {
      client.session.alive.mutate().catch((error: unknown) => {
        // Locked or ended meanwhile: the lock screen knows the way from there. Without signal the page stays.
        if (isCallError(error) && error.data?.code === "UNAUTHORIZED") leave();
      });
    };
    const channel = openChannel(({ kind }) => {
      if (kind === "closed" && !isLocking) leave();
    });
    const stop = watchIdle({ onIdle: () => void lock(), onAlive: tell });
    return () => {
      stop();
      channel.close();
    };
  }, []);
  return null;
}
