"use client";
/** Whom the record was shared with, and that they were told of what changed. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "../../../_trpc/client";
import { ErrorSummary } from "../../../_ui/error-summary";
import rows from "../../../_ui/rows.module.css";
import { Tag } from "../../../_ui/tag";
import type { StepProps } from "./request";
import styles from "./request.module.css";
import { useStep } from "./use-step";

const WAYS: Readonly<Record<string, string>> = {
  platform: "They see it at their own record",
  agreement: "Looked under an agreement: they see it at their own record",
  email: "Write to them",
  phone: "Ring them",
};

export function Recipients({ request: { id, kind } }: StepProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const isAsked = ["rectify", "erase", "restrict"].includes(kind);
  const read = useQuery(trpc.rights.decided.queryOptions({ id }, { enabled: isAsked }));
  const step = useStep(() => read.refetch());
  const recipients = read.data?.recipients ?? [];
  if (recipients.length === 0) return null;
  return (
    <section className={styles["block"]}>
      <h2>Who must know</h2>
      <ErrorSummary errors={step.errors} />
      <ul className={rows["card"]}>
        {recipients.map((recipient) => (
          <li key={recipient.id} className={rows["line"]}>
            <span className={rows["words"]}>
              <strong>{recipient.toName}</strong>
              <small>{WAYS[recipient.way] ?? recipient.way}</small>
            </span>
            {recipient.toldAt ? (
              <Tag icon="check">Told</Tag>
            ) : (
              <Button
                variant="default"
                loading={step.busy}
                onClick={() =>
                  void step.run(() => client.rights.noteTold.mutate({ id, recipientId: recipient.id }))
                }
              >
                I have told them
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
