"use client";
/** What the steward said of this pair, and the way to take it back. */
import { OPINION_WORDS } from "../../../server/domain/link-review-words";
import { dayOf } from "../../../server/domain/period";
import type { ShownReview } from "../../../server/reviewing";
import button from "../../_ui/button.module.css";
import { dayAgo, timeOf } from "../../_ui/dates";
import { ErrorSummary } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import { Tag } from "../../_ui/tag";
import { outcomeInWords } from "./outcome";
import styles from "./pair.module.css";
import { useTakeBack } from "./take-back";

interface SaidProps {
  review: ShownReview;
  own: NonNullable<ShownReview["own"]>;
}

export function Said({ review, own }: SaidProps) {
  const takeBack = useTakeBack({ opensPair: false });
  const { words, tone, icon } = outcomeInWords(own.says, review.outcome);
  return (
    <section className={styles["saidBox"]} aria-label="What you said">
      <p>
        You said <strong>{OPINION_WORDS[own.says].toLowerCase()}</strong>:{" "}
        {dayAgo(dayOf(own.at), dayOf(new Date())).toLowerCase()}, {timeOf(own.at)}.{" "}
        <Tag tone={tone} icon={icon}>
          {words}
        </Tag>
      </p>
      <ErrorSummary errors={takeBack.isError ? faultsOf(takeBack.error) : []} />
      <button
        type="button"
        className={button["button"]}
        data-kind="outline"
        disabled={takeBack.isPending}
        onClick={() => takeBack.mutate({ id: review.id })}
      >
        Take it back
      </button>
      <p className={styles["small"]}>
        If it rested on your word, the pair is open again then. Two that were counted as one are kept apart
        until a steward says otherwise.
      </p>
    </section>
  );
}
