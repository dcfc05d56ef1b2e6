"use client";
/**
 * Says on a field screen that emergency access is open to whoever looks at it, until when, and leads to where it is seen
 * and ended. Fetched after the screen, so that logging a contact waits for none of it. Without signal what was known
 * stands until its time is over.
 */
import { useEffect, useState } from "react";
import type { OwnGlass } from "../../../server/break-glass";
import { makeClient } from "../../_trpc/wire";
import { timeOf } from "../../_ui/dates";
import styles from "../../_ui/glass-strip.module.css";
import { Icon } from "../../_ui/icon";
import { FieldLink } from "./field-link";
import { stillOpen, untilNextEnd } from "./open-until";

/** `pathname` is the screen that is shown: each asks anew. */
export function GlassLine({ pathname }: { pathname: string }) {
  const [known, setKnown] = useState<readonly OwnGlass[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen is the occasion to ask
  useEffect(() => {
    let isStopped = false;
    const keep = (open: readonly OwnGlass[]) => isStopped || setKnown(open);
    makeClient()
      .desk.ownGlass.query()
      .then(keep, () => {});
    return () => {
      isStopped = true;
    };
  }, [pathname]);
  useEffect(() => {
    const wait = untilNextEnd(known, new Date());
    if (wait === null) return;
    const over = setTimeout(() => setKnown((open) => stillOpen(open, new Date())), wait + 500);
    return () => clearTimeout(over);
  }, [known]);
  const strips = known.map(({ id, clientId, givingOrganisationName, endsAt }) => (
    <section key={id} className={styles["strip"]} aria-label="Emergency access is open">
      <Icon name="warn" size={18} />
      <p>
        <strong>
          Emergency access to {givingOrganisationName} is open until {timeOf(endsAt)}.
        </strong>{" "}
        Officers will review it.{" "}
        <FieldLink href={`/people/${clientId}/emergency?open=${id}`}>See it, or end it</FieldLink>
      </p>
    </section>
  ));
  return <>{strips}</>;
}
