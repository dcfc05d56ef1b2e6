/** A small word on a wash. It says a state; it cannot be pressed. */
import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";
import styles from "./tag.module.css";

export type Tone = "plain" | "brand" | "wait" | "stop" | "info";

export function Tag({
  tone = "plain",
  icon,
  children,
}: {
  tone?: Tone;
  icon?: IconName;
  children: ReactNode;
}) {
  return (
    <span className={styles["tag"]} data-tone={tone}>
      {icon && <Icon name={icon} size={13} />}
      {children}
    </span>
  );
}
