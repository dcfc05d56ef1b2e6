/** Which door a device shows that is not open, and what helps to open it. */
import type { Fault } from "./calls";
import type { Locked, SignedOut } from "./device-state";
import type { Profile } from "./store";

export interface Closed {
  /** Whose work was open here last; null when nobody's was. */
  last: Pick<Profile, "name" | "waiting"> | null;
  /** Wrong codes that are still allowed; null when there is no code. */
  triesLeft: number | null;
  fault: Fault;
  /** The session is known to wait to be unlocked, whatever the fault. */
  canUnlock: boolean;
  /** Items that wait for others than the last, and for anybody. */
  waiting: { others: number; everybody: number };
}

/** The door for what is known. A code helps when nobody has ended the session on purpose. */
export function closedState({ last, triesLeft, fault, canUnlock, waiting }: Closed): Locked | SignedOut {
  const reason = reasonOf(fault);
  const canUnlockOnline = reason === "locked" || canUnlock;
  const codeHelps = triesLeft !== null && (reason === "expired" || reason === "not-signed-in");
  if (last && (canUnlockOnline || codeHelps || reason === "no-signal")) {
    return {
      status: "locked",
      viewerName: last.name,
      hasCode: triesLeft !== null,
      triesLeft,
      offline: reason === "no-signal",
      canUnlockOnline,
      ownWaiting: last.waiting,
      othersWaiting: waiting.others,
    };
  }
  if (canUnlockOnline) {
    // Locked before anything was opened here: the screen for signing in unlocks as well.
    return {
      status: "locked",
      viewerName: null,
      hasCode: false,
      triesLeft: null,
      offline: false,
      canUnlockOnline: true,
      ownWaiting: 0,
      othersWaiting: waiting.everybody,
    };
  }
  return { status: "signed-out", reason, othersWaiting: waiting.everybody, wipedBecause: null };
}

function reasonOf(fault: Fault): SignedOut["reason"] {
  if (fault.kind === "signed-out") return fault.reason;
  return fault.kind === "refused" ? "not-here" : "no-signal";
}
