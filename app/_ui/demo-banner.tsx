/** Says in the demo that everyone here is made up. */
import styles from "./demo-banner.module.css";

export function DemoBanner() {
  return (
    <aside className={styles["banner"]} aria-label="Demo">
      <strong>Demo: everyone here is made up.</strong>
    </aside>
  );
}
