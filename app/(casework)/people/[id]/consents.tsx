"use client";
/** Where somebody stands on sharing with other services, in words: asked from here, and taken back with one press. */
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ConsentState, ShownConsent } from "../../../../server/domain/consent";
import { type Day, dayInWords } from "../../../../server/domain/period";
import { newId } from "../../../_offline/new-id";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import { Icon } from "../../../_ui/icon";
import { endedInWords } from "../../../_words/ended-sharing";
import { AskToShare } from "../../_consent/ask-to-share";
import { answerInWords, askedInWords, decidedInWords, stateBrief, stateInWords } from "./consent-words";
import styles from "./rail.module.css";
import { RailSection } from "./rail-section";

interface ConsentsProps {
  clientId: string;
  dateOfBirth: Day | null;
  state: ConsentState;
  history: readonly ShownConsent[];
  today: Day;
}

export function Consents({ clientId, dateOfBirth, state, history, today }: ConsentsProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const recording = useMutation(trpc.consents.record.mutationOptions());
  const [asking, setAsking] = useState(false);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [said, setSaid] = useState<string | null>(null);
  const { lead, rest } = stateInWords(state);
  const [latest] = history.filter(({ forReferral }) => !forReferral);
  const tone = state.answer === "given" ? "yes" : state.answer === "not-asked" ? "open" : "no";

  const stop = async () => {
    setErrors([]);
    try {
      const { ended } = await recording.mutateAsync({
        ...{ id: newId(), clientId, answer: "withdrawn", answeredOn: today, how: "face-to-face" },
      });
      setSaid(endedInWords(ended));
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  return (
    <RailSection
      title="Consent"
      brief={stateBrief(state)}
      action={
        <button type="button" className={styles["press"]} onClick={() => setAsking(true)}>
          {state.answer === "given" ? "Ask again" : "Ask"}
          <span className="visually-hidden"> about sharing</span>
        </button>
      }
    >
      <div className={styles["state"]} data-tone={tone}>
        <Icon name="shield" size={18} />
        <p>
          <strong>{lead}</strong> {rest}
          {latest && <span className={styles["quiet"]}> {askedInWords(latest)}</span>}
          {latest && decidedInWords(latest) && (
            <span className={styles["quiet"]}> {decidedInWords(latest)}</span>
          )}
        </p>
      </div>
      <ErrorSummary errors={errors} />
      {state.answer === "given" && (
        <>
          <button
            type="button"
            className={`${styles["press"]} no-print`}
            disabled={recording.isPending}
            onClick={() => void stop()}
          >
            They take it back: stop sharing
          </button>
          <p className={`${styles["quiet"]} no-print`}>
            Referrals that nobody has taken up are taken back. Services that have are told to pass nothing on.
          </p>
        </>
      )}
      <p role="status" className={styles["quiet"]}>
        {said && `${said} What your organisation records itself goes on: it does not rest on this answer.`}
      </p>
      {history.length > 1 && (
        <details className={styles["history"]}>
          <summary>Everything they said</summary>
          <ul>
            {history.map((answer) => (
              <li key={answer.id}>
                {dayInWords(answer.answeredOn)}: {answerInWords(answer)}.{" "}
                <span className={styles["quiet"]}>
                  {askedInWords(answer)} {decidedInWords(answer)} Words {answer.wordsVersion}.
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <AskToShare
        opened={asking}
        {...{ clientId, dateOfBirth, today }}
        onClose={() => setAsking(false)}
        onAnswered={() => {
          setAsking(false);
          setSaid(null);
          router.refresh();
        }}
      />
    </RailSection>
  );
}
