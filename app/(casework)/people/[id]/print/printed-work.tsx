/** What is still to be done for a person, and who was asked to help, as they stand on paper. */
import { type Day, dayInWords } from "../../../../../server/domain/period";
import { createCaller } from "../../../../../server/routers";
import { needsInWords, whereItStands } from "../../../../_referral/referral-words";
import { pageContext } from "../../../../_ui/viewer";
import styles from "./print.module.css";

interface PrintedWorkProps {
  clientId: string;
  today: Day;
}

export async function PrintedWork({ clientId, today }: PrintedWorkProps) {
  const caller = createCaller(await pageContext());
  const [{ actions, looksAfter }, referrals] = await Promise.all([
    caller.actions.ofClient({ clientId }),
    caller.referrals.ofClient({ clientId }),
  ]);
  const open = actions.filter(({ finished }) => finished === null);
  return (
    <>
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
      <section className={styles["part"]}>
        <h2>Referrals</h2>
        {referrals.length === 0 && <p>None.</p>}
        <ul className={styles["lines"]}>
          {referrals.map(({ id, side, toName, fromName, needs, course }) => (
            <li key={id}>
              <strong>{side === "sender" ? toName : `From ${fromName}`}</strong>: {needsInWords(needs)}.{" "}
              {whereItStands(course, today)}.
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
