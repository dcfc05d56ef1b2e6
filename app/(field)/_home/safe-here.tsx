"use client";
/** What waits on this device, on the first screen: that it is safe, and what happens with it. */
import { Icon } from "../../_ui/icon";
import { OUTBOX } from "../_app/address";
import { FieldLink } from "../_app/field-link";
import { deviceWord, useOpenDevice } from "../_app/open-device";
import { isParked, isTwoValues, isUnsent } from "../_outbox/item-words";
import styles from "./home.module.css";

export function SafeHere() {
  const { sync, items, people, wipedBecause } = useOpenDevice().open;
  // Two values of somebody who is here stand in a list of their own, and were accepted both.
  const listed = new Set(people.flatMap(({ id, conflicts }) => (conflicts.length > 0 ? id : [])));
  const asked = items.filter(
    (item) => isParked(item) && !(isTwoValues(item) && listed.has(item.clientId ?? "")),
  );
  const areTwoValues = asked.every(isTwoValues);
  const waiting = items.filter((item) => isUnsent(item) && !isParked(item)).length;
  return (
    <>
      {asked.length > 0 && (
        <FieldLink href={OUTBOX} className={styles["safe"] ?? ""} data-tone={areTwoValues ? "wait" : "stop"}>
          <span className={styles["safeIcon"]}>
            <Icon name="warn" />
          </span>
          <span className={styles["safeWords"]}>
            <strong className={styles["safeTitle"]}>
              {asked.length === 1 ? "1 thing needs you." : `${asked.length} things need you.`}
            </strong>
            {areTwoValues
              ? "Somebody else changed the same detail. Both values are kept."
              : "Not everything was accepted as it is. Nothing is lost."}
          </span>
          <span className={styles["see"]}>See</span>
        </FieldLink>
      )}
      {waiting > 0 && (
        <FieldLink href={OUTBOX} className={styles["safe"] ?? ""} data-tone="wait">
          <span className={styles["safeIcon"]}>
            <Icon name={sync.state === "no-signal" ? "no-signal" : "outbox"} />
          </span>
          <span className={styles["safeWords"]}>
            <strong className={styles["safeTitle"]}>
              {waiting} {waiting === 1 ? "thing is" : "things are"} safe on this {deviceWord()}.
            </strong>
            {waitingFor(sync.state, waiting)}
          </span>
          <span className={styles["see"]}>See</span>
        </FieldLink>
      )}
      {wipedBecause && <p className={styles["wiped"]}>{WIPED[wipedBecause]}</p>}
    </>
  );
}

const WIPED = {
  "too-old":
    "People’s details were removed from this device, because it was not in step for 14 days. They come back with signal.",
  revoked: "People’s details were removed from this device, because it was struck off the list of devices.",
  "no-room":
    "People’s details were removed from this device to make room for what you saved. They come back when there is room.",
} as const;

function waitingFor(state: string, count: number): string {
  const [it, goes] = count === 1 ? ["It", "goes"] : ["They", "go"];
  if (state === "no-signal") return `${it} ${goes} when you have signal.`;
  if (state === "needs-sign-in") return `${it} ${goes} when you have signed in again.`;
  if (state === "server-trouble") return "Common Need does not answer; we keep trying.";
  return `${it} ${goes} in a moment.`;
}
