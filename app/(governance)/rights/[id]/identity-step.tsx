"use client";
/** How somebody showed who they are: as much as is needed, and no papers are kept. */
import { Button, Radio } from "@mantine/core";
import { useState } from "react";
import { IDENTITY_WAYS, identitySchema } from "../../../../server/domain/rights/request";
import { useTRPCClient } from "../../../_trpc/client";
import { ErrorSummary } from "../../../_ui/error-summary";
import { faultOf } from "../../../_ui/faults";
import type { StepProps } from "./request";
import styles from "./request.module.css";
import { useStep } from "./use-step";

export function IdentityStep({ request: { id }, reread }: StepProps) {
  const client = useTRPCClient();
  const step = useStep(reread);
  const [way, setWay] = useState<string | null>(null);
  const save = () => {
    const read = identitySchema.safeParse({ id, way });
    if (!read.success) {
      step.setErrors([{ message: "Choose how they showed who they are.", fieldId: "identity" }]);
      return;
    }
    void step.run(() => client.rights.setIdentity.mutate(read.data));
  };
  return (
    <section className={styles["step"]}>
      <h2>Check who asks</h2>
      <p>
        Ask only for what you need to be sure. If you must ask them for more, stop the clock until they
        answer. Keep no copy of a document.
      </p>
      <ErrorSummary errors={step.errors} />
      <Radio.Group
        label="How did they show who they are?"
        value={way}
        onChange={setWay}
        error={faultOf(step.errors, "identity")}
      >
        {Object.entries(IDENTITY_WAYS).map(([value, label], at) => (
          <Radio key={value} mt={10} {...(at === 0 && { id: "identity" })} value={value} label={label} />
        ))}
      </Radio.Group>
      <Button mt={16} loading={step.busy} onClick={save}>
        It is them
      </Button>
    </section>
  );
}
