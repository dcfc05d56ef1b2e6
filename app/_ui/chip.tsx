/**
 * A pill that is a setting, a choice or an offer. Solid border: can be changed. Filled: chosen. Dashed with a
 * plus: an offer. A setting shows its value, never its name.
 */
import type { ComponentPropsWithRef } from "react";
import styles from "./chip.module.css";
import { Icon, type IconName } from "./icon";

interface ChipProps extends Omit<ComponentPropsWithRef<"button">, "type"> {
  kind?: "setting" | "chosen" | "offer";
  icon?: IconName;
}

export function Chip({ kind = "setting", icon, children, className, ...rest }: ChipProps) {
  const shown = icon ?? (kind === "offer" ? "add" : undefined);
  return (
    <button
      type="button"
      className={[styles["chip"], className].filter(Boolean).join(" ")}
      data-kind={kind}
      {...rest}
    >
      {shown && <Icon name={shown} size={kind === "offer" ? 15 : 17} />}
      <span className={styles["words"]}>{children}</span>
    </button>
  );
}
