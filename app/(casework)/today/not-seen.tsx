"use client";
/** My people whom nobody has seen for so many days; the number is the worker's own and is kept for them. */
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { type MyDay, NOT_SEEN_CHOICES } from "../../../server/domain/caseload";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import { EmptyState } from "../../_ui/page-title";
import { PeopleList } from "./people-list";
import styles from "./today.module.css";

const WORDS: Readonly<Record<(typeof NOT_SEEN_CHOICES)[number], string>> = {
  7: "a week",
  14: "two weeks",
  28: "four weeks",
  56: "eight weeks",
  91: "three months",
};

interface NotSeenProps {
  day: MyDay;
  onChanged: () => Promise<unknown>;
}

export function NotSeen({ day: { notSeen, notSeenDays, people, today }, onChanged }: NotSeenProps) {
  const trpc = useTRPC();
  const setting = useMutation(trpc.caseload.setNotSeenDays.mutationOptions());
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  if (people === 0) return null;
  const choose = async (days: number) => {
    setErrors([]);
    try {
      await setting.mutateAsync({ days });
      await onChanged();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <section aria-labelledby="day-not-seen">
      <div className={styles["head"]}>
        <h2 id="day-not-seen" className={styles["h2"]}>
          Not seen for a while <span className={styles["count"]}>{notSeen.count}</span>
        </h2>
        <label className={styles["choice"]}>
          <span>Not seen for</span>
          <select
            value={notSeenDays}
            disabled={setting.isPending}
            onChange={(event) => void choose(Number(event.currentTarget.value))}
          >
            {NOT_SEEN_CHOICES.map((days) => (
              <option key={days} value={days}>
                {WORDS[days]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <ErrorSummary errors={errors} />
      {notSeen.count === 0 && (
        <EmptyState>You have seen everybody you look after within that time.</EmptyState>
      )}
      <PeopleList people={notSeen.shown} today={today} shows="seen" />
      {notSeen.count > notSeen.shown.length && (
        <p className={styles["note"]}>
          <Link href="/today/people?view=not-seen">All {notSeen.count} people not seen</Link>
        </p>
      )}
    </section>
  );
}
