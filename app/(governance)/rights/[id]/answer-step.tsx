"use client";
/** The end of a request: answered, with what was written to whoever asked. */
import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTRPCClient } from "../../../_trpc/client";
import { ErrorSummary } from "../../../_ui/error-summary";
import type { StepProps } from "./request";
import styles from "./request.module.css";
import { useStep } from "./use-step";

export function AnswerStep({ request: { id, kind, people }, reread }: StepProps) {
  const client = useTRPCClient();
  const step = useStep(reread);
  const [words, setWords] = useState("");
  const isErased = kind === "erase" && people.length === 0;
  return (
    <section className={`${styles["step"]} ${styles["block"]}`}>
      <h2>Answer them</h2>
      <p>
        Tell them what was done, in plain words, and that they may complain to the Information Commissioner.
        Then end the request.
      </p>
      <ErrorSummary errors={step.errors} />
      {!isErased && (
        <Textarea
          id="answer"
          label="What you wrote to them (optional)"
          autosize
          minRows={3}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      <Button
        mt={16}
        loading={step.busy}
        onClick={() =>
          void step.run(() => client.rights.answer.mutate({ id, outcome: "done", words: words || null }))
        }
      >
        I have answered them
      </Button>
    </section>
  );
}
