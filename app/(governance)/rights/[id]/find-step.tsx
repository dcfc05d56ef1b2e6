"use client";
/** Finds the records that a request is about, among the organisation's own people. */
import { useTRPCClient } from "../../../_trpc/client";
import { ErrorSummary } from "../../../_ui/error-summary";
import { FindPerson } from "../../looks/find-person";
import type { StepProps } from "./request";
import styles from "./request.module.css";
import { useStep } from "./use-step";

export function FindStep({ request: { id }, reread }: StepProps) {
  const client = useTRPCClient();
  const step = useStep(reread);
  return (
    <section className={styles["step"]}>
      <h2>Find their record</h2>
      <p>
        Only what tells two people apart is shown. Is nobody found by name, try the date of birth or a
        reference. If there is no record at all, that is the answer.
      </p>
      <ErrorSummary errors={step.errors} />
      <FindPerson
        act="It is this one"
        onChoose={(clientId) =>
          void step.run(() => client.rights.setPerson.mutate({ id, clientId, isTheirs: true }))
        }
      />
    </section>
  );
}
