"use client";
/** What the holder's analyst reads before signing: the result as it would be public, what to look at, and the plan below. */
import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { DataSetView } from "../../../../../../server/domain/lab/data-sets";
import { factsOf } from "../../../../../../server/domain/lab/report-facts";
import type { StudyToSign } from "../../../../../../server/domain/lab/studies";
import { dayInWords, dayOf } from "../../../../../../server/domain/period";
import cards from "../../../../../_study/cards.module.css";
import { PlanCard } from "../../../../../_study/plan-card";
import { PlanSummary } from "../../../../../_study/plan-summary";
import { StudyResult } from "../../../../../_study/study-result";
import { useTRPC } from "../../../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../../../_ui/error-summary";
import { faultOf, faultsOf } from "../../../../../_ui/faults";
import { FormActions } from "../../../../../_ui/form-actions";
import { Icon } from "../../../../../_ui/icon";
import styles from "../../../[id]/study.module.css";
import { StateTag } from "../../../state-tag";

interface CheckStudyProps {
  given: StudyToSign;
  dataSet: DataSetView;
}

const LOOK_AT = [
  "The outcomes are those of the plan, and none is missing.",
  "The two groups are alike enough for what is said.",
  "The records suit the question: nothing is read out of them that they do not hold.",
  "No group of people is told so closely that somebody could be known by it.",
] as const;

export function CheckStudy({ given: study, dataSet }: CheckStudyProps) {
  const { organisationName, number, plan, planHash, fixedAt, readyAt, numbers } = study;
  const facts = factsOf({
    ...{ number, organisation: organisationName, plan, planHash, codebook: dataSet.codebook },
    ...{ holder: dataSet.holderName, fixedOn: dayOf(fixedAt), countedOn: dayOf(readyAt) },
    ...{ software: "", destroyed: null },
  });
  return (
    <>
      <Link href="/studies" className={`${styles["back"]} no-print`}>
        <Icon name="back" size={16} /> Studies
      </Link>
      <StudyResult
        numbers={numbers}
        facts={facts}
        eyebrow={
          <>
            <span>{organisationName}</span>
            <span>
              Started {dayInWords(facts.startedFrom)} to {dayInWords(facts.startedTo)}
            </span>
            <StateTag state={study.state} />
          </>
        }
        aside={
          <>
            <Check study={study} />
            <PlanCard planHash={planHash} fixedOn={dayOf(fixedAt)} href="#plan" />
          </>
        }
      />
      <section id="plan" className={styles["card"]} aria-label="The plan" style={{ marginTop: 28 }}>
        <PlanSummary
          plan={plan}
          codebook={dataSet.codebook}
          dataSetName={study.dataSetName}
          serviceName={null}
        />
      </section>
    </>
  );
}

const QUESTION = "study-question";

/** The signature, or what keeps the analyst from it. */
function Check({ study }: { study: StudyToSign }) {
  const { organisationId, organisationName, id, signedAt, question, questionedAt } = study;
  const trpc = useTRPC();
  const router = useRouter();
  const signing = useMutation(trpc.studies.sign.mutationOptions());
  const asking = useMutation(trpc.studies.question.mutationOptions());
  const [isAsking, setAsking] = useState(false);
  const [words, setWords] = useState(question ?? "");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const act = async (does: () => Promise<unknown>) => {
    setErrors([]);
    try {
      await does();
      setAsking(false);
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error, { question: QUESTION }));
    }
  };
  return (
    <section className={`${cards["card"]} no-print`} aria-labelledby="sign">
      <h2 id="sign" className={cards["h3"]}>
        <Icon name={signedAt ? "check" : "shield"} size={18} />
        {signedAt ? `Signed on ${dayInWords(dayOf(signedAt))}` : "Your check"}
      </h2>
      <ErrorSummary errors={errors} />
      {signedAt ? (
        <p className={cards["text"]}>The organisation can put it on the public register now.</p>
      ) : (
        <>
          {question && questionedAt && !isAsking && (
            <div role="status">
              <p className={cards["text"]}>
                <b>Asked on {dayInWords(dayOf(questionedAt))}:</b> {question}
              </p>
              <p className={cards["text"]}>{organisationName} reads this. Sign once it is cleared up.</p>
            </div>
          )}
          <ul className={cards["marked"]} data-kind="check">
            {LOOK_AT.map((sentence) => (
              <li key={sentence}>
                <Icon name="right" size={17} />
                <span>{sentence}</span>
              </li>
            ))}
          </ul>
          {isAsking ? (
            <div className={cards["action"]}>
              <Textarea
                id={QUESTION}
                label="What must be cleared up before you sign?"
                description={`${organisationName} reads it. The plan and the numbers cannot be changed any more.`}
                autosize
                minRows={3}
                maxLength={400}
                value={words}
                error={faultOf(errors, QUESTION)}
                onChange={(event) => setWords(event.currentTarget.value)}
              />
              <FormActions
                act="Send it"
                busy={asking.isPending}
                disabled={words.trim().length < 3}
                onPress={() => void act(() => asking.mutateAsync({ organisationId, id, question: words }))}
                onLeave={() => setAsking(false)}
              />
            </div>
          ) : (
            <div className={cards["action"]}>
              <Button
                loading={signing.isPending || signing.isSuccess}
                onClick={() => void act(() => signing.mutateAsync({ organisationId, id }))}
              >
                Sign that it was done as planned
              </Button>
              <Button variant="default" onClick={() => setAsking(true)}>
                I cannot sign it yet
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  );
}
