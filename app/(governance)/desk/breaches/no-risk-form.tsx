"use client";
/** Asks why nobody is at risk, before it is decided that the Information Commissioner is not told. */
import { Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type BreachStep, breachStepSchema, MOST_BREACH_WORDS } from "../../../../server/domain/breach";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultOf, faultsIn } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { FormActions } from "../../../_ui/form-actions";

/** Fields by what the schema calls them. */
export const NO_RISK_IDS = { reason: "no-risk-reason" } as const;

interface NoRiskFormProps {
  breachId: string;
  /** What the server said against it. */
  faults: readonly FieldError[];
  busy: boolean;
  onDecide: (step: BreachStep) => void;
  onLeave: () => void;
}

export function NoRiskForm({ breachId, faults, busy, onDecide, onLeave }: NoRiskFormProps) {
  const [reason, setReason] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const decide = (event: FormEvent) => {
    event.preventDefault();
    const read = breachStepSchema.safeParse({ id: breachId, step: "commissioner-no-risk", reason });
    setErrors(read.success ? [] : faultsIn(read.error, NO_RISK_IDS));
    if (read.success) onDecide(read.data);
  };
  const shown = errors.length > 0 ? errors : faults;
  return (
    <form onSubmit={decide} noValidate>
      <p>
        If nobody is likely to come to harm, the Commissioner need not be told. The law asks you to keep why.
      </p>
      <div className={form["form"]}>
        <ErrorSummary errors={shown} />
        <Textarea
          id={NO_RISK_IDS.reason}
          label="Why is nobody at risk?"
          description="Say what happened, what could come of it for the people, and what you did about it."
          maxLength={MOST_BREACH_WORDS}
          autosize
          minRows={3}
          data-autofocus
          error={faultOf(shown, NO_RISK_IDS.reason)}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <FormActions act="Keep this decision" busy={busy} onLeave={onLeave} />
      </div>
    </form>
  );
}
