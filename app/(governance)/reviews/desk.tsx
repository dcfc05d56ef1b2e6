"use client";
/** The steward's desk: the queue at the left, what is looked at at the right. */
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { AIM_DAYS } from "../../../server/domain/link-review";
import { inHundred } from "../../../server/domain/link-review-words";
import type { ReviewQueue } from "../../../server/reviewing";
import { Segmented } from "../../_ui/segmented";
import { DeskContext, type LastWord, ORDERS, type Order, useDesk, useQueue } from "./queue";
import styles from "./reviews.module.css";

interface DeskProps {
  queue: ReviewQueue;
  now: Date;
  children: ReactNode;
}

export function Desk({ queue, now, children }: DeskProps) {
  const [order, setOrder] = useState<Order>("longest");
  const [lastWord, tell] = useState<LastWord | null>(null);
  const isAlone = usePathname() === "/reviews";
  return (
    <DeskContext value={{ order, setOrder, lastWord, tell, first: queue }}>
      <div className={styles["desk"]} data-alone={isAlone || undefined}>
        <Rail now={now} />
        <main id="main" tabIndex={-1} className={styles["main"]}>
          {children}
        </main>
      </div>
    </DeskContext>
  );
}

const DAY_MS = 86_400_000;

function waitInWords(openedAt: Date, now: Date): string {
  const days = Math.floor((now.getTime() - openedAt.getTime()) / DAY_MS);
  if (days === 0) return "less than a day";
  return days === 1 ? "1 day" : `${days} days`;
}

function Rail({ now }: { now: Date }) {
  const { order, setOrder } = useDesk();
  const { waiting, items } = useQueue();
  const pathname = usePathname();
  const oldest = items.reduce<Date | null>(
    (before, { openedAt }) => (before === null || openedAt < before ? openedAt : before),
    null,
  );
  return (
    <nav className={`${styles["rail"]} no-print`} aria-label="Pairs to review">
      <p className={styles["count"]}>{waiting === 0 ? "Nothing to review" : `${waiting} to review`}</p>
      <p className={styles["aim"]}>
        {oldest
          ? `Oldest has waited ${waitInWords(oldest, now)}. Aim: ${AIM_DAYS} days`
          : "New pairs come by themselves."}
      </p>
      {items.length > 1 && (
        <div className={styles["order"]}>
          <Segmented label="Show first" value={order} options={ORDERS} onChange={setOrder} />
        </div>
      )}
      <ul className={styles["items"]}>
        {items.map(({ id, initials, place, probability, isVetoed }) => (
          <li key={id}>
            <Link
              href={`/reviews/${id}`}
              prefetch={false}
              className={styles["item"]}
              aria-current={pathname === `/reviews/${id}` ? "page" : undefined}
            >
              <span className={styles["who"]}>
                {initials} · {place}
              </span>
              <span className={styles["how"]}>
                {inHundred(probability)}
                {isVetoed && " · with care"}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {waiting > items.length && (
        <p className={styles["aim"]}>The {items.length} that have waited longest are shown.</p>
      )}
      <Link
        href="/reviews/mine"
        className={styles["mineLink"]}
        aria-current={pathname === "/reviews/mine" ? "page" : undefined}
      >
        What you said
      </Link>
    </nav>
  );
}
