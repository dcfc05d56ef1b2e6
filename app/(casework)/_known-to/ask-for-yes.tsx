"use client";
/** Asking somebody who is there whether whoever knows them may share: only a yes is handed on. */
import { Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { CHANNEL_LABELS, CHANNELS, type Channel } from "../../../server/domain/contact-terms";
import { SHARE_WORDS, SHARE_WORDS_VERSION } from "../../../server/domain/share-words";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";
import rail from "../people/[id]/rail.module.css";

interface AskForYesProps {
  lookId: string;
  /** Looks again, now that they said yes; false when that failed. */
  onSaid: () => Promise<boolean>;
  onLeave: () => void;
}

export function AskForYes({ lookId, onSaid, onLeave }: AskForYesProps) {
  const trpc = useTRPC();
  const passing = useMutation(trpc.sharing.passOnYes.mutationOptions());
  const [how, setHow] = useState<Channel>("face-to-face");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setErrors([]);
    try {
      await passing.mutateAsync({ lookId, how });
      if (!(await onSaid())) onLeave();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p>You ask for those who know them. Say or show these words:</p>
      <blockquote className={rail["words"]}>{SHARE_WORDS[SHARE_WORDS_VERSION]}</blockquote>
      <div className={form["form"]}>
        <ErrorSummary errors={errors} />
        <Select
          id="yes-how"
          label="How did you ask?"
          data={CHANNELS.map((value) => ({ value, label: CHANNEL_LABELS[value] }))}
          value={how}
          allowDeselect={false}
          onChange={(value) => setHow(CHANNELS.find((each) => each === value) ?? how)}
        />
        <p className={form["note"]}>
          Their yes is kept by those who know them, who see that you asked. It does not undo a no that they
          said there: then that team asks again itself. If they say no to you, press Cancel.
        </p>
        <FormActions act="They said yes" busy={passing.isPending} onLeave={onLeave} />
      </div>
    </form>
  );
}
