"use client";
/** A complaint is acknowledged within 30 days. */
import { Button } from "@mantine/core";
import { dayInWords } from "../../../../server/domain/period";
import { useTRPCClient } from "../../../_trpc/client";
import { ErrorSummary } from "../../../_ui/error-summary";
import type { StepProps } from "./request";
import styles from "./request.module.css";
import { useStep } from "./use-step";

export function AcknowledgeStep({ request: { id, clock }, reread }: StepProps) {
  const client = useTRPCClient();
  const step = useStep(reread);
  return (
    <section className={styles["step"]}>
      <h2>Tell them that you have it</h2>
      <p>
        Write to them that their complaint is here and that you look into it
        {clock.acknowledgeBy ? `, by ${dayInWords(clock.acknowledgeBy)}` : ""}. Then note it here.
      </p>
      <ErrorSummary errors={step.errors} />
      <Button
        loading={step.busy}
        onClick={() => void step.run(() => client.rights.acknowledge.mutate({ id }))}
      >
        I have told them
      </Button>
    </section>
  );
}
