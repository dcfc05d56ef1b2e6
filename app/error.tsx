"use client";
/** A page that failed. What was saved stays saved; trying again is safe. */
import styles from "./_ui/button.module.css";
import { Door } from "./_ui/door";
import form from "./_ui/form.module.css";

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <Door>
      <h1 className={form["title"]}>This page did not load</h1>
      <p className={form["lead"]}>
        The fault is on our side. What you saved before is safe. Try again; if it happens again, tell whoever
        runs Common Need{error.digest ? ` and quote ${error.digest}` : ""}.
      </p>
      <div className={form["form"]}>
        <button type="button" className={styles["button"]} onClick={reset}>
          Try again
        </button>
      </div>
    </Door>
  );
}
