"use client";
/** How long each kind of record is kept, on what that rests, and changing it. */
import { Button, NumberInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { RECORD_TYPES, type RetentionRule, setRuleSchema } from "../../../../server/domain/rights/retention";
import { useTRPCClient } from "../../../_trpc/client";
import form from "../../../_ui/form.module.css";
import { FormActions } from "../../../_ui/form-actions";
import rows from "../../../_ui/rows.module.css";
import styles from "../[id]/request.module.css";
import type { StepWork } from "../[id]/use-step";
import own from "./old-records.module.css";

/** "6 years", "18 months". */
function monthsInWords(months: number): string {
  if (months % 12 !== 0) return `${months} months`;
  return months === 12 ? "1 year" : `${months / 12} years`;
}

export function Rules({ rules, step }: { rules: readonly RetentionRule[]; step: StepWork }) {
  const [editing, setEditing] = useState<string | null>(null);
  return (
    <section className={styles["block"]}>
      <h2>How long records are kept</h2>
      <ul className={rows["card"]}>
        {rules.map((rule) => (
          <li key={rule.recordType}>
            <div className={rows["line"]}>
              <span className={rows["words"]}>
                <strong>
                  {RECORD_TYPES[rule.recordType].label}:{" "}
                  {rule.recordType === "child" && "until their 25th birthday, and at least "}
                  {monthsInWords(rule.months)} after the last thing that happened
                </strong>
                <small>
                  {rule.source}
                  {rule.isDefault && " (unless you say otherwise)"}
                </small>
              </span>
              {editing !== rule.recordType && (
                <Button
                  variant="subtle"
                  aria-label={`Change ${RECORD_TYPES[rule.recordType].label}`}
                  onClick={() => setEditing(rule.recordType)}
                >
                  Change
                </Button>
              )}
            </div>
            {editing === rule.recordType && (
              <RuleForm rule={rule} step={step} onDone={() => setEditing(null)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function RuleForm({ rule, step, onDone }: { rule: RetentionRule; step: StepWork; onDone: () => void }) {
  const client = useTRPCClient();
  const [months, setMonths] = useState<number | string>(rule.months);
  const [source, setSource] = useState(rule.source);
  const save = async () => {
    const read = setRuleSchema.safeParse({ recordType: rule.recordType, months, source });
    if (!read.success) {
      step.setErrors(read.error.issues.map(({ message }) => ({ message })));
      return;
    }
    if (await step.run(() => client.rights.setRule.mutate(read.data))) onDone();
  };
  return (
    <div className={`${form["form"]} ${own["rule"]}`}>
      <NumberInput label="Months" min={6} max={1200} value={months} onChange={setMonths} />
      <TextInput
        label="Which law or policy says so?"
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
      />
      <FormActions act="Keep this rule" busy={step.busy} onPress={() => void save()} onLeave={onDone} />
    </div>
  );
}
