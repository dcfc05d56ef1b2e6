"use client";
/**
 * The copy of what is held: each text in free words is read first, passages about other people are marked in it and
 * blacked out, then the copy is made, and taken after the second step was shown again.
 */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { inDigits } from "../../../../server/domain/number-text";
import { dayInWords, dayOf } from "../../../../server/domain/period";
import { useTRPC, useTRPCClient } from "../../../_trpc/client";
import { ErrorSummary } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import { saveFile } from "../../../_ui/save-file";
import { useStepUp } from "../../../_ui/step-up";
import { ReadWords } from "./read-words";
import type { StepProps } from "./request";
import styles from "./request.module.css";
import { useStep } from "./use-step";

const FILES = [
  { name: "copy.zip", label: "Everything in one file" },
  { name: "copy.html", label: "To read or print" },
  { name: "copy.pdf", label: "As PDF" },
  { name: "copy.json", label: "For programs" },
] as const;

export function PackStep({ request, reread }: StepProps) {
  const { id } = request;
  const trpc = useTRPC();
  const client = useTRPCClient();
  const read = useQuery(
    trpc.rights.pack.queryOptions({ id }, { staleTime: Number.POSITIVE_INFINITY, retry: false }),
  );
  const step = useStep(async () => {
    await read.refetch();
    await reread();
  });
  const stepUp = useStepUp();
  if (read.isError) return <ErrorSummary errors={faultsOf(read.error)} />;
  if (!read.data) return <p role="status">Reading the record…</p>;
  const { queue, contents, ready, professionals } = read.data;
  const unread = queue.filter(({ decision }) => decision === null);
  const [first] = unread;

  const take = (name: string) =>
    step.run(async () => {
      if (!(await stepUp.ensure())) return;
      const answer = await fetch(`/api/rights/${id}/${name}`);
      if (!answer.ok) throw new Error("The file was refused");
      saveFile(await answer.blob(), name);
    });

  return (
    <section className={styles["step"]}>
      {stepUp.dialog}
      {ready ? (
        <>
          <h2>The copy is ready</h2>
          <p>
            Hand it over safely: not by open e-mail. It can be taken until{" "}
            {dayInWords(dayOf(new Date(ready.expiresAt)))}, then it is destroyed. Each time is recorded.
          </p>
          <ErrorSummary errors={step.errors} />
          <div className={styles["actions"]}>
            {FILES.map(({ name, label }, at) => (
              <Button
                key={name}
                loading={step.busy}
                variant={at === 0 ? "filled" : "default"}
                onClick={() => void take(name)}
              >
                {label}
              </Button>
            ))}
          </div>
        </>
      ) : first ? (
        <>
          <h2>
            Read what others wrote: {queue.length - unread.length + 1} of {queue.length}
          </h2>
          <p>
            Is somebody else named or recognisable in it? Mark the words and black them out. What is only
            about the person stays.
          </p>
          <ErrorSummary errors={step.errors} />
          <ReadWords
            key={first.mark}
            words={first}
            professionals={professionals}
            busy={step.busy}
            onDecide={(decision) =>
              void step.run(() =>
                client.rights.decideWords.mutate({
                  ...{ id, place: first.place, key: first.key, column: first.column, mark: first.mark },
                  ...decision,
                }),
              )
            }
          />
        </>
      ) : (
        <>
          <h2>Make the copy</h2>
          <p>
            {queue.length === 0
              ? "There are no free words in this record."
              : `All ${queue.length} texts are read.`}{" "}
            The copy holds everything below, who looked, and with whom it was shared.
          </p>
          <ErrorSummary errors={step.errors} />
          <Button
            loading={step.busy}
            onClick={() => void step.run(() => client.rights.finishPack.mutate({ id }))}
          >
            Make the copy
          </Button>
        </>
      )}
      <details className={styles["block"]}>
        <summary>What the copy holds</summary>
        <ul>
          {contents.map(({ title, count }) => (
            <li key={title}>
              {title}: {inDigits(count)}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
