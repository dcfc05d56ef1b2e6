"use client";
/** Takes a study back for good, after saying what that means where it stands. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { StudyState } from "../../../../server/domain/lab/study";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import { FormActions } from "../../../_ui/form-actions";
import type { StepOfStudy } from "./step-of-study";
import styles from "./study.module.css";

const MEANS: Partial<Record<StudyState, string>> = {
  fixed: "No file has been sent, so nothing is on the register. The plan is kept here.",
  running: "The file is destroyed within seconds, and nothing is read of it.",
  ready:
    "Somebody has seen a result. So a line stays on the public register: that a study was withdrawn after its result was known, and no number.",
  signed:
    "A result is there. So a line stays on the public register: that a study was withdrawn after its result was known, and no number.",
  published: "Its numbers go from the register. A line stays: that the study was withdrawn.",
};

export function Withdraw({ study, onMoved }: Pick<StepOfStudy, "study" | "onMoved">) {
  const trpc = useTRPC();
  const withdrawing = useMutation(trpc.studies.withdraw.mutationOptions());
  const [asks, setAsks] = useState(false);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  if (!study.may.withdraw) return null;
  const withdraw = async () => {
    setErrors([]);
    try {
      await withdrawing.mutateAsync({ id: study.id });
      await onMoved();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <div className={`${styles["danger"]} no-print`}>
      <ErrorSummary errors={errors} />
      {asks ? (
        <div className={styles["stack"]}>
          <p>
            <b>Withdraw this study?</b> It cannot be taken up again. {MEANS[study.state]}
          </p>
          <FormActions
            act="Withdraw it for good"
            danger
            busy={withdrawing.isPending}
            onPress={() => void withdraw()}
            leave="Keep it"
            onLeave={() => setAsks(false)}
          />
        </div>
      ) : (
        <Button variant="subtle" onClick={() => setAsks(true)}>
          Withdraw this study
        </Button>
      )}
    </div>
  );
}
