/**
 * Leaving a device: what stays, what goes, and what the server is still owed when there is no signal to tell it. After
 * signing out nothing here can be opened without signing in anew, and only what waits to be sent is left, closed.
 */
import { endSession } from "../_ui/end-session";
import { type Client, faultOf } from "./calls";
import { type Profile, SharedStore, wipeAccount } from "./store";
import { tellHome } from "./worker/register";

/** Who worked here last; null after signing out. */
export async function findLastProfile(shared: SharedStore): Promise<Profile | null> {
  const [{ lastProfile: id }, profiles] = await Promise.all([shared.device(), shared.profiles()]);
  return profiles.find((profile) => profile.id === id) ?? null;
}

/** Items that wait on this device for other people than this one. */
export async function othersWaiting(shared: SharedStore, own: string | null): Promise<number> {
  const profiles = await shared.profiles();
  return profiles.filter(({ id }) => id !== own).reduce((sum, { waiting }) => sum + waiting, 0);
}

/** Somebody else works here now: what the one before carried goes; what they saved stays closed, for them. */
export async function putAway(shared: SharedStore, last: Profile): Promise<void> {
  await wipeAccount(last.id, "carried");
  await shared.changeProfile(last.id, { version: null });
}

/** The device was struck off: what was given to it goes, what was saved here stays closed for its owner. */
export async function strikeOff(shared: SharedStore, last: Profile): Promise<void> {
  await shared.forgetCode(last.accountId);
  await wipeAccount(last.id, "carried and drafts");
  await shared.changeProfile(last.id, { version: null });
  await shared.changeDevice({ lastProfile: null });
  await tellHome(false);
}

/** Signs somebody out of this device; the server is told at once, or when there is signal. */
export async function leave(
  shared: SharedStore,
  profile: Profile,
  unsent: number,
  sessionId: string | null,
): Promise<void> {
  await shared.changeDevice({ lastProfile: null, owes: { what: "sign-out", sessionId } });
  await shared.forgetCode(profile.accountId);
  await wipeAccount(profile.id, unsent > 0 ? "carried and drafts" : "everything");
  if (unsent > 0) await shared.changeProfile(profile.id, { version: null, waiting: unsent });
  else await shared.removeProfile(profile.id);
  await tellHome(false);
}

/**
 * Tells the server what it is owed, unless a newer session took the place of the one it is about. False when the
 * server could not be told: then the session is not to be used.
 */
export async function payOwed(shared: SharedStore, client: Client): Promise<boolean> {
  const { owes } = await shared.device();
  if (!owes) return true;
  try {
    const me = await client.session.me.query().catch(faultOf);
    if (me && "kind" in me && (me.kind === "no-signal" || me.kind === "server-trouble")) return false;
    const isLocked = me !== null && "kind" in me && me.kind === "signed-out" && me.reason === "locked";
    const isSame = me !== null && "sessionId" in me && me.sessionId === owes.sessionId;
    if (owes.what === "sign-out" && (isSame || isLocked)) await endSession();
    if (owes.what === "lock" && isSame) await client.session.lock.mutate();
  } catch {
    return false;
  }
  await shared.changeDevice({ owes: null });
  return true;
}

/** Items of whoever worked here last that are not sent yet; for pages that do not open the device. */
export async function unsentHere(): Promise<{ waiting: number; owner: string | null }> {
  const last = await findLastProfile(await SharedStore.open());
  return { waiting: last?.waiting ?? 0, owner: last?.accountId ?? null };
}

/** The same as signing out on a field screen, for pages that do not open the device and are signed out at once. */
export async function leaveHere(): Promise<void> {
  const shared = await SharedStore.open();
  const last = await findLastProfile(shared);
  if (!last) return;
  await leave(shared, last, last.waiting, null);
  await shared.changeDevice({ owes: null });
}
