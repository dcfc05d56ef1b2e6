"use client";
/** Starting a study in these records themselves: nobody is sent, because everybody who started is known here. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { dayInWords } from "../../../../server/domain/period";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import type { StepOfStudy } from "../[id]/step-of-study";
import styles from "./send.module.css";

export function StartStudy({ study, onMoved }: Pick<StepOfStudy, "study" | "onMoved">) {
  const trpc = useTRPC();
  const starting = useMutation(trpc.studies.start.mutationOptions());
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const { startedFrom, startedTo } = study.plan;
  const start = async () => {
    setErrors([]);
    try {
      await starting.mutateAsync({ id: study.id });
      await onMoved();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <section className={styles["card"]} aria-labelledby="start">
      <h2 id="start" className={styles["h2"]}>
        Run the study
      </h2>
      <ErrorSummary errors={errors} />
      <p className={styles["text"]}>
        This study is of these records themselves, so no file is sent. Everybody who first met{" "}
        {study.serviceName ?? "the service"}
        {startedFrom && startedTo && ` from ${dayInWords(startedFrom)} to ${dayInWords(startedTo)}`} is in it.
        They are compared with people with the same needs who never met it.
      </p>
      <div>
        <Button loading={starting.isPending} onClick={() => void start()}>
          Run the study
        </Button>
      </div>
    </section>
  );
}
