"use client";
/** One study by where it is. While it runs the page looks again by itself; whoever leaves finds it here. */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type { DataSetView } from "../../../../server/domain/lab/data-sets";
import type { RegisterPlace } from "../../../../server/domain/lab/register";
import type { StudyView } from "../../../../server/domain/lab/studies";
import { type Day, dayInWords } from "../../../../server/domain/period";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { Icon } from "../../../_ui/icon";
import { PageTitle } from "../../../_ui/page-title";
import { PlanForm } from "../_plan/plan-form";
import { Running } from "../_send/running";
import { SendFile } from "../_send/send-file";
import { StartStudy } from "../_send/start-study";
import { nextStep, StateTag } from "../state-tag";
import { Approval } from "./approval";
import { Result } from "./result";
import styles from "./study.module.css";
import { TooFew } from "./too-few";
import { Withdrawn } from "./withdrawn";

interface StudyProps {
  given: StudyView;
  organisation: string;
  dataSet: DataSetView | null;
  dataSets: readonly DataSetView[];
  services: readonly { id: string; name: string }[];
  today: Day;
  /** On the public register; null while it has no line there. */
  place: RegisterPlace | null;
}

const LOOK_EVERY_MS = 1_500;

export function Study({ given, organisation, dataSet, dataSets, services, today, place }: StudyProps) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.studies.get.queryOptions(
      { id: given.id },
      {
        initialData: given,
        // What the page was made with is newer than what is remembered here.
        initialDataUpdatedAt: Date.now(),
        refetchInterval: ({ state: { data } }) => (data?.state === "running" ? LOOK_EVERY_MS : false),
      },
    ),
  );
  // Of what was fetched and what the page was made with, whichever came last: a study can go back a step, too. A page
  // that the browser went back to may be older than what was fetched since.
  const [page, setPage] = useState(() => ({ given, at: isBefore(given, query.data) ? 0 : Date.now() }));
  if (page.given !== given) setPage({ given, at: Date.now() });
  const study = query.dataUpdatedAt > page.at ? query.data : page.given;
  const again = async () => {
    await query.refetch();
  };
  const common = { study, dataSet, onMoved: again };
  return (
    <>
      <Link href="/studies" className={`${styles["back"]} no-print`}>
        <Icon name="back" size={16} /> Studies
      </Link>
      <ErrorSummary errors={query.isError ? faultsOf(query.error) : []} />
      {study.numbers === null || study.state === "withdrawn" ? <Head study={study} /> : null}
      {study.state === "draft" &&
        (study.may.save ? (
          <PlanForm study={study} onMoved={again} dataSets={dataSets} services={services} today={today} />
        ) : (
          <Approval {...common} />
        ))}
      {(study.state === "asked" || study.state === "fixed") && dataSet && !dataSet.isOffered && (
        <p className={form["note"]} role="note">
          The data set of this study, {dataSet.name}, was withdrawn by its holder. This study cannot be run
          any more: withdraw it, and plan another in a data set that is there.
        </p>
      )}
      {study.state === "asked" && <Approval {...common} />}
      {study.state === "fixed" &&
        (study.needsFile ? <SendFile {...common} today={today} /> : <StartStudy {...common} />)}
      {study.state === "running" && <Running {...common} />}
      {(study.state === "ready" || study.state === "signed" || study.state === "published") &&
        study.numbers !== null && (
          <Result {...common} numbers={study.numbers} organisation={organisation} place={place} />
        )}
      {study.state === "too-few" && <TooFew {...common} />}
      {study.state === "withdrawn" && <Withdrawn study={study} />}
    </>
  );
}

const isBefore = (one: StudyView, other: StudyView) => ORDER.indexOf(one.state) < ORDER.indexOf(other.state);
const ORDER = ["draft", "asked", "fixed", "running", "ready", "signed", "published", "too-few", "withdrawn"];

function Head({ study }: { study: StudyView }) {
  const { number, plan, state } = study;
  return (
    <PageTitle title={plan.intervention === "" ? "A new study" : `People who ${plan.intervention}`}>
      <span className={styles["line"]}>
        Study {number} <StateTag state={state} />
        {plan.startedFrom && plan.startedTo && state !== "draft" && (
          <span>
            Started {dayInWords(plan.startedFrom)} to {dayInWords(plan.startedTo)}
          </span>
        )}
        {state !== "draft" && <span>{nextStep(study)}</span>}
      </span>
    </PageTitle>
  );
}
