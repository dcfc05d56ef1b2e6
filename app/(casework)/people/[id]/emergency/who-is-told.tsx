/** Who hears of an emergency access: as `governance.glass_readers` and the reviews of db/desk.sql have it. */
import styles from "./emergency.module.css";

export function WhoIsTold() {
  return (
    <div className={styles["told"]}>
      <strong>When you open it</strong>
      <ul>
        <li>
          officers of your organisation are told at once, and one of them reviews it within two working days,
        </li>
        <li>the person sees it in their history.</li>
      </ul>
      <p>
        If the other organisation knows the person, its officers and the person’s worker there are told at
        once, too, and one of the officers reviews it. If it does not, its officers get no message: only its
        records of use say that it was asked.
      </p>
    </div>
  );
}
