/**
 * Says on every page of an officer that the record of use is not whole, or is not being checked, and where to read
 * what to do. Nobody else sees it: they can do nothing about it.
 */
import Link from "next/link";
import type { Actor, Ctx } from "../../server/context";
import { decide } from "../../server/domain/access";
import { faultInWords } from "../../server/domain/audit-state";
import { createCaller } from "../../server/routers";
import styles from "./audit-alarm.module.css";

/** What to say to this viewer; null when all is well, or when it is not theirs to know. */
export async function findAuditAlarm(ctx: Ctx, viewer: Actor): Promise<string | null> {
  if (!decide(viewer, "audit.read", { organisationId: viewer.organisationId }).allow) return null;
  const state = await createCaller(ctx).audit.state();
  if (!state) return null;
  if (!state.ok) return faultInWords(state);
  return state.isLate ? "It has not been checked for some hours." : null;
}

export function AuditAlarm({ words }: { words: string }) {
  return (
    <aside className={styles["alarm"]} aria-label="Record of use">
      <p>
        <strong>The record of who saw what needs you.</strong> {words}{" "}
        <Link href="/audit#chain">What to do</Link>
      </p>
    </aside>
  );
}
