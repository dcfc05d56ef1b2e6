/** Says that everyone here is made up, and leads to a page of the desk, where a week of the demo is run. */
import styles from "../../_ui/demo-banner.module.css";
import { FieldLink } from "./field-link";

export function DemoWords({ isWholeScreen }: { isWholeScreen: boolean }) {
  return (
    <aside className={styles["banner"]} aria-label="Demo" data-whole-screen={isWholeScreen || undefined}>
      <p className={styles["words"]}>
        <strong>Demo: everyone here is made up.</strong>{" "}
        <FieldLink href="/today">Where to run a week</FieldLink>
      </p>
    </aside>
  );
}
