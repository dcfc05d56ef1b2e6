/** A thin bar that shows a share beside its number; the number itself is always written next to it. */
import styles from "./bar-mini.module.css";

/** `share` from 0 to 1; anything outside is drawn at the end that it passes. */
export function BarMini({ share }: { share: number }) {
  const width = Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
  return (
    <span className={styles["track"]} aria-hidden="true">
      <span className={styles["fill"]} style={{ width: `${width}%` }} />
    </span>
  );
}
