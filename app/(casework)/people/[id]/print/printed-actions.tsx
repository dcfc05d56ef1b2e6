/** What is still to be done for a person, as it stands on paper. */
import { dayInWords } from "../../../../../server/domain/period";
import { createCaller } from "../../../../../server/routers";
import { pageContext } from "../../../../_ui/viewer";
import styles from "./print.module.css";

export async function PrintedActions({ clientId }: { clientId: string }) {
  const { actions, looksAfter } = await createCaller(await pageContext()).actions.ofClient({ clientId });
  const open = actions.filter(({ finished }) => finished === null);
  return (
    <section className={styles["part"]}>
      <h2>Next actions</h2>
      <p>{looksAfter ? `Looked after by ${looksAfter.name}.` : "Nobody looks after them yet."}</p>
      {open.length === 0 && <p>Nothing to do for them just now.</p>}
      <ul className={styles["lines"]}>
        {open.map(({ id, title, dueOn, member }) => (
          <li key={id}>
            {title}: {member?.name ?? "nobody’s yet"}
            {dueOn && `, by ${dayInWords(dueOn)}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
