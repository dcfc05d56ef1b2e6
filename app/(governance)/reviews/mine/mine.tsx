"use client";
/** The steward's words, newest first: what came of each, and the pair one press away. */
import Link from "next/link";
import { inHundred, OPINION_WORDS } from "../../../../server/domain/link-review-words";
import { type Day, dayOf } from "../../../../server/domain/period";
import type { DepartedOpinion, OwnOpinion } from "../../../../server/reviewing";
import button from "../../../_ui/button.module.css";
import { dayAgo, timeOf } from "../../../_ui/dates";
import { ErrorSummary } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import { EmptyState, PageTitle } from "../../../_ui/page-title";
import { Tag } from "../../../_ui/tag";
import { outcomeInWords } from "../outcome";
import { Recorded } from "../recorded";
import styles from "../reviews.module.css";
import { useTakeBack } from "../take-back";

interface MineProps {
  own: readonly OwnOpinion[];
  departed: readonly DepartedOpinion[];
  today: Day;
}

export function Mine({ own, departed, today }: MineProps) {
  return (
    <>
      <Recorded />
      <PageTitle title="What you said">
        Open a pair to look at it again, or to take your word back. What other stewards said is not shown.
      </PageTitle>
      {own.length === 0 && (
        <EmptyState>Nothing yet. What you say about a pair of records shows up here.</EmptyState>
      )}
      <ul className={styles["said"]}>
        {own.map(({ id, initials, place, probability, says, at, outcome }) => {
          const { words, tone, icon } = outcomeInWords(says, outcome);
          return (
            <li key={id}>
              <Link href={`/reviews/${id}`} className={styles["saidLink"]}>
                <strong>
                  {initials} · {place}
                </strong>
                <span>
                  {OPINION_WORDS[says]} · {dayAgo(dayOf(at), today)}, {timeOf(at)} · {inHundred(probability)}
                </span>
              </Link>
              <Tag tone={tone} icon={icon}>
                {words}
              </Tag>
            </li>
          );
        })}
      </ul>
      <Departed departed={departed} today={today} />
    </>
  );
}

/** What nobody could take back but who is left. */
function Departed({ departed, today }: Pick<MineProps, "departed" | "today">) {
  const takeBack = useTakeBack({ opensPair: true });
  if (departed.length === 0) return null;
  return (
    <section aria-labelledby="departed">
      <h2 id="departed" className={styles["subtitle"]}>
        Decided by stewards who have left
      </h2>
      <p className={styles["aim"]}>
        Ask about a pair again where you doubt what they said. Two that were counted as one are kept apart
        until it is decided anew.
      </p>
      <ErrorSummary errors={takeBack.isError ? faultsOf(takeBack.error) : []} />
      <ul className={styles["said"]}>
        {departed.map(({ id, initials, place, probability, at, outcome }) => {
          const { words, tone, icon } = outcomeInWords("same", outcome);
          return (
            <li key={id}>
              <div className={styles["saidLink"]}>
                <strong>
                  {initials} · {place}
                </strong>
                <span>
                  {dayAgo(dayOf(at), today)}, {timeOf(at)} · {inHundred(probability)}
                </span>
              </div>
              <Tag tone={tone} icon={icon}>
                {words}
              </Tag>
              <button
                type="button"
                className={button["button"]}
                data-kind="outline"
                aria-label={`Ask again about ${initials}, ${place}`}
                disabled={takeBack.isPending}
                onClick={() => takeBack.mutate({ id })}
              >
                Ask again
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
