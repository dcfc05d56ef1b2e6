"use client";
/**
 * Asks somebody whether what they need may be shared: the words to read out, then yes, no, or not now. No answer is
 * chosen beforehand. Opened where the need arises: on a record, from the card of who else knows them, from the day.
 */
import { Modal, Select, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import {
  CAPACITIES,
  CAPACITY_LABELS,
  type Capacity,
  CHILD_LABELS,
  type ChildAnswer,
  type ConsentAnswer,
  childAnswersFor,
} from "../../../server/domain/consent";
import { recordConsentSchema } from "../../../server/domain/consent-input";
import { CHANNEL_LABELS, CHANNELS, type Channel } from "../../../server/domain/contact-terms";
import { ageOn, type Day } from "../../../server/domain/period";
import { SHARE_WORDS, SHARE_WORDS_VERSION } from "../../../server/domain/share-words";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import { DayField } from "../../_ui/day-field";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultOf, faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";
import { Segmented } from "../../_ui/segmented";
import styles from "./ask-to-share.module.css";

interface AskToShareProps {
  opened: boolean;
  clientId: string;
  dateOfBirth: Day | null;
  today: Day;
  onClose: () => void;
  /** Called once the answer is written down. */
  onAnswered: (answer: ConsentAnswer) => void;
}

export function AskToShare({ opened, onClose, ...asked }: AskToShareProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Sharing with other services"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <AskForm {...asked} onClose={onClose} />
    </Modal>
  );
}

const IDS = {
  answer: "consent-answer",
  answeredOn: "consent-day",
  how: "consent-how",
  child: "consent-child",
  capacity: "consent-capacity",
  capacityNote: "consent-note",
};

const ANSWERS: { value: ConsentAnswer; label: string }[] = [
  { value: "given", label: "Yes" },
  { value: "declined", label: "No" },
];

function AskForm({ clientId, dateOfBirth, today, onClose, onAnswered }: Omit<AskToShareProps, "opened">) {
  const trpc = useTRPC();
  const recording = useMutation(trpc.consents.record.mutationOptions());
  const [id] = useState(newId);
  const [answer, setAnswer] = useState<ConsentAnswer | null>(null);
  const [how, setHow] = useState<Channel>("face-to-face");
  const [answeredOn, setAnsweredOn] = useState<Day | "">(today);
  const [capacity, setCapacity] = useState<Capacity>("decided");
  const [capacityNote, setCapacityNote] = useState("");
  const [child, setChild] = useState<ChildAnswer | null>(null);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const childAnswers = dateOfBirth === null ? null : childAnswersFor(ageOn(answeredOn || today, dateOfBirth));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const missing: FieldError[] = [];
    if (!answer) missing.push({ message: "Choose what they said.", fieldId: IDS.answer });
    if (answer === "given" && childAnswers && child === null) {
      missing.push({ message: "Say who was asked: they are under 16.", fieldId: IDS.child });
    }
    if (missing.length > 0) return setErrors(missing);
    const read = recordConsentSchema.safeParse({
      ...{ id, clientId, answer, answeredOn, how, capacity },
      capacityNote: capacityNote.trim() === "" ? null : capacityNote,
      child: answer === "given" && childAnswers ? child : null,
    });
    if (!read.success) {
      return setErrors(
        read.error.issues.map(({ message, path }) => ({
          message,
          fieldId: path[0] === "capacityNote" ? IDS.capacityNote : IDS.answeredOn,
        })),
      );
    }
    try {
      await recording.mutateAsync(read.data);
      onAnswered(read.data.answer);
    } catch (error) {
      setErrors(faultsOf(error, IDS));
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p>Say or show these words:</p>
      <blockquote className={styles["words"]}>{SHARE_WORDS[SHARE_WORDS_VERSION]}</blockquote>
      <div className={form["form"]}>
        <ErrorSummary errors={errors} />
        <div id={IDS.answer} tabIndex={-1}>
          <Segmented label="What did they say?" value={answer} options={ANSWERS} onChange={setAnswer} />
        </div>
        {answer === "given" && childAnswers && (
          <div id={IDS.child} tabIndex={-1}>
            <p className={styles["question"]}>They are under 16. Who was asked?</p>
            <div className={styles["choices"]}>
              {childAnswers.map((value) => (
                <label key={value} className={styles["choice"]}>
                  <input
                    type="radio"
                    name="consent-child"
                    checked={child === value}
                    onChange={() => setChild(value)}
                  />
                  <span>{CHILD_LABELS[value]}</span>
                </label>
              ))}
            </div>
          </div>
        )}
        <div className={form["beside"]}>
          <Select
            id={IDS.how}
            label="How?"
            data={CHANNELS.map((value) => ({ value, label: CHANNEL_LABELS[value] }))}
            value={how}
            allowDeselect={false}
            onChange={(value) => {
              const chosen = CHANNELS.find((each) => each === value);
              if (chosen) setHow(chosen);
            }}
          />
          <DayField
            id={IDS.answeredOn}
            label="On which day?"
            error={faultOf(errors, IDS.answeredOn)}
            value={answeredOn}
            onChange={setAnsweredOn}
          />
        </div>
        <Select
          id={IDS.capacity}
          label="How did they decide?"
          data={CAPACITIES.map((value) => ({ value, label: CAPACITY_LABELS[value] }))}
          value={capacity}
          allowDeselect={false}
          onChange={(value) => {
            const chosen = CAPACITIES.find((each) => each === value);
            if (chosen) setCapacity(chosen);
          }}
        />
        {capacity !== "decided" && (
          <Textarea
            id={IDS.capacityNote}
            label={
              capacity === "best-interests"
                ? "Who decided for them, and why?"
                : "Who supported them? (optional)"
            }
            autosize
            minRows={2}
            maxLength={500}
            error={faultOf(errors, IDS.capacityNote)}
            value={capacityNote}
            onChange={(event) => setCapacityNote(event.currentTarget.value)}
          />
        )}
        <FormActions act="Record the answer" busy={recording.isPending} leave="Not now" onLeave={onClose} />
      </div>
    </form>
  );
}
