/** A study that was taken back: what is left of it. */
import Link from "next/link";
import { dayInWords, dayOf } from "../../../../server/domain/period";
import { ReceiptCard } from "../../../_study/receipt-card";
import type { StepOfStudy } from "./step-of-study";
import styles from "./study.module.css";

function leftOver({ readyAt, isLookedFor, receipts }: StepOfStudy["study"]): string {
  if (readyAt !== null) {
    return "A result was known when it was withdrawn. The public register says so, without a number: otherwise only good news would stay there.";
  }
  if (isLookedFor) {
    return "Its people had been looked for when it was withdrawn. The public register says so, without a number. Every name that was sent is destroyed.";
  }
  return receipts.length > 0
    ? "Nobody had been looked for, so nothing stands on the public register. Every name that was sent is destroyed."
    : "No file was sent, so nothing stands on the public register.";
}

export function Withdrawn({ study }: Pick<StepOfStudy, "study">) {
  const { id, withdrawnAt, receipts } = study;
  return (
    <div className={styles["columns"]}>
      <section className={styles["card"]} aria-labelledby="withdrawn">
        <h2 id="withdrawn" className={styles["h2"]}>
          Withdrawn{withdrawnAt && ` on ${dayInWords(dayOf(withdrawnAt))}`}
        </h2>
        <p className={styles["text"]}>{leftOver(study)}</p>
        <p className={styles["text"]}>
          <Link href={`/studies/${id}/plan`}>Read the plan</Link>
        </p>
      </section>
      <div className={styles["side"]}>
        {receipts.map((receipt) => (
          <ReceiptCard key={receipt.uploadId} receipt={receipt} />
        ))}
      </div>
    </div>
  );
}
