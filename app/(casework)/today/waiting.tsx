/** What waits for somebody's word: details that two people changed, and referrals without an answer. */
import Link from "next/link";
import type { ShownConflict } from "../../../server/domain/profile-terms";
import type { ListedReferral } from "../../../server/domain/referral-shown";
import { fullName } from "../../_words/person-words";
import rail from "../_actions/rail.module.css";
import styles from "./today.module.css";

interface WaitingProps {
  conflicts: readonly ShownConflict[];
  referrals: { received: readonly ListedReferral[]; sent: readonly ListedReferral[] };
}

const MOST = 6;

export function Waiting({ conflicts, referrals }: WaitingProps) {
  const people = [...new Map(conflicts.map((conflict) => [conflict.clientId, conflict])).values()];
  const due = [...referrals.received, ...referrals.sent];
  return (
    <>
      {people.length > 0 && (
        <section className={rail["section"]} aria-labelledby="conflicts-title">
          <h2 id="conflicts-title">
            Details to settle <span className={styles["count"]}>{people.length}</span>
          </h2>
          <ul className={styles["links"]}>
            {people.slice(0, MOST).map((conflict) => (
              <li key={conflict.clientId}>
                <Link href={`/people/${conflict.clientId}`}>{fullName(conflict)}</Link>
                <span>changed by two people in two ways</span>
              </li>
            ))}
          </ul>
          {people.length > MOST && (
            <p className={styles["note"]}>{people.length - MOST} more show up as these are settled.</p>
          )}
        </section>
      )}
      {due.length > 0 && (
        <section className={rail["section"]} aria-labelledby="referrals-title">
          <h2 id="referrals-title">
            Referrals without an answer <span className={styles["count"]}>{due.length}</span>
          </h2>
          <ul className={styles["links"]}>
            {due.slice(0, MOST).map((referral) => (
              <li key={referral.id}>
                <Link href={`/referrals/${referral.id}`}>{referral.personName ?? referral.reference}</Link>
                <span>
                  {referral.side === "receiver" ? `from ${referral.fromName}` : `to ${referral.toName}`},{" "}
                  {referral.daysSinceSent} days ago
                </span>
              </li>
            ))}
          </ul>
          {due.length > MOST && (
            <p className={styles["note"]}>
              <Link href="/referrals">All referrals</Link>
            </p>
          )}
        </section>
      )}
    </>
  );
}
