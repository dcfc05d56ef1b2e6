"use client";
/** The steward's words, newest first: what came of each, and the pair one press away. */
import Link from "next/link";
import { inHundred, OPINION_WORDS } from "../../../../server/domain/link-review-words";
import { type Day, dayOf } from "../../../../server/domain/period";
import type { OwnOpinion } from "../../../../server/reviewing";
import { dayAgo, timeOf } from "../../../_ui/dates";
import { EmptyState, PageTitle } from "../../../_ui/page-title";
import { Tag } from "../../../_ui/tag";
import { outcomeInWords } from "../outcome";
import styles from "../reviews.module.css";

export function Mine({ own, today }: { own: readonly OwnOpinion[]; today: Day }) {
  return (
    <>
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
    </>
  );
}
