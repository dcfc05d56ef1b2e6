"use client";
/** A new programme: its name and what its summaries are for. Neither changes later, because others agree to them. */
import { Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { addProgrammeSchema } from "../../../server/domain/programmes";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultOf, faultsIn, faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";

interface AddProgrammeProps {
  onCancel: () => void;
  /** Ends when the list was read again. */
  onAdded: (name: string) => Promise<unknown>;
}

const IDS = { name: "programme-name", purpose: "programme-purpose" };

export function AddProgramme({ onCancel, onAdded }: AddProgrammeProps) {
  const trpc = useTRPC();
  const adding = useMutation(trpc.programmes.add.mutationOptions());
  const [id] = useState(() => newId());
  const [name, setName] = useState("");
  const [purpose, setPurpose] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const read = addProgrammeSchema.safeParse({ id, name, purpose });
    if (!read.success) {
      setErrors(faultsIn(read.error, IDS));
      return;
    }
    try {
      await adding.mutateAsync(read.data);
      await onAdded(read.data.name);
    } catch (error) {
      setErrors(faultsOf(error, IDS));
    }
  };

  return (
    <form
      className={form["card"]}
      style={{ marginTop: 20 }}
      onSubmit={(event) => void submit(event)}
      noValidate
      aria-label="Start a programme"
    >
      <div className={`${form["form"]} ${form["inside"]}`}>
        <ErrorSummary errors={errors} />
        <TextInput
          id={IDS.name}
          label="Name"
          description="As it will stand on its summaries, for example “Homes first”."
          autoComplete="off"
          error={faultOf(errors, IDS.name)}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          id={IDS.purpose}
          label="What its summaries are for"
          description="Every organisation agrees to this, so it cannot be changed later."
          autoComplete="off"
          autosize
          minRows={2}
          error={faultOf(errors, IDS.purpose)}
          value={purpose}
          onChange={(event) => setPurpose(event.currentTarget.value)}
        />
        <FormActions act="Start the programme" busy={adding.isPending} onLeave={onCancel} />
      </div>
    </form>
  );
}
