/** Referrals that came in and that went out: what waits for an answer first, and how long things take. */
import type { Metadata } from "next";
import Link from "next/link";
import { now } from "../../../server/context";
import { dayOf } from "../../../server/domain/period";
import { type ListReferrals, listReferralsSchema } from "../../../server/domain/referral-input";
import type { ReferralList } from "../../../server/domain/referral-shown";
import { createCaller } from "../../../server/routers";
import styles from "../../_referral/referral.module.css";
import { middleInWords } from "../../_referral/referral-words";
import { EmptyState, Page, PageTitle } from "../../_ui/page-title";
import { pageContext, requireViewerWho } from "../../_ui/viewer";
import { ReferralRows } from "./referral-rows";

export const metadata: Metadata = { title: "Referrals" };

const SHOWS: readonly [ListReferrals["show"], string][] = [
  ["open", "Open"],
  ["new", "Waiting"],
  ["mine", "Mine"],
  ["all", "All"],
];

const NOTHING: Readonly<Record<ListReferrals["box"], Readonly<Record<ListReferrals["show"], string>>>> = {
  received: {
    open: "No open referrals. When another service refers somebody to you, they show up here.",
    new: "Nothing waits for your answer.",
    mine: "You have not accepted any referral. Those that you accept show up here.",
    all: "Nobody has referred anybody to you yet.",
  },
  sent: {
    open: "No open referrals. Open somebody’s record and choose Refer to send one.",
    new: "Everything that you sent has been answered.",
    mine: "You have not sent a referral. Open somebody’s record and choose Refer.",
    all: "You have not sent a referral yet. Open somebody’s record and choose Refer.",
  },
};

interface ReferralsPageProps {
  searchParams: Promise<{ box?: string | string[]; show?: string | string[] }>;
}

export default async function ReferralsPage({ searchParams }: ReferralsPageProps) {
  await requireViewerWho("referral.read");
  const asked = await searchParams;
  const read = listReferralsSchema.safeParse({ box: asked.box ?? "received", show: asked.show ?? "open" });
  const { box, show } = read.success ? read.data : { box: "received" as const, show: "open" as const };
  const ctx = await pageContext();
  const [list, today] = await Promise.all([
    createCaller(ctx).referrals.list({ box, show }),
    now(ctx).then(dayOf),
  ]);
  const other = box === "received" ? "sent" : "received";
  return (
    <Page>
      <PageTitle title={box === "received" ? "Referrals to you" : "Referrals from you"}>
        {box === "received"
          ? "People whom other services ask you to help."
          : "People for whom you asked other services, and what came of it."}{" "}
        <Link href={`/referrals?box=${other}`}>
          {box === "received" ? "Show those you sent" : "Show those you received"}
        </Link>
      </PageTitle>
      <Numbers {...list} />
      <nav aria-label="Which referrals" className={styles["filters"]}>
        <div className={styles["choices"]}>
          {SHOWS.map(([value, label]) => (
            <Link
              key={value}
              className={styles["choice"]}
              aria-current={value === show ? "page" : undefined}
              href={`/referrals?box=${box}&show=${value}`}
            >
              {label}
              {value === "new" && list.waiting > 0 && ` (${list.waiting})`}
            </Link>
          ))}
        </div>
      </nav>
      {list.referrals.length === 0 ? (
        <EmptyState>{NOTHING[box][show]}</EmptyState>
      ) : (
        <ReferralRows referrals={list.referrals} today={today} />
      )}
      {list.total > list.referrals.length && (
        <p className={styles["minor"]}>
          The latest {list.referrals.length} of {list.total} are shown.
        </p>
      )}
    </Page>
  );
}

/** The middle number of days, said as what half of them took, with its base; the organisation's own, so exact. */
function Numbers({ toAccept, toComplete }: Pick<ReferralList, "toAccept" | "toComplete">) {
  if (!toAccept) return null;
  return (
    <div className={styles["numbers"]}>
      <Half of={toAccept.of} are="accepted" within={toAccept.days} />
      {toComplete && <Half of={toComplete.of} are="completed" within={toComplete.days} />}
    </div>
  );
}

function Half({ of, are, within }: { of: number; are: string; within: number }) {
  return (
    <p>
      Half are {are} <strong className={styles["count"]}>{middleInWords(within)}</strong> ({of} so far)
    </p>
  );
}
