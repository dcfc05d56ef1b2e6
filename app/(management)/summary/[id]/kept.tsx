"use client";
/**
 * A summary while it is made, when it could not be made, and as it is kept: the paper made of what leaves, its files, its
 * other versions, and what can be done next.
 */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { AUDIENCE_WORDS } from "../../../../server/domain/impact/plan";
import { periodInWords } from "../../../../server/domain/period";
import { type KeptSummary, periodOfPlan, STORY_GONE } from "../../../../server/domain/summaries";
import { useTRPC } from "../../../_trpc/client";
import { PageTitle } from "../../../_ui/page-title";
import { choiceQuery } from "../choice";
import { keepWords, readWords } from "../kept-words";
import { PaperView } from "../paper-view";
import styles from "./kept.module.css";
import { KeptBar } from "./kept-bar";
import { NewVersion } from "./new-version";

interface KeptProps {
  given: KeptSummary;
  accountId: string;
  mayMake: boolean;
}

const LOOK_EVERY_MS = 1_000;

export function Kept({ given, accountId, mayMake }: KeptProps) {
  const trpc = useTRPC();
  const { data: summary } = useQuery(
    trpc.summaries.get.queryOptions(
      { id: given.id },
      {
        initialData: given,
        // What is made does not change.
        staleTime: Number.POSITIVE_INFINITY,
        refetchInterval: ({ state }) => (state.data?.state === "making" ? LOOK_EVERY_MS : false),
      },
    ),
  );
  if (summary.state === "making") return <Making summary={summary} />;
  if (summary.state === "failed" || !summary.paper) {
    return <Failed summary={summary} accountId={accountId} mayMake={mayMake} />;
  }
  return (
    <>
      <KeptBar summary={summary} accountId={accountId} mayMake={mayMake} />
      <Notices summary={summary} />
      <PaperView paper={summary.paper} takeAway={!summary.storiesTakenBack} />
    </>
  );
}

/** "Money advice, July to September 2026, for trustees". */
const subjectOf = ({ serviceName, plan }: KeptSummary) =>
  `${serviceName ?? "All services"}, ${periodInWords(periodOfPlan(plan))}, ${AUDIENCE_WORDS[plan.audience].toLowerCase()}`;

function Making({ summary }: { summary: KeptSummary }) {
  return (
    <div className={styles["state"]}>
      <PageTitle title="Your summary is being made">{subjectOf(summary)}</PageTitle>
      <div role="status">
        <p>
          {summary.plan.audience === "team"
            ? "The exact copy is being kept and its files written."
            : "People are being counted once more, numbers rounded and the files written."}{" "}
          This takes a few seconds. It goes on when you leave this page.
        </p>
        <span className={styles["progress"]} aria-hidden="true" />
      </div>
      <p className={styles["links"]}>
        <Link href="/summary/earlier">Summaries made earlier</Link>
      </p>
    </div>
  );
}

interface FailedProps {
  summary: KeptSummary;
  accountId: string;
  mayMake: boolean;
}

function Failed({ summary, accountId, mayMake }: FailedProps) {
  const hasOwnWords = Object.keys(summary.plan.texts).length > 0;
  return (
    <div className={styles["state"]}>
      <PageTitle title="This summary could not be made">{subjectOf(summary)}</PageTitle>
      {summary.refused !== null ? (
        <p>{summary.refused}</p>
      ) : (
        <p>
          Nothing left the organisation, and nothing is lost: the choice and your words are kept.{" "}
          {mayMake ? "Try once more. " : ""}If it fails again, tell whoever runs Common Need and quote{" "}
          {summary.faultId}.
        </p>
      )}
      {mayMake && summary.refused !== null && hasOwnWords && (
        <ChangeWords summary={summary} accountId={accountId} />
      )}
      {mayMake && !(summary.refused !== null && hasOwnWords) && (
        <NewVersion of={summary.id} primary words="Try once more" />
      )}
      <p className={styles["links"]}>
        <Link href="/summary/earlier">Summaries made earlier</Link>
      </p>
    </div>
  );
}

/** Back to composing with the words as they were; what was typed since stays, for it is newer. */
function ChangeWords({ summary: { plan }, accountId }: Pick<FailedProps, "summary" | "accountId">) {
  const router = useRouter();
  const { texts, ...choice } = plan;
  const begin = () => {
    keepWords(accountId, { ...texts, ...readWords(accountId) });
    router.push(`/summary${choiceQuery(choice)}`);
  };
  return (
    <Button mt={16} onClick={begin}>
      Change the words
    </Button>
  );
}

function Notices({ summary: { isNewest, versions, storiesTakenBack } }: { summary: KeptSummary }) {
  const newest = versions[0];
  if (!storiesTakenBack && (isNewest || !newest)) return null;
  return (
    <div className={`${styles["notices"]} no-print`}>
      {storiesTakenBack && <p>{STORY_GONE}</p>}
      {!isNewest && newest && (
        <p>
          There is a newer version. <Link href={`/summary/${newest.id}`}>Open version {newest.version}</Link>
        </p>
      )}
    </div>
  );
}
