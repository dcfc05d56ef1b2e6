"use client";
/** The list: one row a summary, by its newest version; those still in the making say so and then show themselves. */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { AUDIENCE_WORDS } from "../../../../server/domain/impact/plan";
import { type Day, dayOf, periodInWords } from "../../../../server/domain/period";
import { periodOfPlan, type SummaryLine, type SummaryState } from "../../../../server/domain/summaries";
import { useTRPC } from "../../../_trpc/client";
import { dayAgo, timeOf } from "../../../_ui/dates";
import { ErrorSummary } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import { EmptyState } from "../../../_ui/page-title";
import rows from "../../../_ui/rows.module.css";
import { Tag } from "../../../_ui/tag";

const LOOK_EVERY_MS = 2_000;

export function Earlier({ given, today }: { given: SummaryLine[]; today: Day }) {
  const trpc = useTRPC();
  const lines = useQuery(
    trpc.summaries.list.queryOptions(undefined, {
      initialData: given,
      refetchInterval: ({ state: { data } }) =>
        data?.some(({ state }) => state === "making") ? LOOK_EVERY_MS : false,
    }),
  );
  const newest = lines.data.filter(({ isNewest }) => isNewest);
  return (
    <>
      <ErrorSummary errors={lines.isError ? faultsOf(lines.error) : []} />
      {newest.length === 0 ? (
        <EmptyState>
          No summary yet. The first one is <Link href="/summary">ready to look at</Link>: finish it, and it is
          kept here.
        </EmptyState>
      ) : (
        <ul className={rows["card"]}>
          {newest.map((line) => (
            <Row key={line.id} line={line} today={today} />
          ))}
        </ul>
      )}
    </>
  );
}

const UNMADE: Readonly<Record<Exclude<SummaryState, "ready">, string>> = {
  making: "A summary that is being made",
  failed: "A summary that could not be made",
};

function Row({ line, today }: { line: SummaryLine; today: Day }) {
  const title = line.state === "ready" ? (line.title ?? "Summary") : UNMADE[line.state];
  return (
    <li>
      <Link href={`/summary/${line.id}`} className={rows["row"]}>
        <span className={rows["words"]}>
          <strong>{title}</strong>
          <span>
            {line.serviceName ?? "All services"}, {periodInWords(periodOfPlan(line.plan))},{" "}
            {AUDIENCE_WORDS[line.plan.audience].toLowerCase()}
            {line.version > 1 && `, version ${line.version}`}
          </span>
          <small>{madeInWords(line, today)}</small>
        </span>
        <span className={rows["end"]}>
          <StateTag state={line.state} />
        </span>
      </Link>
    </li>
  );
}

function StateTag({ state }: { state: SummaryState }) {
  if (state === "making") return <Tag tone="wait">Being made</Tag>;
  if (state === "failed")
    return (
      <Tag tone="stop" icon="warn">
        Open to try again
      </Tag>
    );
  return (
    <Tag tone="brand" icon="check">
      Kept
    </Tag>
  );
}

/** "By Lena Kaur, yesterday, 10:42", "Prepared by itself (Board pack), 1 Oct, 06:00". */
function madeInWords({ madeByName, scheduleName, askedAt, countedOn }: SummaryLine, today: Day): string {
  const who =
    madeByName !== null
      ? `By ${madeByName}`
      : `Prepared by itself${scheduleName ? ` (${scheduleName})` : ""}`;
  const when = dayAgo(countedOn ?? dayOf(askedAt), today);
  return `${who}, ${when === "Today" || when === "Yesterday" ? when.toLowerCase() : when}, ${timeOf(askedAt)}`;
}
