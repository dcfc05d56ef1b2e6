/**
 * Knows whether somebody is there: after five minutes without touch or key the work is to be closed. Use in any tab
 * counts for all. Passed time is measured twice, by the clock and by the time the page has run, and the longer one
 * counts: a phone that slept has been left alone, and a clock that is set can only lock too early.
 */
import { IDLE_MINUTES } from "../../server/domain/browser";
import { type Channel, openChannel } from "./tabs";

const SIGNS = ["pointerdown", "keydown", "touchstart", "wheel"] as const;
const LOOK_MS = 5_000;
/** How often other tabs are told, and the server. */
const TELL_MS = 10_000;
const ALIVE_MS = 60_000;

interface Watched {
  /** Nobody has been there for five minutes. */
  onIdle(): void;
  /** Somebody is there: told once a minute at most, and only while they are. */
  onAlive(): void;
}

/** Watches until stopped. Beginning is a sign of life. */
export function watchIdle({ onIdle, onAlive }: Watched): () => void {
  const channel: Channel = openChannel((news) => {
    if (news.kind === "alive") seen = instant();
  });
  let seen = instant();
  let told = seen;
  let alive = seen;
  const touched = () => {
    const now = instant();
    if (isIdle(now)) return onIdle();
    seen = now;
    if (now.run - told.run > TELL_MS) {
      told = now;
      channel.tell({ kind: "alive" });
    }
    tellServer(now);
  };
  const isIdle = (now: Instant) =>
    Math.max(now.run - seen.run, now.clock - seen.clock) > IDLE_MINUTES * 60_000;
  const tellServer = (now: Instant) => {
    if (now.run - alive.run <= ALIVE_MS) return;
    alive = now;
    onAlive();
  };
  const look = () => {
    const now = instant();
    if (isIdle(now)) return onIdle();
    // What was done within the minute is told after it: the server would else count from too early.
    if (seen.run > alive.run) tellServer(now);
  };
  for (const sign of SIGNS) window.addEventListener(sign, touched, { capture: true, passive: true });
  document.addEventListener("visibilitychange", look);
  const timer = setInterval(look, LOOK_MS);
  return () => {
    for (const sign of SIGNS) window.removeEventListener(sign, touched, { capture: true });
    document.removeEventListener("visibilitychange", look);
    clearInterval(timer);
    channel.close();
  };
}

interface Instant {
  clock: number;
  run: number;
}

const instant = (): Instant => ({ clock: Date.now(), run: performance.now() });
