"use client";
/** What came of the word given last, with the way back. */
import button from "../../_ui/button.module.css";
import { ErrorSummary } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import { Icon } from "../../_ui/icon";
import styles from "./pair.module.css";
import { useDesk } from "./queue";
import { useTakeBack } from "./take-back";

export function Recorded() {
  const { lastWord } = useDesk();
  const undo = useTakeBack({ opensPair: true });
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
