"use client";
/** How far this device is in step: words, a shape and a tone, and the way to the outbox. */
import { Icon } from "../../_ui/icon";
import { OUTBOX } from "./address";
import { FieldLink } from "./field-link";
import { useOpenDevice } from "./open-device";
import styles from "./status-line.module.css";
import { signOf } from "./sync-words";

export function StatusLine() {
  const { sync } = useOpenDevice().open;
  const { words, icon, tone } = signOf(sync);
  return (
    <>
      <FieldLink href={OUTBOX} className={styles["status"] ?? ""} data-tone={tone}>
        <Icon name={icon} size={17} />
        {words}
        <span className="visually-hidden">. See what waits on this device</span>
      </FieldLink>
      <span className="visually-hidden" role="status">
        {words}
      </span>
    </>
  );
}
