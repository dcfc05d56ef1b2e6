/** Referrals as rows: about whom, between whom, how far they have come, and whether an answer is due. */
import Link from "next/link";
import type { Day } from "../../../server/domain/period";
import type { ListedReferral } from "../../../server/domain/referral-shown";
import styles from "../../_referral/referral.module.css";
import { ReferralBar } from "../../_referral/referral-bar";
import { needsInWords, personInWords, serviceInWords, whereItStands } from "../../_referral/referral-words";
import rows from "../../_ui/rows.module.css";
import { Tag } from "../../_ui/tag";

export function ReferralRows({ referrals, today }: { referrals: readonly ListedReferral[]; today: Day }) {
  return (
    <ul className={rows["rows"]}>
      {referrals.map((referral) => (
        <li key={`${referral.side} ${referral.id}`}>
          <Link className={styles["line"]} href={`/referrals/${referral.id}`} prefetch={false}>
            <span className={styles["about"]}>
              <strong>{personInWords(referral)}</strong>
              <span className={styles["minor"]}>{needsInWords(referral.needs)}</span>
              <span className={styles["minor"]}>
                {referral.side === "sender"
                  ? `To ${serviceInWords(referral)}`
                  : `From ${referral.fromName}, for ${referral.toName}`}
              </span>
            </span>
            <span className={styles["where"]}>
              <ReferralBar course={referral.course} />
              <span className={styles["state"]}>
                {whereItStands(referral.course, today)}
                <DueTag referral={referral} />
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Says that an answer is due, to whoever must give it and to whoever waits for it. */
export function DueTag({ referral: { reminder, side, course } }: { referral: ListedReferral }) {
  if (course.mail === "failed" && course.state === "sent" && side === "sender") {
    return <Tag tone="stop">Mail not sent</Tag>;
  }
  if (!reminder) return null;
  const whose = side === "receiver" ? "Your answer" : "Answer";
  return <Tag tone="wait">{`${whose} is ${reminder}`}</Tag>;
}
