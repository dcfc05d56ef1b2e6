"use client";
/** The whole plan on one page before somebody else reads it: what is missing, with the way to it, and what to look at. */
import { CASEWORK_DATA_SET_ID } from "../../../../server/domain/lab/casework-set";
import type { Codebook } from "../../../../server/domain/lab/codebook";
import type { PlanFault } from "../../../../server/domain/lab/studies";
import type { StudyPlan } from "../../../../server/domain/lab/study";
import { PlanSummary } from "../../../_study/plan-summary";
import { Icon } from "../../../_ui/icon";
import styles from "./plan.module.css";
import { faultsOfStep, STEPS, type StepKey } from "./steps";

interface CheckStepProps {
  plan: StudyPlan;
  codebook: Codebook | null;
  dataSetName: string | null;
  serviceName: string | null;
  faults: readonly PlanFault[];
  onOpen(step: StepKey): void;
}

export function CheckStep({ plan, codebook, dataSetName, serviceName, faults, onOpen }: CheckStepProps) {
  const missing = STEPS.flatMap((step) => {
    const own = faultsOfStep(faults, step.key).filter(({ stops }) => stops);
    return own.length > 0 ? [{ step, own }] : [];
  });
  const remarks = faults.filter(({ stops }) => !stops);
  return (
    <>
      {missing.length > 0 && (
        <section className={styles["missing"]} aria-labelledby="missing">
          <h3 id="missing" className={styles["h3"]}>
            Still missing
          </h3>
          <ul>
            {missing.map(({ step, own }) => (
              <li key={step.key}>
                <div>
                  <b>{step.title}</b>
                  {own.map(({ message }) => (
                    <span key={message}>{message}</span>
                  ))}
                </div>
                <button type="button" className={styles["word"]} onClick={() => onOpen(step.key)}>
                  Go there<span className="visually-hidden">: {step.title}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {remarks.length > 0 && (
        <section aria-label="To look at" className={styles["remarks"]}>
          {remarks.map(({ message }) => (
            <p key={message}>
              <Icon name="warn" size={18} />
              <span>{message}</span>
            </p>
          ))}
        </section>
      )}
      <PlanSummary plan={plan} codebook={codebook} dataSetName={dataSetName} serviceName={serviceName} />
      <div className={styles["note"]}>
        <p>
          <b>What happens next.</b> Somebody else here, a manager or the information governance officer, reads
          this plan and approves it. From then on nobody can change it, and only then{" "}
          {plan.dataSetId === CASEWORK_DATA_SET_ID ? "can it be run" : "can a file be sent"}.
        </p>
        <p>
          The result is put on a public register whichever way it points. That is part of the bargain: a
          register with only good news would say nothing.
        </p>
      </div>
    </>
  );
}
