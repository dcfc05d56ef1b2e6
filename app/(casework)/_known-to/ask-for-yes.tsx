"use client";
/**
 * Asking somebody who is there about sharing: their yes is written down here, and those who know them are told of it. They
 * ask themselves before they show more.
 */
import { Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { CHANNEL_LABELS, CHANNELS, type Channel } from "../../../server/domain/contact-terms";
import type { Day } from "../../../server/domain/period";
import { SHARE_WORDS, SHARE_WORDS_VERSION } from "../../../server/domain/share-words";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";
import rail from "../people/[id]/rail.module.css";

interface AskForYesProps {
  clientId: string;
  lookId: string;
  today: Day;
  /** Their yes is written down, and the others have been told. */
  onSaid: () => void;
  onLeave: () => void;
}

export function AskForYes({ clientId, lookId, today, onSaid, onLeave }: AskForYesProps) {
  const trpc = useTRPC();
  const recording = useMutation(trpc.consents.record.mutationOptions());
  const passing = useMutation(trpc.sharing.passOnYes.mutationOptions());
  // One id for the form: pressed again after a fault, the yes is written down once.
  const [consentId] = useState(newId);
  const [how, setHow] = useState<Channel>("face-to-face");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setErrors([]);
    try {
      await recording.mutateAsync({ id: consentId, clientId, answer: "given", answeredOn: today, how });
      await passing.mutateAsync({ lookId, how });
      onSaid();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p>Say or show these words:</p>
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
          Their yes is written down here, and those who know them are told. They show more once they have
          noted it themselves. If they say no to you, press Cancel.
        </p>
        <FormActions act="They said yes" busy={recording.isPending || passing.isPending} onLeave={onLeave} />
      </div>
    </form>
  );
}
