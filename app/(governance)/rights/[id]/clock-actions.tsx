"use client";
/** Stops and moves the clock of a request, and refuses it: what is not the next step, and is needed sometimes. */
import { Button, Select, Textarea } from "@mantine/core";
import { useState } from "react";
import {
  answerSchema,
  EXTENSION_REASONS,
  extendSchema,
  PAUSE_REASONS,
  pauseSchema,
  REFUSAL_REASONS,
} from "../../../../server/domain/rights/request";
import { useTRPCClient } from "../../../_trpc/client";
import { ErrorSummary } from "../../../_ui/error-summary";
import form from "../../../_ui/form.module.css";
import { FormActions } from "../../../_ui/form-actions";
import type { StepProps } from "./request";
import styles from "./request.module.css";
import { useStep } from "./use-step";

type Asking = "pause" | "extend" | "refuse" | "withdraw" | null;

const choices = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

const QUESTIONS = {
  pause: { label: "Why does the clock stand?", act: "Stop the clock", reasons: choices(PAUSE_REASONS) },
  extend: {
    label: "Why does it take longer?",
    act: "Take two more months",
    reasons: choices(EXTENSION_REASONS),
  },
  refuse: { label: "Why is it refused?", act: "Refuse it", reasons: choices(REFUSAL_REASONS) },
  withdraw: { label: "", act: "They took it back", reasons: [] },
} as const;

export function ClockActions({ request, reread }: StepProps) {
  const client = useTRPCClient();
  const step = useStep(reread);
  const [asking, setAsking] = useState<Asking>(null);
  const [because, setBecause] = useState<string | null>(null);
  const [words, setWords] = useState("");
  const { id } = request;

  const missing = () => step.setErrors([{ message: "Choose why.", fieldId: "why" }]);
  const save = async () => {
    const done = await step.run(async () => {
      if (asking === "pause") await client.rights.pause.mutate(pauseSchema.parse({ id, because }));
      if (asking === "extend") await client.rights.extend.mutate(extendSchema.parse({ id, because }));
      if (asking === "refuse") {
        await client.rights.answer.mutate(answerSchema.parse({ id, outcome: "refused", because, words }));
      }
      if (asking === "withdraw") await client.rights.answer.mutate({ id, outcome: "withdrawn" });
    });
    if (done) setAsking(null);
  };
  const press = () => {
    if (asking !== "withdraw" && because === null) return missing();
    if (asking === "refuse" && words.trim().length < 3) {
      return step.setErrors([{ message: "Say why, as you answered them.", fieldId: "why-words" }]);
    }
    return void save();
  };

  if (asking !== null) {
    const question = QUESTIONS[asking];
    return (
      <div className={styles["block"]}>
        <ErrorSummary errors={step.errors} />
        <div className={form["form"]}>
          {question.reasons.length > 0 && (
            <Select
              id="why"
              label={question.label}
              placeholder="Choose"
              data={[...question.reasons]}
              value={because}
              onChange={setBecause}
            />
          )}
          {asking === "refuse" && (
            <Textarea
              id="why-words"
              label="What you wrote to them"
              description="With their right to complain to the Information Commissioner."
              autosize
              minRows={3}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
          )}
          <FormActions
            act={question.act}
            onPress={press}
            busy={step.busy}
            danger={asking === "refuse"}
            onLeave={() => setAsking(null)}
          />
        </div>
      </div>
    );
  }
  const ask = (what: Asking) => {
    setBecause(null);
    setAsking(what);
  };
  return (
    <div className={styles["block"]}>
      <ErrorSummary errors={step.errors} />
      <div className={styles["actions"]}>
        {request.clock.isPaused ? (
          <Button
            variant="default"
            loading={step.busy}
            onClick={() => void step.run(() => client.rights.resume.mutate({ id }))}
          >
            They answered: start the clock
          </Button>
        ) : (
          <Button variant="default" onClick={() => ask("pause")}>
            Stop the clock
          </Button>
        )}
        {request.extendedOn === null && request.kind !== "complaint" && (
          <Button variant="default" onClick={() => ask("extend")}>
            Take more time
          </Button>
        )}
        <Button variant="subtle" onClick={() => ask("refuse")}>
          Refuse
        </Button>
        <Button variant="subtle" onClick={() => ask("withdraw")}>
          They took it back
        </Button>
      </div>
    </div>
  );
}
