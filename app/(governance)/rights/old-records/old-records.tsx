"use client";
/** The list that waits, line by line, and the rules behind it. */
import { Button, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { inDigits } from "../../../../server/domain/number-text";
import { dayInWords } from "../../../../server/domain/period";
import {
  KEEP_REASONS,
  keepItemSchema,
  MOST_LISTED,
  RECORD_TYPES,
} from "../../../../server/domain/rights/retention";
import type { Retention, RetentionItem, RetentionRun } from "../../../../server/retention";
import { newId } from "../../../_offline/new-id";
import { useTRPC, useTRPCClient } from "../../../_trpc/client";
import { ErrorSummary } from "../../../_ui/error-summary";
import form from "../../../_ui/form.module.css";
import { FormActions } from "../../../_ui/form-actions";
import { EmptyState } from "../../../_ui/page-title";
import rows from "../../../_ui/rows.module.css";
import { Tag } from "../../../_ui/tag";
import styles from "../[id]/request.module.css";
import { type StepWork, useStep } from "../[id]/use-step";
import own from "./old-records.module.css";
import { Rules } from "./rules";

const KEEPS = Object.entries(KEEP_REASONS).map(([value, label]) => ({ value, label }));
const people = (count: number) => (count === 1 ? "one record" : `${inDigits(count)} records`);

export function OldRecords({ given }: { given: Retention }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const read = useQuery(
    trpc.rights.retention.queryOptions(undefined, {
      initialData: given,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  );
  const step = useStep(() => read.refetch());
  const { review, runs, rules } = read.data;
  const [last] = runs;
  return (
    <>
      <ErrorSummary errors={step.errors} />
      {review ? (
        <Review review={review} step={step} />
      ) : (
        <section className={styles["step"]}>
          <h2>Make a list</h2>
          <p>{last ? lastInWords(last) : "No list was made yet."}</p>
          <Button
            loading={step.busy}
            disabled={last?.state === "confirmed"}
            onClick={() => void step.run(() => client.rights.makeRun.mutate({ id: newId() }))}
          >
            List records whose time is over
          </Button>
        </section>
      )}
      <Rules rules={rules} step={step} />
    </>
  );
}

function lastInWords({ state, onDay, deleted, toDelete }: RetentionRun): string {
  const when = dayInWords(onDay);
  if (state === "confirmed") return `The list of ${when} is being worked through: ${people(toDelete)}.`;
  if (state === "cancelled") return `The list of ${when} was put away.`;
  return `From the list of ${when}, ${people(deleted ?? 0)} ${deleted === 1 ? "was" : "were"} deleted.`;
}

function Review({
  review: { run, items },
  step,
}: {
  review: NonNullable<Retention["review"]>;
  step: StepWork;
}) {
  const client = useTRPCClient();
  const [asked, setAsked] = useState(false);
  const end = (confirmed: boolean) =>
    void step.run(() => client.rights.endReview.mutate({ id: run.id, confirmed }));
  return (
    <section className={styles["step"]}>
      <h2>Look through this list</h2>
      <p>
        {people(run.listed)} on {dayInWords(run.onDay)}; {people(run.toDelete)} will be deleted. Held ones
        stay, and so does whoever comes back before.
      </p>
      {items.length === 0 ? (
        <EmptyState>No record’s time is over. Put the list away.</EmptyState>
      ) : (
        <ul className={rows["rows"]}>
          {items.map((item) => (
            <Item key={item.clientId} runId={run.id} item={item} step={step} />
          ))}
        </ul>
      )}
      {run.listed >= MOST_LISTED && (
        <p>A list holds at most {people(MOST_LISTED)}, the oldest first. The rest come on the next one.</p>
      )}
      {asked ? (
        <div className={form["note"]}>
          <p>{people(run.toDelete)} will be deleted for good. This cannot be undone.</p>
          <FormActions
            act={`Delete ${people(run.toDelete)}`}
            danger
            busy={step.busy}
            onPress={() => end(true)}
            onLeave={() => setAsked(false)}
          />
        </div>
      ) : (
        <div className={styles["actions"]}>
          {run.toDelete > 0 && <Button onClick={() => setAsked(true)}>I have looked through it</Button>}
          <Button variant="default" loading={step.busy} onClick={() => end(false)}>
            Put this list away
          </Button>
        </div>
      )}
    </section>
  );
}

function Item({ runId, item, step }: { runId: string; item: RetentionItem; step: StepWork }) {
  const client = useTRPCClient();
  return (
    <li className={own["item"]}>
      <span className={rows["words"]}>
        <strong>{item.name}</strong>
        <small>
          {RECORD_TYPES[item.recordType].label}; last on {dayInWords(item.lastOn)}, time over on{" "}
          {dayInWords(item.dueOn)}
        </small>
      </span>
      {item.held ? (
        <Tag tone="wait" icon="lock">
          Held
        </Tag>
      ) : (
        <Select
          aria-label={`What happens to ${item.name}`}
          placeholder="Delete"
          data={KEEPS}
          clearable
          clearButtonProps={{ "aria-label": `Delete ${item.name} after all` }}
          value={item.keptBecause}
          onChange={(because) => {
            const read = keepItemSchema.safeParse({ id: runId, clientId: item.clientId, because });
            if (read.success) void step.run(() => client.rights.keepItem.mutate(read.data));
          }}
        />
      )}
    </li>
  );
}
