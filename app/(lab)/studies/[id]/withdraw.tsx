"use client";
/** Takes a study back for good, after saying what that means where it stands. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { StudyState } from "../../../../server/domain/lab/study";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import { FormActions } from "../../../_ui/form-actions";
import type { StepOfStudy } from "./step-of-study";
import styles from "./study.module.css";

const LOOKED_FOR =
  "Its people have been looked for already. So a line stays on the public register: that a study was withdrawn, and no number.";

const MEANS: Partial<Record<StudyState, string>> = {
  fixed: "No file has been sent, so nothing is on the register. The plan is kept and can be read here.",
  running:
    "The file is destroyed within seconds, and nothing of it is kept. Once its people are being looked for, a line stays on the public register: that a study was withdrawn.",
  ready:
    "Somebody has seen a result. So a line stays on the public register: that a study was withdrawn after its result was known, and no number.",
  signed:
    "A result is there. So a line stays on the public register: that a study was withdrawn after its result was known, and no number.",
  "too-few": "A line stays on the public register: that the study was withdrawn, and no number.",
  published: "Its numbers go from the register. A line stays: that the study was withdrawn.",
};

const SENT =
  "What was sent is destroyed, and nobody had been looked for, so nothing is on the register. The plan is kept and can be read here.";

function meaningOf({ state, isLookedFor, receipts }: StepOfStudy["study"]): string | undefined {
  if (state === "fixed" && isLookedFor) return LOOKED_FOR;
  return state === "fixed" && receipts.length > 0 ? SENT : MEANS[state];
}

export function Withdraw({ study, onMoved }: Pick<StepOfStudy, "study" | "onMoved">) {
  const trpc = useTRPC();
  const router = useRouter();
  const withdrawing = useMutation(trpc.studies.withdraw.mutationOptions());
  const [asks, setAsks] = useState(false);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  if (!study.may.withdraw) return null;
  // What nobody has said yes to is deleted whole.
  const isDraft = study.fixedAt === null;
  const withdraw = async () => {
    setErrors([]);
    try {
      await withdrawing.mutateAsync({ id: study.id });
      if (isDraft) router.push("/studies");
      else await onMoved();
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
            {isDraft ? (
              <>
                <b>Delete this draft?</b> Nothing was sent, and nothing is on the register. What you wrote is
                gone for good.
              </>
            ) : (
              <>
                <b>Withdraw this study?</b> It cannot be taken up again. {meaningOf(study)}
              </>
            )}
          </p>
          <FormActions
            act={isDraft ? "Delete it for good" : "Withdraw it for good"}
            danger
            busy={withdrawing.isPending}
            onPress={() => void withdraw()}
            leave="Keep it"
            onLeave={() => setAsks(false)}
          />
        </div>
      ) : (
        <Button variant="subtle" onClick={() => setAsks(true)}>
          {isDraft ? "Delete this draft" : "Withdraw this study"}
        </Button>
      )}
    </div>
  );
}
