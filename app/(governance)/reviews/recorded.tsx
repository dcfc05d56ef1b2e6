"use client";
/** What came of the word given last, with the way back. */
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "../../_trpc/client";
import button from "../../_ui/button.module.css";
import { ErrorSummary } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import { Icon } from "../../_ui/icon";
import styles from "./pair.module.css";
import { useDesk, useQueue } from "./queue";

export function Recorded() {
  const { lastWord, tell } = useDesk();
  const { refresh } = useQueue();
  const router = useRouter();
  const trpc = useTRPC();
  const undo = useMutation(
    trpc.reviews.takeBack.mutationOptions({
      onSuccess: async ({ id }) => {
        tell({ id, message: "Taken back. The pair is open again.", isRecorded: false });
        await refresh();
        router.push(`/reviews/${id}`);
        router.refresh();
      },
    }),
  );
  return (
    <>
      <div role="status">
        {lastWord && (
          <p className={styles["recorded"]} data-recorded={lastWord.isRecorded}>
            <Icon name={lastWord.isRecorded ? "check" : "clock"} size={17} />
            <span>{lastWord.message}</span>
            {lastWord.isRecorded && (
              <button
                type="button"
                className={button["button"]}
                data-kind="quiet"
                disabled={undo.isPending}
                onClick={() => undo.mutate({ id: lastWord.id })}
              >
                Undo
              </button>
            )}
          </p>
        )}
      </div>
      <ErrorSummary errors={undo.isError ? faultsOf(undo.error) : []} />
    </>
  );
}
