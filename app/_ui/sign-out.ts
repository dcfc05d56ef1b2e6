/** Signing out: the session ends, and what this device was given goes. */
import { endSession } from "./end-session";

/** Signs out and goes to sign-in. The whole page is loaded anew, so nothing of anybody stays in memory. */
export async function signOutHere(): Promise<void> {
  try {
    await (await import("../_offline/leave")).leaveHere();
  } catch {
    // A browser that keeps nothing has nothing to remove.
  }
  try {
    sessionStorage.clear();
  } catch {
    // As above.
  }
  await endSession();
  window.location.assign("/sign-in");
}

/** The same, unless something waits here to be sent: then the outbox asks first. */
export async function signOutOrAsk(): Promise<void> {
  const { unsentHere } = await import("../_offline/leave");
  const { waiting } = await unsentHere().catch(() => ({ waiting: 0 }));
  if (waiting > 0) window.location.assign("/outbox?leaving=1");
  else await signOutHere();
}
