/** A study that was taken back: what is left of it. */
import { dayInWords, dayOf } from "../../../../server/domain/period";
import { ReceiptCard } from "../../../_study/receipt-card";
import type { StepOfStudy } from "./step-of-study";
import styles from "./study.module.css";

export function Withdrawn({ study }: Pick<StepOfStudy, "study">) {
  const { withdrawnAt, readyAt, receipts } = study;
  return (
    <div className={styles["columns"]}>
      <section className={styles["card"]} aria-labelledby="withdrawn">
        <h2 id="withdrawn" className={styles["h2"]}>
          Withdrawn{withdrawnAt && ` on ${dayInWords(dayOf(withdrawnAt))}`}
        </h2>
        <p className={styles["text"]}>
          {readyAt === null
            ? "No result had been made, so nothing stands on the public register. Every name that was sent is destroyed."
            : "A result was known when it was withdrawn. The public register says so, without a number: otherwise only good news would stay there."}
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
