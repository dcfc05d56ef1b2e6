"use client";
/**
 * Sends what waits on this device from desk pages too: somebody who saves a contact and goes on to a report need not
 * come back for it. Loads nothing more when nothing waits.
 */
import { useEffect } from "react";

export function KeepInStep({ accountId }: { accountId: string }) {
  useEffect(() => void sendWhatWaits(accountId).catch(() => {}), [accountId]);
  return null;
}

async function sendWhatWaits(accountId: string): Promise<void> {
  const { unsentHere } = await import("./leave");
  const { waiting, owner } = await unsentHere();
  if (waiting === 0 || owner !== accountId) return;
  const { pageDevice } = await import("./device");
  pageDevice().begin();
}
