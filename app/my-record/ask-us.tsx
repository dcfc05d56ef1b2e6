"use client";
/** Asking for a copy of everything, or for something to be put right: an officer answers within a month. */
import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { dayInWords } from "../../server/domain/period";
import type { RESIDENT_ASKS } from "../../server/domain/resident-code";
import type { ResidentRecord } from "../../server/domain/resident-record";
import { newId } from "../_offline/new-id";
import { useTRPC } from "../_trpc/client";
import { ErrorSummary, type FieldError } from "../_ui/error-summary";
import { faultsOf } from "../_ui/faults";
import form from "../_ui/form.module.css";
import styles from "./my-record.module.css";
import { REFUSED, type TypedKey } from "./typed-key";

type Kind = (typeof RESIDENT_ASKS)[number];

const ASKED: Readonly<Record<Kind, string>> = {
  access: "You asked for a copy of everything",
  rectify: "You asked us to put something right",
};

interface AskUsProps {
  record: ResidentRecord;
  typed: TypedKey;
  onChange: (record: ResidentRecord) => void;
}

export function AskUs({ record, typed, onChange }: AskUsProps) {
  const trpc = useTRPC();
  const asking = useMutation(trpc.residents.ask.mutationOptions());
  const [id, setId] = useState(newId);
  const [correcting, setCorrecting] = useState(false);
  const [words, setWords] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const { asked } = record;

  const ask = async (kind: Kind) => {
    setErrors([]);
    if (kind === "rectify" && words.trim() === "") {
      return setErrors([{ message: "Write what is wrong, and what is right.", fieldId: "put-right" }]);
    }
    try {
      const answer = await asking.mutateAsync({
        ...{ key: typed, id, kind, words: kind === "rectify" ? words : "" },
      });
      if (!answer.ok) return setErrors([{ message: REFUSED[answer.reason] }]);
      setId(newId());
      setCorrecting(false);
      setWords("");
      onChange(answer.record);
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  return (
    <section className={styles["panel"]} aria-labelledby="ask">
      <h2 id="ask">Ask us</h2>
      <div role="status">
        {asked.map(({ kind, on }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes its order
          <p key={at} className={form["good"]}>
            {ASKED[kind]} on {dayInWords(on)}. We answer within one month.
          </p>
        ))}
      </div>
      <div className={form["form"]} style={{ marginTop: 12 }}>
        <ErrorSummary errors={errors} />
        {!asked.some(({ kind }) => kind === "access") && (
          <Button
            variant="default"
            loading={asking.isPending && !correcting}
            onClick={() => void ask("access")}
          >
            Ask for a copy of everything
          </Button>
        )}
        {correcting ? (
          <>
            <Textarea
              id="put-right"
              label="What is wrong, and what is right?"
              autosize
              minRows={3}
              maxLength={1000}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
            <div className={form["actions"]}>
              <Button loading={asking.isPending} onClick={() => void ask("rectify")}>
                Send it
              </Button>
              <Button variant="subtle" onClick={() => setCorrecting(false)}>
                Cancel
              </Button>
            </div>
          </>
        ) : (
          <Button variant="default" onClick={() => setCorrecting(true)}>
            Something is wrong
          </Button>
        )}
      </div>
    </section>
  );
}
