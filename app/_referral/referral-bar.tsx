/**
 * How far a referral has come, as four short bars: sent, accepted, started, completed. One that ended before the last
 * is grey and broken off. The words beside it say the same, so the bars are hidden from those who listen.
 */
import type { ReferralCourse } from "../../server/domain/referral";
import styles from "./referral.module.css";

const STEPS = ["sent", "accepted", "started", "completed"] as const;

export function ReferralBar({ course }: { course: ReferralCourse }) {
  const reached = [course.sentAt, course.acceptedAt, course.startedAt, course.state === "completed"].filter(
    Boolean,
  ).length;
  const broken = course.endedAt !== null && course.state !== "completed";
  return (
    <span className={styles["bar"]} aria-hidden="true" data-broken={broken || undefined}>
      {STEPS.map((step, at) => (
        <span key={step} data-reached={at < reached || undefined} />
      ))}
    </span>
  );
}
