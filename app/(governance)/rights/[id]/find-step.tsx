"use client";
/** Finds the records that a request is about, among the organisation's own people. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTRPCClient } from "../../../_trpc/client";
import { ErrorSummary } from "../../../_ui/error-summary";
import { FindPerson } from "../../looks/find-person";
import { AnswerStep } from "./answer-step";
import type { StepProps } from "./request";
import styles from "./request.module.css";
import { useStep } from "./use-step";

export function FindStep(props: StepProps) {
  const {
    request: { id },
    reread,
  } = props;
  const [isNobody, setNobody] = useState(false);
  const client = useTRPCClient();
  const step = useStep(reread);
  if (isNobody) return <AnswerStep {...props} />;
  return (
    <section className={styles["step"]}>
      <h2>Find their record</h2>
      <p>
        Only what tells two people apart is shown. If nobody is found by name, try the date of birth or a
        reference.
      </p>
      <ErrorSummary errors={step.errors} />
      <FindPerson
        act="It is this one"
        onChoose={(clientId) =>
          void step.run(() => client.rights.setPerson.mutate({ id, clientId, isTheirs: true }))
        }
      />
      <Button mt={16} variant="subtle" onClick={() => setNobody(true)}>
        There is no record of them
      </Button>
    </section>
  );
}
