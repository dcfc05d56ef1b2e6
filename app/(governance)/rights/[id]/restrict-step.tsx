"use client";
/** Holding use back: the record stays, is not erased, and everybody who must know is told by the officer. */
import { useTRPCClient } from "../../../_trpc/client";
import { ErrorSummary } from "../../../_ui/error-summary";
import { HoldForm } from "./erase-step";
import type { StepProps } from "./request";
import styles from "./request.module.css";
import { useStep } from "./use-step";

const RESTRICTION = [{ value: "restriction", label: "The person asked us to hold use back" }];

export function RestrictStep({ request, reread }: StepProps) {
  const client = useTRPCClient();
  const step = useStep(reread);
  if (request.next === "answer") return null;
  return (
    <section className={styles["step"]}>
      <h2>Hold use back</h2>
      <p>
        The record is kept as it is and cannot be erased. Sharing under agreements stops at once, except where
        there is a duty to protect somebody. If they do not want to be counted either, note an objection as
        well.
      </p>
      <ErrorSummary errors={step.errors} />
      {request.people.slice(0, 1).map(({ clientId }) => (
        <HoldForm
          key={clientId}
          clientId={clientId}
          kinds={RESTRICTION}
          busy={step.busy}
          onPlace={(hold) => void step.run(() => client.rights.placeHold.mutate(hold))}
        />
      ))}
    </section>
  );
}
