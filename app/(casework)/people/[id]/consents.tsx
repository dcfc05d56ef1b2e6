"use client";
/** Where somebody stands on sharing with other services, in words; asked again, declined or taken back from here. */
import { Modal, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import type { ConsentAnswer, ConsentState, ShownConsent } from "../../../../server/domain/consent";
import { recordConsentSchema } from "../../../../server/domain/consent-input";
import { CHANNEL_LABELS, CHANNELS, type Channel } from "../../../../server/domain/contact-terms";
import { type Day, dayInWords } from "../../../../server/domain/period";
import { SHARE_WORDS, SHARE_WORDS_VERSION } from "../../../../server/domain/share-words";
import { newId } from "../../../_offline/new-id";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultOf, faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { FormActions } from "../../../_ui/form-actions";
import { Icon } from "../../../_ui/icon";
import { Segmented } from "../../../_ui/segmented";
import { answerInWords, askedInWords, stateBrief, stateInWords } from "./consent-words";
import styles from "./rail.module.css";
import { RailSection } from "./rail-section";

interface ConsentsProps {
  clientId: string;
  state: ConsentState;
  history: readonly ShownConsent[];
  today: Day;
}

export function Consents({ clientId, state, history, today }: ConsentsProps) {
  const [asking, setAsking] = useState(false);
  const { lead, rest } = stateInWords(state);
  const [latest] = history.filter(({ forReferral }) => !forReferral);
  const tone = state.answer === "given" ? "yes" : state.answer === "not-asked" ? "open" : "no";
  return (
    <RailSection
      title="Consent"
      brief={stateBrief(state)}
      action={
        <button type="button" className={styles["press"]} onClick={() => setAsking(true)}>
          {state.answer === "given" ? "Change" : "Ask"}
          <span className="visually-hidden"> about sharing</span>
        </button>
      }
    >
      <div className={styles["state"]} data-tone={tone}>
        <Icon name="shield" size={18} />
        <p>
          <strong>{lead}</strong> {rest}
          {latest && <span className={styles["quiet"]}> {askedInWords(latest)}</span>}
        </p>
      </div>
      {history.length > 1 && (
        <details className={styles["history"]}>
          <summary>Everything they said</summary>
          <ul>
            {history.map((answer) => (
              <li key={answer.id}>
                {dayInWords(answer.answeredOn)}: {answerInWords(answer)}.{" "}
                <span className={styles["quiet"]}>{askedInWords(answer)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title="Sharing with other services"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <AskForm clientId={clientId} state={state} today={today} onClose={() => setAsking(false)} />
      </Modal>
    </RailSection>
  );
}

const IDS = { answer: "consent-answer", answeredOn: "consent-day", how: "consent-how" };

function AskForm({
  clientId,
  state,
  today,
  onClose,
}: {
  clientId: string;
  state: ConsentState;
  today: Day;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const router = useRouter();
  const recording = useMutation(trpc.consents.record.mutationOptions());
  const [id] = useState(newId);
  const [answer, setAnswer] = useState<ConsentAnswer | null>(null);
  const [how, setHow] = useState<Channel>("face-to-face");
  const [answeredOn, setAnsweredOn] = useState<Day>(today);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const given = state.answer === "given";

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!answer) {
      return setErrors([{ message: "Choose what they said.", fieldId: IDS.answer }]);
    }
    const read = recordConsentSchema.safeParse({ id, clientId, answer, answeredOn, how });
    if (!read.success) {
      return setErrors(read.error.issues.map(({ message }) => ({ message, fieldId: IDS.answeredOn })));
    }
    try {
      await recording.mutateAsync(read.data);
      onClose();
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error, IDS));
    }
  };

  const choices: { value: ConsentAnswer; label: string }[] = [
    { value: "given", label: "Yes" },
    { value: "declined", label: "No" },
    ...(given ? [{ value: "withdrawn" as const, label: "Takes it back" }] : []),
  ];
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p>Say or show these words:</p>
      <blockquote className={styles["words"]}>{SHARE_WORDS[SHARE_WORDS_VERSION]}</blockquote>
      <div className={form["form"]}>
        <ErrorSummary errors={errors} />
        <div id={IDS.answer} tabIndex={-1}>
          <Segmented label="What did they say?" value={answer} options={choices} onChange={setAnswer} />
        </div>
        {answer === "withdrawn" && (
          <p className={form["note"]}>
            Sharing stops at once. What your organisation records itself goes on: it does not rest on this
            answer.
          </p>
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
          <TextInput
            id={IDS.answeredOn}
            type="date"
            label="On which day?"
            max={today}
            error={faultOf(errors, IDS.answeredOn)}
            value={answeredOn}
            onChange={(event) => setAnsweredOn(event.currentTarget.value)}
          />
        </div>
        <FormActions act="Record the answer" busy={recording.isPending} onLeave={onClose} />
      </div>
    </form>
  );
}
