/**
 * What shows until the device has been opened: the frame of the first screen, without anything of anybody. It is
 * what the page itself carries, so it stands at once, from the cache as from the server.
 */
import { Mark } from "../../_ui/mark";
import styles from "./starting.module.css";

export function Starting() {
  return (
    // By the mark the service worker knows this page as one that it may keep (worker/shells.ts).
    <main id="main" tabIndex={-1} className={styles["starting"]} aria-busy="true" data-field-shell>
      <Mark width={40} />
      <h1 className={styles["words"]}>Common Need</h1>
      <p className={styles["wait"]} role="status">
        Opening what is kept on this device
      </p>
    </main>
  );
}
