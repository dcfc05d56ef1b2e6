"use client";
/** A new instrument: a name, a scale and which way is better. Its wording stays with whoever holds the licence. */
import { TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { addInstrumentSchema, type ScoreDirection } from "../../../server/domain/instrument";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultOf, faultsIn, faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";
import { Segmented } from "../../_ui/segmented";

interface AddInstrumentProps {
  onCancel: () => void;
  /** Ends when the list was read again. */
  onAdded: (name: string) => Promise<unknown>;
}

const IDS = {
  name: "instrument-name",
  lowest: "instrument-lowest",
  highest: "instrument-highest",
  step: "instrument-step",
};
const DIRECTIONS = [
  { value: "higher-better", label: "Higher is better" },
  { value: "lower-better", label: "Lower is better" },
] as const;

const numberOf = (text: string) => (text.trim() === "" ? Number.NaN : Number(text.trim().replace(",", ".")));

export function AddInstrument({ onCancel, onAdded }: AddInstrumentProps) {
  const trpc = useTRPC();
  const adding = useMutation(trpc.instruments.add.mutationOptions());
  const [id] = useState(() => newId());
  const [name, setName] = useState("");
  const [scale, setScale] = useState({ lowest: "", highest: "", step: "1" });
  const [direction, setDirection] = useState<ScoreDirection>("higher-better");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const read = addInstrumentSchema.safeParse({
      ...{ id, name, direction },
      lowest: numberOf(scale.lowest),
      highest: numberOf(scale.highest),
      step: numberOf(scale.step),
    });
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
  const field = (which: "lowest" | "highest" | "step", label: string) => (
    <TextInput
      id={IDS[which]}
      label={label}
      inputMode="decimal"
      autoComplete="off"
      error={faultOf(errors, IDS[which])}
      value={scale[which]}
      onChange={(event) => setScale({ ...scale, [which]: event.currentTarget.value })}
    />
  );

  return (
    <form
      className={form["card"]}
      style={{ marginTop: 16 }}
      onSubmit={(event) => void submit(event)}
      noValidate
      aria-label="Add an instrument"
    >
      <div className={`${form["form"]} ${form["inside"]}`}>
        <ErrorSummary errors={errors} />
        <p className={form["note"]}>
          Most instruments are licensed. Enter its name and scale only: do not paste its questions or wording.
          Common Need keeps the scores and nothing else.
        </p>
        <TextInput
          id={IDS.name}
          label="Name"
          description="As your team calls it, for example “Wellbeing, short form”."
          autoComplete="off"
          maxLength={80}
          error={faultOf(errors, IDS.name)}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={form["beside"]}>
          {field("lowest", "Lowest score")}
          {field("highest", "Highest score")}
        </div>
        {field("step", "Steps between scores")}
        <Segmented
          label="Which way is better"
          value={direction}
          options={DIRECTIONS}
          onChange={setDirection}
        />
        <FormActions act="Add the instrument" busy={adding.isPending} onLeave={onCancel} />
      </div>
    </form>
  );
}
