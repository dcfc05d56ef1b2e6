"use client";
/** What stands beside a study whose plan is fixed: the plan, what was destroyed so far, and the way back. */
import { dayOf } from "../../../../server/domain/period";
import { PlanCard } from "../../../_study/plan-card";
import { ReceiptCard } from "../../../_study/receipt-card";
import type { StepOfStudy } from "../[id]/step-of-study";
import { Withdraw } from "../[id]/withdraw";
import styles from "./send.module.css";

export function Beside({ study, onMoved }: Pick<StepOfStudy, "study" | "onMoved">) {
  const { planHash, fixedAt, askedByName, secondedByName, receipts } = study;
  return (
    <div className={styles["side"]}>
      {planHash && fixedAt && (
        <PlanCard
          planHash={planHash}
          fixedOn={dayOf(fixedAt)}
          byWhom={[askedByName, secondedByName].filter(Boolean).join(" and ")}
          href={`/studies/${study.id}/plan`}
        />
      )}
      {receipts.map((receipt) => (
        <ReceiptCard key={receipt.uploadId} receipt={receipt} />
      ))}
      <Withdraw study={study} onMoved={onMoved} />
    </div>
  );
}
