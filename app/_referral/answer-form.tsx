"use client";
/**
 * The next step of a referral: one button where a press is enough, a short form where a reason or an outcome is
 * needed. The same for the service that received it, for whoever holds its link, and for a sender who was told.
 */
import { Button, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import {
  DECLINE_REASONS,
  type DeclineReason,
  OUTCOMES,
  type Outcome,
  type ReferralStep,
} from "../../server/domain/referral";
import { ANSWER_LENGTH, DECLINE_WORDS, OUTCOME_WORDS } from "../../server/domain/referral-input";
import type { ReferredIssue } from "../../server/domain/referral-shown";
import { newId } from "../_offline/new-id";
import { ErrorSummary, type FieldError } from "../_ui/error-summary";
import { faultOf, faultsOf } from "../_ui/faults";
import form from "../_ui/form.module.css";
import { Segmented } from "../_ui/segmented";
import { nameOf } from "../_words/issue-words";
import styles from "./referral.module.css";

/** A step as it is sent. */
export interface Answer {
  eventId: string;
  step: ReferralStep;
  reason: DeclineReason | null;
  words: string;
  outcomes: Outcome[];
  /** Of whoever holds the link, or of whoever told the sender. */
  name: string;
}

/** Who answers: a member of the service, whoever holds the link, or the sender who was told. */
type Who = "member" | "link" | "told";

const BUTTONS: Readonly<Record<ReferralStep, { here: string; told: string }>> = {
  accepted: { here: "Accept", told: "They accept" },
  declined: { here: "Decline", told: "They decline" },
  started: { here: "Help has started", told: "Help has started" },
  completed: { here: "Complete", told: "It is complete" },
  "lost-touch": { here: "We lost touch", told: "They lost touch" },
  withdrawn: { here: "Take it back", told: "Take it back" },
};

/** Steps that one press is enough for, when nothing else must be said. */
const AT_ONCE: readonly ReferralStep[] = ["accepted", "started"];
const FIRST_CHOICES: readonly ReferralStep[] = ["accepted", "started", "completed"];

const FIELDS: Readonly<Record<string, string>> = {
  reason: "decline-reason-full",
  words: "answer-words",
  name: "answer-name",
  heardFrom: "answer-name",
};

interface AnswerFormProps {
  who: Who;
  /** The first step is the one thing to do on the page. */
  isFirst: boolean;
  steps: readonly ReferralStep[];
  issues: readonly ReferredIssue[];
  /** Sends the answer; says what to tell when it did not stand. */
  onAnswer: (answer: Answer) => Promise<string | null>;
}

export function AnswerForm({ who, isFirst, steps, issues, onAnswer }: AnswerFormProps) {
  const [chosen, setChosen] = useState<ReferralStep | null>(null);
  const [eventId, setEventId] = useState(newId);
  const [reason, setReason] = useState<DeclineReason | null>(null);
  const [words, setWords] = useState("");
  const [name, setName] = useState("");
  const [outcomes, setOutcomes] = useState<readonly (Outcome | null)[]>(issues.map(() => null));
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [sending, setSending] = useState<ReferralStep | null>(null);
  if (steps.length === 0) return null;

  const send = async (step: ReferralStep) => {
    const faults = faultsIn({ step, who, name, reason, outcomes });
    setErrors(faults);
    if (faults.length > 0) return;
    setSending(step);
    try {
      const said = outcomes.filter((outcome) => outcome !== null);
      const told = await onAnswer({
        ...{ eventId, step, reason, words, name },
        outcomes: step === "completed" ? said : [],
      });
      setErrors(told ? [{ message: told }] : []);
      setChosen(null);
      setWords("");
      setEventId(newId());
    } catch (error) {
      setErrors(faultsOf(error, FIELDS));
    } finally {
      setSending(null);
    }
  };
  const press = (step: ReferralStep) => {
    setErrors([]);
    if (who !== "told" && AT_ONCE.includes(step)) void send(step);
    else setChosen(step);
  };
  const label = (step: ReferralStep) => (who === "told" ? BUTTONS[step].told : BUTTONS[step].here);

  return (
    <form
      className={styles["answer"]}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (chosen) void send(chosen);
      }}
    >
      <ErrorSummary errors={errors} />
      {(who === "link" || (who === "told" && chosen)) && (
        <TextInput
          id="answer-name"
          label={who === "link" ? "Your name" : "Who told you? (optional)"}
          description={who === "link" ? "So that the sender knows whom to ask." : undefined}
          autoComplete={who === "link" ? "name" : "off"}
          error={faultOf(errors, "answer-name")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      {chosen === null && (
        <div className={form["actions"]}>
          {steps.map((step, at) => (
            <Button
              key={step}
              variant={at === 0 && isFirst && FIRST_CHOICES.includes(step) ? "filled" : "default"}
              loading={sending === step}
              disabled={sending !== null && sending !== step}
              onClick={() => press(step)}
            >
              {label(step)}
            </Button>
          ))}
        </div>
      )}
      {chosen === "declined" && (
        <fieldset>
          <legend className={styles["question"]}>Why?</legend>
          {who !== "told" && (
            <p className={styles["minor"]}>The sender is told, and looks for another way.</p>
          )}
          {DECLINE_REASONS.map((each) => (
            <label key={each} className={styles["option"]}>
              <input
                type="radio"
                id={`decline-reason-${each}`}
                name="decline-reason"
                checked={reason === each}
                onChange={() => setReason(each)}
              />
              <span className={styles["optionWords"]}>{DECLINE_WORDS[each]}</span>
            </label>
          ))}
        </fieldset>
      )}
      {chosen === "completed" &&
        issues.map(({ need, label: own }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the issues of a referral never change their order
          <div key={at}>
            <p className={styles["question"]}>{nameOf(need, own)}</p>
            <Segmented
              label={`What came of ${nameOf(need, own)}`}
              value={outcomes[at] ?? null}
              options={OUTCOMES.map((value) => ({ value, label: OUTCOME_WORDS[value] }))}
              onChange={(value) => setOutcomes(outcomes.map((old, each) => (each === at ? value : old)))}
            />
          </div>
        ))}
      {chosen !== null && (
        <>
          {chosen !== "withdrawn" && (
            <Textarea
              id="answer-words"
              label="Anything to add? (optional)"
              description="The other side reads this. No names of other people, please."
              maxLength={ANSWER_LENGTH}
              autosize
              minRows={2}
              error={faultOf(errors, "answer-words")}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
          )}
          {chosen === "withdrawn" && (
            <p>The service sees that you took it back, and the person’s details no more.</p>
          )}
          <div className={form["actions"]}>
            <Button type="submit" loading={sending !== null}>
              {label(chosen)}
            </Button>
            <Button
              variant="subtle"
              onClick={() => {
                setChosen(null);
                setErrors([]);
              }}
            >
              Back
            </Button>
          </div>
        </>
      )}
    </form>
  );
}

function faultsIn({
  step,
  who,
  name,
  reason,
  outcomes,
}: {
  step: ReferralStep;
  who: Who;
  name: string;
  reason: DeclineReason | null;
  outcomes: readonly (Outcome | null)[];
}): FieldError[] {
  const faults: FieldError[] = [];
  if (who === "link" && name.trim().length < 2) {
    faults.push({ message: "Enter your name.", fieldId: "answer-name" });
  }
  if (step === "declined" && reason === null) {
    faults.push({
      message: "Say why, so that the sender can find another way.",
      fieldId: "decline-reason-full",
    });
  }
  if (step === "completed" && outcomes.some((outcome) => outcome === null)) {
    faults.push({ message: "Say what came of each issue." });
  }
  return faults;
}
