/** Says that everyone here is made up. A week of the demo is run from the desk. */
import styles from "../../_ui/demo-banner.module.css";

export function DemoWords({ isWholeScreen }: { isWholeScreen: boolean }) {
  return (
    <aside className={styles["banner"]} aria-label="Demo" data-whole-screen={isWholeScreen || undefined}>
      <p className={styles["words"]}>
        <strong>Demo: everyone here is made up.</strong>
      </p>
    </aside>
  );
}
