/**
 * The screens, each fetched when it is first shown, so that logging a contact does not wait for the outbox to load.
 * The service worker keeps all of them from the first visit on.
 */
import { lazy } from "react";
import { loadFinding } from "../../_offline/find";
import type { FieldAddress } from "./address";

const home = async () => (await Promise.all([import("../_home/home"), loadFinding()]))[0];
const contact = () => import("../_log/contact-screen");
const details = () => import("../_details/details-screen");
const lock = () => import("./lock-screen");
const outbox = () => import("../_outbox/outbox");

export const Home = lazy(async () => ({ default: (await home()).Home }));
export const ContactScreen = lazy(async () => ({ default: (await contact()).ContactScreen }));
export const DetailsScreen = lazy(async () => ({ default: (await details()).DetailsScreen }));
export const Outbox = lazy(async () => ({ default: (await outbox()).Outbox }));
export const LockScreen = lazy(async () => ({ default: (await lock()).LockScreen }));
export const SignedOutScreen = lazy(async () => ({
  default: (await import("./signed-out-screen")).SignedOutScreen,
}));

const LOADS = { people: home, contact, details, outbox } as const satisfies Record<
  FieldAddress["screen"],
  () => Promise<unknown>
>;

/** Begins to fetch the screen of an address: while the device is being opened, not after. */
export async function loadScreen(address: FieldAddress | null): Promise<void> {
  const load = LOADS[address?.screen ?? "people"];
  // Without signal the lock comes first.
  if (!navigator.onLine) await lock().catch(() => {});
  await load().catch(() => {});
}
