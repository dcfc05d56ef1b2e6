/** What cannot be concluded: as much a part of the answer as the answer. */
import styles from "./change.module.css";

export function Limits({ limits }: { limits: readonly string[] }) {
  if (limits.length === 0) return null;
  return (
    <section className={styles["limits"]} aria-labelledby="limits-heading">
      <h2 id="limits-heading" className={styles["h2"]}>
        What this cannot tell
      </h2>
      <ul>
        {limits.map((limit) => (
          <li key={limit}>{limit}</li>
        ))}
      </ul>
      <p>
        <a href="/method#change">How change is worked out</a>
      </p>
    </section>
  );
}
