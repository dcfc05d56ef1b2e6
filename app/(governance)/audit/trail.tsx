"use client";
/** The entries, by day, with two questions to ask of them: one kind of action, one person or contact. */
import { Button, Select } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { TrailEntry } from "../../../server/audit-trail";
import { ACTION_CHOICES } from "../../../server/domain/audit-words";
import { type Day, dayOf } from "../../../server/domain/period";
import { useTRPC, useTRPCClient } from "../../_trpc/client";
import { Chip } from "../../_ui/chip";
import { dayAgo, timeOf } from "../../_ui/dates";
import { ErrorSummary } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import { EmptyState } from "../../_ui/page-title";
import { Tag } from "../../_ui/tag";
import { entryInWords, subjectAfter, subjectOf } from "./in-words";
import styles from "./trail.module.css";

/** The newest entries. */
const START: string | null = null;

interface TrailPage {
  entries: TrailEntry[];
  next: string | null;
}

export function Trail({ first, today }: { first: TrailPage; today: Day }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [action, setAction] = useState<string | null>(null);
  const [subject, setSubject] = useState<{ id: string; words: string } | null>(null);
  const unasked = action === null && subject === null;
  const pages = useInfiniteQuery({
    queryKey: [...trpc.audit.list.pathKey(), action, subject?.id],
    queryFn: ({ pageParam }) =>
      client.audit.list.query({ before: pageParam, action, subject: subject?.id ?? null }),
    initialPageParam: START,
    getNextPageParam: ({ next }) => next,
    // What the page came with is not asked for again: every reading is an entry itself.
    ...(unasked && {
      initialData: { pages: [first], pageParams: [START] },
      staleTime: Number.POSITIVE_INFINITY,
    }),
  });
  const entries = pages.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <>
      <div className={styles["questions"]}>
        <Select
          label="Show"
          placeholder="Everything"
          data={ACTION_CHOICES}
          clearable
          clearButtonProps={{ "aria-label": "Show everything" }}
          value={action}
          onChange={setAction}
        />
        {subject && (
          <Chip kind="chosen" icon="close" onClick={() => setSubject(null)}>
            Only {subject.words}
          </Chip>
        )}
      </div>
      <ErrorSummary errors={pages.isError ? faultsOf(pages.error) : []} />
      {!pages.isPending && entries.length === 0 && (
        <EmptyState>Nothing of this kind was recorded.</EmptyState>
      )}
      {byDay(entries).map(({ day, entries }) => (
        <section key={day} className={styles["day"]} aria-label={dayAgo(day, today)}>
          <h2 className={styles["dayTitle"]}>{dayAgo(day, today)}</h2>
          <ul>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} onSubject={setSubject} />
            ))}
          </ul>
        </section>
      ))}
      {pages.hasNextPage && (
        <Button
          variant="default"
          mt={16}
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Show earlier entries
        </Button>
      )}
    </>
  );
}

interface EntryProps {
  entry: TrailEntry;
  onSubject: (subject: { id: string; words: string }) => void;
}

function Entry({ entry, onSubject }: EntryProps) {
  const subject = subjectOf(entry);
  return (
    <li className={styles["entry"]}>
      <time dateTime={entry.at.toISOString()}>{timeOf(entry.at)}</time>
      <p>
        <strong>{entry.memberName ?? "Common Need"}</strong> {entryInWords(entry)}{" "}
        {subject && (
          <button
            type="button"
            className={styles["subject"]}
            aria-label={`Show only ${subject.words}`}
            onClick={() => onSubject(subject)}
          >
            {subjectAfter(entryInWords(entry), subject.words)}
          </button>
        )}
      </p>
      {entry.sealNumber === null ? (
        <Tag tone="wait">Being sealed</Tag>
      ) : (
        <Tag icon="check">No. {entry.sealNumber}</Tag>
      )}
    </li>
  );
}

/** Entries come newest first and stay so; a day begins where the entry before was of another. */
function byDay(entries: readonly TrailEntry[]): { day: Day; entries: TrailEntry[] }[] {
  const days: { day: Day; entries: TrailEntry[] }[] = [];
  for (const entry of entries) {
    const day = dayOf(entry.at);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}
