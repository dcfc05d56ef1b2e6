/** What a look is for and why now: asked before anything is looked up. */
import { Select, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Purpose } from "../../../server/domain/agreements/agreement";
import { PURPOSE_WORDS } from "../../../server/domain/agreements/in-words";
import {
  LOOK_REASON_LABELS,
  LOOK_REASONS,
  type LookInput,
  type LookReason,
} from "../../../server/domain/agreements/known-to";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultOf } from "../../_ui/faults";
import styles from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";

export type LookWhy = Pick<LookInput, "purpose" | "reason" | "words">;

interface LookFormProps {
  purposes: readonly Purpose[];
  errors: readonly FieldError[];
  busy: boolean;
  onLook: (why: LookWhy) => void;
  onLeave: () => void;
}

export function LookForm({ purposes, errors, busy, onLook, onLeave }: LookFormProps) {
  const [only] = purposes;
  const [purpose, setPurpose] = useState<Purpose | null>(purposes.length === 1 ? (only ?? null) : null);
  const [reason, setReason] = useState<LookReason | null>(null);
  const [words, setWords] = useState("");
  const [missing, setMissing] = useState<readonly FieldError[]>([]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!purpose || !reason) {
      setMissing([
        ...(purpose ? [] : [{ message: "Choose what it is for.", fieldId: "look-purpose" }]),
        ...(reason ? [] : [{ message: "Choose why you look now.", fieldId: "look-reason" }]),
      ]);
      return;
    }
    setMissing([]);
    onLook({ purpose, reason, words: words.trim() || null });
  };

  return (
    <form onSubmit={submit} noValidate>
      <div className={`${styles["form"]} ${styles["inside"]}`}>
        <ErrorSummary errors={missing.length > 0 ? missing : errors} />
        <Select
          id="look-purpose"
          label="What is it for?"
          placeholder="Choose"
          data={purposes.map((value) => ({ value, label: PURPOSE_WORDS[value] }))}
          value={purpose}
          allowDeselect={false}
          error={faultOf(missing, "look-purpose")}
          onChange={(value) => setPurpose(purposes.find((each) => each === value) ?? null)}
        />
        <Select
          id="look-reason"
          label="Why now?"
          placeholder="Choose"
          data={LOOK_REASONS.map((value) => ({ value, label: LOOK_REASON_LABELS[value] }))}
          value={reason}
          allowDeselect={false}
          error={faultOf(missing, "look-reason")}
          onChange={(value) => setReason(LOOK_REASONS.find((each) => each === value) ?? null)}
        />
        <TextInput
          id="look-words"
          label="More, if it helps"
          description="Only your own officer can read this."
          maxLength={300}
          autoComplete="off"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <p className={styles["note"]}>
          You have 20 looks an hour. Whoever answers sees that your organisation looked, and what for.
        </p>
        <FormActions act="Look now" busy={busy} onLeave={onLeave} />
      </div>
    </form>
  );
}
