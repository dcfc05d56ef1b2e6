"use client";
/** The result as the organisation reads it: before the holder's analyst has checked it, after, and on the register. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { reconcile } from "../../../../server/domain/lab/plan-faults";
import type { RegisterPlace } from "../../../../server/domain/lab/register";
import { factsOf } from "../../../../server/domain/lab/report-facts";
import type { ReportNumbers } from "../../../../server/domain/lab/report-numbers";
import { dayInWords, dayOf } from "../../../../server/domain/period";
import cards from "../../../_study/cards.module.css";
import { PlanCard } from "../../../_study/plan-card";
import { ReceiptCard } from "../../../_study/receipt-card";
import { StudyResult } from "../../../_study/study-result";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import { Icon } from "../../../_ui/icon";
import { StateTag } from "../state-tag";
import type { StepOfStudy } from "./step-of-study";
import { Withdraw } from "./withdraw";

interface ResultProps extends StepOfStudy {
  numbers: ReportNumbers;
  organisation: string;
  place: RegisterPlace | null;
}

/** The register is written within a minute. */
const LOOK_AGAIN_MS = 15_000;

export function Result({ study, dataSet, numbers, organisation, place, onMoved }: ResultProps) {
  const { plan, planHash, fixedAt, readyAt, receipts, number } = study;
  if (!dataSet || !planHash || !fixedAt) return null;
  const [last] = receipts;
  const facts = factsOf({
    ...{ number, organisation, plan, planHash, codebook: dataSet.codebook, holder: dataSet.holderName },
    ...{ fixedOn: dayOf(fixedAt), countedOn: dayOf(readyAt ?? fixedAt), software: "" },
    destroyed: last ? { on: dayOf(last.destroyedAt), sha256: last.sha256 } : null,
  });
  return (
    <StudyResult
      numbers={numbers}
      facts={facts}
      planned={reconcile(plan, null).expected}
      eyebrow={
        <>
          <span>
            Study {number}
            {place && ` (on the public register: study ${place.number})`}
          </span>
          <span>
            Started {dayInWords(facts.startedFrom)} to {dayInWords(facts.startedTo)}
          </span>
          <StateTag state={study.state} />
        </>
      }
      action={
        <Button
          variant="default"
          leftSection={<Icon name="print" size={18} />}
          onClick={() => window.print()}
        >
          Print or save as PDF
        </Button>
      }
      aside={
        <>
          <NextStep study={study} dataSet={dataSet} place={place} onMoved={onMoved} />
          <PlanCard
            planHash={planHash}
            fixedOn={dayOf(fixedAt)}
            byWhom={[study.askedByName, study.secondedByName].filter(Boolean).join(" and ")}
            href={`/studies/${study.id}/plan`}
          />
          {receipts.map((receipt) => (
            <ReceiptCard key={receipt.uploadId} receipt={receipt} />
          ))}
          <Withdraw study={study} onMoved={onMoved} />
        </>
      }
    />
  );
}

/** What happens next with a result, and the one thing that the reader may do about it. */
function NextStep({ study, dataSet, place, onMoved }: StepOfStudy & Pick<ResultProps, "place">) {
  const trpc = useTRPC();
  const publishing = useMutation(trpc.studies.publish.mutationOptions());
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const router = useRouter();
  const isAwaited = study.state === "published" && !place?.report;
  useEffect(() => {
    if (!isAwaited) return;
    const looking = setInterval(() => router.refresh(), LOOK_AGAIN_MS);
    return () => clearInterval(looking);
  }, [isAwaited, router]);
  const publish = async () => {
    setErrors([]);
    try {
      await publishing.mutateAsync({ id: study.id });
      await onMoved();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  const holder = dataSet?.holderName ?? "the data holder";
  return (
    <section className={`${cards["card"]} no-print`} aria-labelledby="next-step">
      <h2 id="next-step" className={cards["h3"]}>
        <Icon name={study.state === "published" ? "check" : "clock"} size={18} />
        {study.state === "ready" && "You read it first"}
        {study.state === "signed" && "Checked, and ready for everybody"}
        {study.state === "published" && "On the public register"}
      </h2>
      <ErrorSummary errors={errors} />
      {study.state === "ready" && study.question && study.questionedAt && (
        <p className={cards["text"]} role="status">
          <b>
            An analyst of {holder} has not signed it, and asked on {dayInWords(dayOf(study.questionedAt))}:
          </b>{" "}
          {study.question} Talk to them: they sign once it is cleared up. The plan and the numbers stay as
          they are. If the plan was wrong, withdraw this study and begin another from its plan.
        </p>
      )}
      {study.state === "ready" && (
        <p className={cards["text"]}>
          Nobody else has seen it. Now an analyst of {holder} checks that it says what the plan allows; they
          see figures and the plan, never a name. Then you put it on the register. Until then a line there
          says that a result waits, and since when.
        </p>
      )}
      {study.state === "signed" && (
        <>
          <p className={cards["text"]}>
            An analyst of {holder} checked it
            {study.signedAt && ` on ${dayInWords(dayOf(study.signedAt))}`}. On the register everybody can read
            it, as it stands here.
          </p>
          {study.may.publish ? (
            <div className={cards["action"]}>
              <Button loading={publishing.isPending} onClick={() => void publish()}>
                Put it on the public register
              </Button>
            </div>
          ) : (
            <p className={cards["text"]}>A manager of your organisation puts it there.</p>
          )}
        </>
      )}
      {study.state === "published" && (
        <p className={cards["text"]}>
          Since {study.publishedAt && dayInWords(dayOf(study.publishedAt))}.{" "}
          {place?.report ? (
            <>
              <Link href={`/open/studies/${place.number}`}>Its public page</Link>,{" "}
              <a href={`/open/studies/${place.number}/${encodeURIComponent(place.report)}`} download>
                its report (PDF)
              </a>
            </>
          ) : (
            <>
              Its page and its files are there within a minute.{" "}
              <Link href="/open/studies">Open the register</Link>
            </>
          )}
        </p>
      )}
    </section>
  );
}
