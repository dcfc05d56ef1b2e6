/** A study in which too few people were left: that, and nothing else, with what may be done next. */
import Link from "next/link";
import { ENOUGH } from "../../../../server/domain/lab/enough-people";
import { FEWEST_SENT } from "../../../../server/domain/lab/study";
import { ReceiptCard } from "../../../_study/receipt-card";
import type { StepOfStudy } from "./step-of-study";
import styles from "./study.module.css";
import { Withdraw } from "./withdraw";

export function TooFew({ study, onMoved }: StepOfStudy) {
  return (
    <div className={styles["columns"]}>
      <section className={styles["card"]} aria-labelledby="too-few">
        <h2 id="too-few" className={styles["h2"]}>
          Too few people to say anything
        </h2>
        <p className={styles["text"]}>
          At least {FEWEST_SENT} people must {study.needsFile ? "be in the file" : "have started"}, and about{" "}
          {ENOUGH} must be left once they are {study.needsFile && "found and "}matched. Here fewer were. How
          many is said roughly on purpose, so that nobody can find out whether one person was found. Nearly
          the same people get the same answer until the financial year ends. No outcome was looked at, so
          nothing is known and nothing can be said: this says nothing about your programme, good or bad.
        </p>
        <p className={styles["text"]}>
          A line on the public register says “Not enough people”, with the name of your organisation and of
          the programme, and no number. It is there within a minute.{" "}
          <Link href="/open/studies">Open the register</Link>
        </p>
        <h3 className={styles["h2"]} style={{ marginTop: 22 }}>
          What would help
        </h3>
        <p className={styles["text"]}>
          Wait until more people have started, or put two years together in one plan.
          {study.needsFile && " Look at full names and dates of birth: without them people cannot be found."}
        </p>
        <Withdraw study={study} onMoved={onMoved} />
      </section>
      <div className={styles["side"]}>
        {study.receipts.map((receipt) => (
          <ReceiptCard key={receipt.uploadId} receipt={receipt} isTooFew />
        ))}
      </div>
    </div>
  );
}
