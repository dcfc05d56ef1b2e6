"use client";
/**
 * The plan before the second person: read it, say yes and it is fixed for good, or send it back with what to mend. Whoever
 * asked sees that it waits, and can take it back as long as nobody has said yes.
 */
import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { reconcile } from "../../../../server/domain/lab/plan-faults";
import { dayInWords, dayOf } from "../../../../server/domain/period";
import { PlanSummary } from "../../../_study/plan-summary";
import { useTRPC } from "../../../_trpc/client";
import { timeOf } from "../../../_ui/dates";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultOf, faultsOf } from "../../../_ui/faults";
import { FormActions } from "../../../_ui/form-actions";
import { Icon } from "../../../_ui/icon";
import { CouldSee } from "../_plan/planner";
import type { StepOfStudy } from "./step-of-study";
import styles from "./study.module.css";

const BECAUSE = "return-because";

export function Approval({ study, dataSet, onMoved }: StepOfStudy) {
  const { plan, may, askedByName, askedAt } = study;
  const headline = dataSet?.codebook.outcomes.find(({ name }) => name === plan.outcomes[0]);
  return (
    <div className={styles["columns"]}>
      <section className={styles["card"]} aria-label="The plan">
        {may.approve && (
          <div className={styles["first"]}>
            <CouldSee people={reconcile(plan, null).expected} better={headline?.better ?? "fewer"} />
            <a href="#approval" className={styles["toAnswer"]}>
              Your answer is at the end of this page
            </a>
          </div>
        )}
        <PlanSummary
          plan={plan}
          codebook={dataSet?.codebook ?? null}
          dataSetName={study.dataSetName}
          serviceName={study.serviceName}
        />
      </section>
      <div className={styles["side"]}>
        <section className={styles["card"]} aria-labelledby="approval">
          <h2 id="approval" className={styles["h2"]}>
            {study.state === "draft"
              ? study.returnedBecause
                ? "Sent back"
                : "It is still being written"
              : may.approve
                ? "Do you approve this plan?"
                : "It waits for somebody else"}
          </h2>
          {askedByName && askedAt && (
            <p className={styles["text"]}>
              {askedByName} asked on {dayInWords(dayOf(askedAt))}, {timeOf(askedAt)}.
            </p>
          )}
          {study.state === "draft" ? (
            <BeingWritten study={study} />
          ) : may.approve ? (
            <Decide study={study} dataSet={dataSet} onMoved={onMoved} />
          ) : (
            <Wait study={study} dataSet={dataSet} onMoved={onMoved} />
          )}
        </section>
        <Remarks study={study} />
      </div>
    </div>
  );
}

/** A draft before somebody who may not write it: what they sent back, or that it is not theirs to read yet. */
function BeingWritten({ study: { returnedBecause } }: Pick<StepOfStudy, "study">) {
  return (
    <div className={styles["stack"]} role="status">
      {returnedBecause ? (
        <>
          <p className={styles["text"]}>
            The plan is a draft again, and whoever writes it reads what should be mended. When they ask anew,
            you find it in your list of studies.
          </p>
          <p className={styles["text"]}>
            <b>To be mended:</b> {returnedBecause}
          </p>
        </>
      ) : (
        <p className={styles["text"]}>
          Nobody has asked for it yet. It can be approved once it is whole and somebody asks.
        </p>
      )}
    </div>
  );
}

function Decide({ study, onMoved }: StepOfStudy) {
  const trpc = useTRPC();
  const router = useRouter();
  const approving = useMutation(trpc.studies.approve.mutationOptions());
  const returning = useMutation(trpc.studies.return.mutationOptions());
  const [isReturning, setReturning] = useState(false);
  const [because, setBecause] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const act = async (does: () => Promise<unknown>) => {
    setErrors([]);
    try {
      await does();
      await onMoved();
      // Whoever may write it goes on as its writer, with what writing needs.
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error, { because: BECAUSE }));
    }
  };
  return (
    <div className={styles["stack"]}>
      <ErrorSummary errors={errors} />
      <p className={styles["text"]}>
        When you approve it, the plan gets a mark and nobody can change it any more, you included. Only then
        can {study.needsFile ? "names be sent" : "it be run"}. The result will be public whichever way it
        points.
      </p>
      {isReturning ? (
        <>
          <Textarea
            id={BECAUSE}
            label="What should be mended?"
            autosize
            minRows={3}
            maxLength={400}
            value={because}
            error={faultOf(errors, BECAUSE)}
            onChange={(event) => setBecause(event.currentTarget.value)}
          />
          <FormActions
            act="Send it back"
            busy={returning.isPending}
            disabled={because.trim().length < 3}
            onPress={() => void act(() => returning.mutateAsync({ id: study.id, because }))}
            onLeave={() => setReturning(false)}
          />
        </>
      ) : (
        <div className={styles["files"]}>
          <Button
            loading={approving.isPending}
            leftSection={<Icon name="lock" size={18} />}
            onClick={() => void act(() => approving.mutateAsync({ id: study.id, version: study.version }))}
          >
            Approve and fix the plan
          </Button>
          <Button variant="default" onClick={() => setReturning(true)}>
            Send it back
          </Button>
        </div>
      )}
    </div>
  );
}

function Wait({ study, onMoved }: StepOfStudy) {
  const trpc = useTRPC();
  const router = useRouter();
  const taking = useMutation(trpc.studies.takeBack.mutationOptions());
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const takeBack = async () => {
    setErrors([]);
    try {
      await taking.mutateAsync({ id: study.id });
      await onMoved();
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <div className={styles["stack"]}>
      <ErrorSummary errors={errors} />
      <p className={styles["text"]}>
        {study.isAsker
          ? "A manager or the information governance officer of your organisation finds it in their list of studies. It cannot be you: two people must stand for a plan."
          : "A manager or the information governance officer of the organisation, who did not ask for it, reads and approves it."}
      </p>
      {study.isAsker && (
        <Button variant="default" loading={taking.isPending} onClick={() => void takeBack()}>
          Take it back and change it
        </Button>
      )}
    </div>
  );
}

/** What should be looked at, though it keeps nobody from going on. */
function Remarks({ study }: Pick<StepOfStudy, "study">) {
  const remarks = study.faults.filter(({ stops }) => !stops);
  if (remarks.length === 0) return null;
  return (
    <section className={styles["card"]} aria-labelledby="remarks">
      <h2 id="remarks" className={styles["h2"]}>
        To look at
      </h2>
      {remarks.map(({ message }) => (
        <p key={message} className={styles["text"]}>
          {message}
        </p>
      ))}
    </section>
  );
}
