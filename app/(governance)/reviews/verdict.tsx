"use client";
/**
 * What the steward says: three answers, none chosen beforehand, by mouse, by touch or by the keys S, D and N, and one
 * button that records and goes on. The keys can be turned off, for people whose voice or switch types them by mistake
 * (WCAG 2.1.4).
 */
import { useLocalStorage } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import type { Opinion } from "../../../server/domain/link-review";
import { OPINION_WORDS } from "../../../server/domain/link-review-words";
import type { OpinionOutcome, ShownReview } from "../../../server/reviewing";
import { useTRPC } from "../../_trpc/client";
import button from "../../_ui/button.module.css";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import styles from "./pair.module.css";
import { useDesk, useQueue } from "./queue";

const CHOICES: readonly { says: Opinion; key: string; note: string }[] = [
  { says: "same", key: "s", note: "Count once. Records stay separate" },
  { says: "different", key: "d", note: "Count as two. Asked again only if the records change" },
  { says: "cannot-tell", key: "n", note: "Leave it to others. Nothing changes" },
];

/** What is told on the next page. */
const TOLD: Readonly<Record<OpinionOutcome, string>> = {
  same: "Recorded: the same person, counted once.",
  different: "Recorded: different people, counted as two.",
  "cannot-tell": "Recorded: cannot tell. The pair is left as it is.",
  waiting: "Recorded. Another steward looks at it before anything changes.",
  settled: "That pair was decided a moment ago, so nothing of yours was recorded.",
  changed:
    "The records, or what your word would part, changed while you looked. Nothing was recorded: look again.",
  busy: "One of these records, or one that is counted with it, is being compared at this moment. Nothing was recorded: try again in a few seconds.",
};

export function Verdict({ review }: { review: ShownReview }) {
  const [says, setSays] = useState<Opinion | null>(null);
  const [missing, setMissing] = useState<readonly FieldError[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const { tell } = useDesk();
  const { after, takeOut } = useQueue();
  const router = useRouter();
  const trpc = useTRPC();
  const decide = useMutation(
    trpc.reviews.decide.mutationOptions({
      onSuccess: ({ outcome }) => {
        const isRecorded = outcome !== "settled" && outcome !== "changed" && outcome !== "busy";
        tell({ id: review.id, message: TOLD[outcome], isRecorded });
        if (outcome === "changed" || outcome === "busy") {
          window.scrollTo({ top: 0 });
          return router.refresh();
        }
        const next = after(review.id);
        takeOut(review.id);
        router.push(next ? `/reviews/${next}` : "/reviews");
        window.scrollTo({ top: 0 });
      },
    }),
  );
  const [hasKeys, setHasKeys] = useLocalStorage({ key: "review-keys", defaultValue: true });
  useChoiceKeys(hasKeys, form);

  return (
    <form
      ref={form}
      className="no-print"
      onSubmit={(event) => {
        event.preventDefault();
        if (decide.isPending) return;
        if (says === null) {
          setMissing([{ message: "Choose what you think first.", fieldId: "says-same" }]);
          return;
        }
        decide.mutate({ id: review.id, evidenceNo: review.evidenceNo, says });
      }}
    >
      <ErrorSummary errors={decide.isError ? faultsOf(decide.error) : missing} />
      <fieldset className={styles["choices"]}>
        <legend className="visually-hidden">What do you think?</legend>
        {CHOICES.map((choice) => (
          <label key={choice.says} className={styles["choice"]}>
            <input
              type="radio"
              name="says"
              id={`says-${choice.says}`}
              value={choice.says}
              data-key={choice.key}
              aria-keyshortcuts={hasKeys ? choice.key.toUpperCase() : undefined}
              checked={says === choice.says}
              onChange={() => {
                setSays(choice.says);
                setMissing([]);
              }}
            />
            <span className={styles["choiceWords"]}>
              <strong>{OPINION_WORDS[choice.says]}</strong>
              <span className={styles["note"]}>{choice.note}</span>
            </span>
            {hasKeys && (
              <span aria-hidden="true" className={styles["key"]}>
                {choice.key.toUpperCase()}
              </span>
            )}
          </label>
        ))}
      </fieldset>
      <div className={styles["foot"]}>
        <p className={styles["small"]}>
          You can undo this at any time. Both organisations keep their own record; neither sees the other’s.
        </p>
        <button type="submit" className={button["button"]} disabled={decide.isPending}>
          Record and go to next
        </button>
      </div>
      <label className={styles["keys"]}>
        <input type="checkbox" checked={hasKeys} onChange={(event) => setHasKeys(event.target.checked)} />
        Keys S, D and N choose, Enter records
      </label>
    </form>
  );
}

/** Chooses by key, and leaves the focus on the choice, so that Enter records it. */
function useChoiceKeys(isOn: boolean, form: React.RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    if (!isOn) return;
    const choose = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (
        event.target instanceof HTMLElement &&
        event.target.matches("input:not([type=radio]), textarea, select")
      )
        return;
      const key = event.key.toLowerCase();
      const choice = CHOICES.find((each) => each.key === key);
      const input =
        choice && form.current?.querySelector<HTMLInputElement>(`input[data-key="${choice.key}"]`);
      if (!input) return;
      event.preventDefault();
      input.click();
      input.focus();
    };
    document.addEventListener("keydown", choose);
    return () => document.removeEventListener("keydown", choose);
  }, [isOn, form]);
}
