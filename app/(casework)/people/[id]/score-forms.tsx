"use client";
/** Recording a score, and voiding one with a reason. */
import { Modal, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import {
  DIRECTION_WORDS,
  type Instrument,
  type ShownScore,
  scoreFault,
} from "../../../../server/domain/instrument";
import { type Day, isDay } from "../../../../server/domain/period";
import { newId } from "../../../_offline/new-id";
import { useTRPC } from "../../../_trpc/client";
import { dayNear } from "../../../_ui/dates";
import { DayField } from "../../../_ui/day-field";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultOf, faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { FormActions } from "../../../_ui/form-actions";
import { VoidWindow } from "./void-form";

interface ScoreFormProps {
  opened: boolean;
  clientId: string;
  /** Those that take scores. */
  instruments: readonly Instrument[];
  today: Day;
  onClose: () => void;
  onSaved: (words: string) => Promise<unknown>;
}

export function ScoreForm({ opened, onClose, ...rest }: ScoreFormProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Record a score"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {opened && <ScoreFields onClose={onClose} {...rest} />}
    </Modal>
  );
}

const IDS = { score: "score-value", scoredOn: "score-day" };

function ScoreFields({ clientId, instruments, today, onClose, onSaved }: Omit<ScoreFormProps, "opened">) {
  const trpc = useTRPC();
  const recording = useMutation(trpc.instruments.record.mutationOptions());
  const [id] = useState(newId);
  const [instrumentId, setInstrumentId] = useState(instruments[0]?.id ?? "");
  const [text, setText] = useState("");
  const [scoredOn, setScoredOn] = useState<Day | "">(today);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const instrument = instruments.find((each) => each.id === instrumentId);
  if (!instrument) return null;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const score = Number(text.trim().replace(",", "."));
    if (text.trim() === "" || Number.isNaN(score)) {
      return setErrors([{ message: "Enter the score as a number.", fieldId: IDS.score }]);
    }
    if (!isDay(scoredOn)) return setErrors([{ message: "Enter the day.", fieldId: IDS.scoredOn }]);
    const faults = scoreFault(instrument, { score, scoredOn }, today);
    if (faults) {
      const [[field, message] = ["", ""]] = Object.entries(faults);
      return setErrors([{ message, fieldId: field === "score" ? IDS.score : IDS.scoredOn }]);
    }
    try {
      await recording.mutateAsync({ id, instrumentId, clientId, scoredOn, score });
      await onSaved(`Recorded: ${instrument.name}, ${score}.`);
      onClose();
    } catch (error) {
      setErrors(faultsOf(error, IDS));
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <div className={`${form["form"]} ${form["inside"]}`}>
        <ErrorSummary errors={errors} />
        {instruments.length > 1 && (
          <Select
            label="Instrument"
            data={instruments.map(({ id: value, name }) => ({ value, label: name }))}
            value={instrumentId}
            onChange={(value) => setInstrumentId(value ?? instrumentId)}
          />
        )}
        <TextInput
          id={IDS.score}
          label={instruments.length > 1 ? "Score" : `Score of ${instrument.name}`}
          description={`From ${instrument.lowest} to ${instrument.highest}; ${DIRECTION_WORDS[instrument.direction]}.`}
          inputMode="decimal"
          autoComplete="off"
          data-autofocus
          error={faultOf(errors, IDS.score)}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <DayField
          id={IDS.scoredOn}
          label="Day"
          error={faultOf(errors, IDS.scoredOn)}
          value={scoredOn}
          onChange={setScoredOn}
        />
        <FormActions act="Record the score" busy={recording.isPending} onLeave={onClose} />
      </div>
    </form>
  );
}

interface VoidScoreProps {
  of: { score: ShownScore; instrument: Instrument } | null;
  today: Day;
  onClose: () => void;
  onSaved: (words: string) => Promise<unknown>;
}

/** Asks why before a score is voided. */
export function VoidScore({ of, today, onClose, onSaved }: VoidScoreProps) {
  const trpc = useTRPC();
  const voiding = useMutation(trpc.instruments.void.mutationOptions());
  const voidIt = async (reason: string) => {
    if (!of) return;
    await voiding.mutateAsync({ id: of.score.id, reason });
    await onSaved(`Voided: ${of.instrument.name}, ${of.score.score}.`);
  };
  return (
    <VoidWindow
      isOpen={of !== null}
      what="score"
      example="read off the wrong line"
      onVoid={voidIt}
      onClose={onClose}
    >
      {of && `${of.instrument.name}, ${of.score.score} on ${dayNear(of.score.scoredOn, today)}, `}
      will count nowhere. It stays in the record, struck through, with your reason.
    </VoidWindow>
  );
}
