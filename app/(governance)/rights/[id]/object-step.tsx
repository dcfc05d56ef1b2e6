"use client";
/** What somebody objects to: it holds at once, for sharing and for the next figures. */
import { Button, Radio } from "@mantine/core";
import { useState } from "react";
import { AGAINST, AGAINST_LABELS } from "../../../../server/domain/objection";
import { newId } from "../../../_offline/new-id";
import { useTRPCClient } from "../../../_trpc/client";
import { ErrorSummary } from "../../../_ui/error-summary";
import { endedInWords } from "../../../_words/ended-sharing";
import type { StepProps } from "./request";
import styles from "./request.module.css";
import { useStep } from "./use-step";

export function ObjectStep({ request, reread }: StepProps) {
  const client = useTRPCClient();
  const step = useStep(reread);
  const [id] = useState(newId);
  const [chosen, setChosen] = useState<string>("both");
  const [said, setSaid] = useState<readonly string[]>([]);
  if (request.next === "answer") {
    return (
      <div role="status">
        {said.map((words) => (
          <p key={words}>{words}</p>
        ))}
      </div>
    );
  }
  const against = AGAINST.find((kind) => kind === chosen) ?? "both";
  return (
    <section className={styles["step"]}>
      <h2>What do they object to?</h2>
      <p>It holds from now on. If there is a strong reason against it, decide that under Objections.</p>
      <ErrorSummary errors={step.errors} />
      <Radio.Group label="They object to" value={chosen} onChange={setChosen}>
        {AGAINST.map((value) => (
          <Radio key={value} mt={10} value={value} label={AGAINST_LABELS[value]} />
        ))}
      </Radio.Group>
      <Button
        mt={16}
        loading={step.busy}
        onClick={() =>
          void step.run(async () => {
            const words = new Set<string>();
            for (const [at, { clientId }] of request.people.entries()) {
              const { ended } = await client.rights.object.mutate({
                requestId: request.id,
                id: at === 0 ? id : newId(),
                clientId,
                against,
              });
              if (ended) words.add(endedInWords(ended));
            }
            setSaid([...words]);
          })
        }
      >
        Keep this objection
      </Button>
    </section>
  );
}
