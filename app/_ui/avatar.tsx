/** A round mark with initials; the name stands beside it, so it is hidden from assistive technology. */
import styles from "./avatar.module.css";
import { initialsOf } from "./initials";

export function Avatar({ name, size = 40 }: { name: string; size?: 32 | 40 | 44 | 56 }) {
  return (
    <span className={styles["avatar"]} data-size={size} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}
