"use client";
import { Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { rectifySchema } from "../../../../server/domain/rights/deciding";
import { newId } from "../../../_offline/new-id";
import { useTRPC, useTRPCClient } from "../../../_trpc/client";
import { ErrorSummary } from "../../../_ui/error-summary";
import form from "../../../_ui/form.module.css";
import { FormActions } from "../../../_ui/form-actions";
import rows from "../../../_ui/rows.module.css";
/** Putting right: a correction that a worker made, or one that was refused with the person's own words beside it. */
import { Segmented as Choice } from "../../../_ui/segmented";
import { Tag } from "../../../_ui/tag";
import { DetailForm } from "./detail-form";
import type { StepProps } from "./request";
import styles from "./request.module.css";
import { useStep } from "./use-step";

type Way = "details" | "noted" | "refused";

const WAYS: readonly { value: Way; label: string }[] = [
  { value: "details", label: "A detail" },
  { value: "noted", label: "Something else" },
  { value: "refused", label: "It stays" },
];

export function RectifyStep({ request, reread }: StepProps) {
  const { id } = request;
  const trpc = useTRPC();
  const client = useTRPCClient();
  const read = useQuery(trpc.rights.decided.queryOptions({ id }));
  const step = useStep(async () => {
    await read.refetch();
    await reread();
  });
  const [way, setWay] = useState<Way>("details");
  const [correctionId, setCorrectionId] = useState(newId);
  const [before, setBefore] = useState("");
  const [words, setWords] = useState("");
  const person = request.people[0];
  const corrections = read.data?.corrections ?? [];

  const save = async (given: object) => {
    const parsed = rectifySchema.safeParse({ id, correctionId, clientId: person?.clientId, ...given });
    if (!parsed.success) {
      step.setErrors(parsed.error.issues.map(({ message }) => ({ message })));
      return;
    }
    if (await step.run(() => client.rights.rectify.mutate(parsed.data))) {
      setCorrectionId(newId());
      setBefore("");
      setWords("");
    }
  };

  return (
    <section className={styles["step"]}>
      <h2>Put it right</h2>
      <p>
        What stood there and what stands there now are kept. Whoever was handed the record is told on their
        own page, or listed below for you to tell.
      </p>
      <ErrorSummary errors={step.errors} />
      {corrections.length > 0 && (
        <ul className={rows["rows"]} aria-label="Done so far">
          {corrections.map((correction) => (
            <li key={correction.id} className={rows["line"]}>
              <span className={rows["words"]}>
                <span>{correction.before}</span>
                <strong>{correction.after ?? `They say: ${correction.disagreement ?? "nothing"}`}</strong>
              </span>
              <Tag tone={correction.outcome === "refused" ? "wait" : "plain"}>
                {correction.outcome === "refused" ? "It stays" : "Put right"}
              </Tag>
            </li>
          ))}
        </ul>
      )}
      <div className={form["form"]}>
        <Choice label="What is to be put right?" value={way} options={WAYS} onChange={setWay} />
        {way === "details" ? (
          <DetailForm
            key={correctionId}
            busy={step.busy}
            onSave={(change) => void save({ outcome: "details", change })}
          />
        ) : (
          <>
            <Textarea
              id="before"
              label={way === "noted" ? "What stands there" : "What stays as it is"}
              autosize
              minRows={2}
              value={before}
              onChange={(event) => setBefore(event.currentTarget.value)}
            />
            <Textarea
              id="after"
              label={way === "noted" ? "What is right" : "What the person says to it"}
              description={
                way === "noted"
                  ? "A worker corrects the contact or the note itself; this keeps that it was asked for and done."
                  : "Their own words stand beside what stays."
              }
              autosize
              minRows={2}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
            <FormActions
              act={way === "noted" ? "Keep this correction" : "Keep what they say"}
              busy={step.busy}
              onPress={() =>
                void save(
                  way === "noted"
                    ? { outcome: "noted", before, after: words }
                    : { outcome: "refused", before, disagreement: words },
                )
              }
              onLeave={() => {
                setBefore("");
                setWords("");
              }}
            />
          </>
        )}
      </div>
    </section>
  );
}
