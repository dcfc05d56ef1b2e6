/**
 * What waits for somebody's word: details that two people changed, referrals without an answer, and of a manager whether
 * the organisation is counted together with others.
 */
import Link from "next/link";
import type { ShownConflict } from "../../../server/domain/profile-terms";
import type { Programme } from "../../../server/domain/programmes";
import type { ListedReferral } from "../../../server/domain/referral-shown";
import { fullName } from "../../_words/person-words";
import rail from "../_actions/rail.module.css";
import styles from "./today.module.css";

interface WaitingProps {
  conflicts: readonly ShownConflict[];
  referrals: { received: readonly ListedReferral[]; sent: readonly ListedReferral[] };
  /** Programmes that the organisation is invited to and has not agreed to. */
  invitations: readonly Pick<Programme, "id" | "name" | "leadName">[];
}

const MOST = 6;

export function Waiting({ conflicts, referrals, invitations }: WaitingProps) {
  const people = [...new Map(conflicts.map((conflict) => [conflict.clientId, conflict])).values()];
  const due = [...referrals.received, ...referrals.sent];
  return (
    <>
      {invitations.length > 0 && (
        <section className={rail["section"]} aria-labelledby="invitations-title">
          <h2 id="invitations-title">
            Invitations to answer <span className={styles["count"]}>{invitations.length}</span>
          </h2>
          <ul className={styles["links"]}>
            {invitations.map(({ id, name, leadName }) => (
              <li key={id}>
                <Link href="/programmes">{name}</Link>
                <span>{leadName} asks to count your people together with others</span>
              </li>
            ))}
          </ul>
        </section>
      )}
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
