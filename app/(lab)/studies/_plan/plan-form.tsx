"use client";
/**
 * A plan, step by step, with what a study of this size could see always beside it. Each step is kept when one goes on,
 * whatever is still missing; the address says which step is open, so that the browser's own way back works.
 */
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import { CASEWORK_DATA_SET_ID } from "../../../../server/domain/lab/casework-set";
import { faultsOfPlan, reconcile } from "../../../../server/domain/lab/plan-faults";
import type { StudyView } from "../../../../server/domain/lab/studies";
import type { StudyPlan } from "../../../../server/domain/lab/study";
import type { Day } from "../../../../server/domain/period";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import { Icon } from "../../../_ui/icon";
import { Withdraw } from "../[id]/withdraw";
import { BasisStep } from "./basis-step";
import { CheckStep } from "./check-step";
import { HowStep } from "./how-step";
import { PeopleStep } from "./people-step";
import styles from "./plan.module.css";
import { Planner } from "./planner";
import { RecordsStep } from "./records-step";
import type { OfferedDataSet, StepProps } from "./step-props";
import {
  faultsOfStep,
  fieldId,
  firstNotDone,
  isStepKey,
  STEPS,
  type StepKey,
  stepOf,
  stepWith,
} from "./steps";
import { WhatStep } from "./what-step";

interface PlanFormProps {
  study: StudyView;
  /** Reads the study again after it was taken back. */
  onMoved(): Promise<void>;
  dataSets: readonly OfferedDataSet[];
  services: readonly { id: string; name: string }[];
  today: Day;
}

/** What that step asks where nobody’s name is sent. */
const OWN_BASIS = "Why you may use the records";

const codebookOf = (dataSets: readonly OfferedDataSet[], { dataSetId }: StudyPlan) =>
  dataSets.find(({ id }) => id === dataSetId)?.codebook ?? null;

export function PlanForm({ study, onMoved, dataSets, services, today }: PlanFormProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const asked = useSearchParams().get("step");
  const [plan, setPlan] = useState(study.plan);
  // Without a step in the address the plan opens where it was left: at the first step that is not done.
  const [opened] = useState(() =>
    firstNotDone(faultsOfPlan(study.plan, { codebook: codebookOf(dataSets, study.plan), today })),
  );
  const step: StepKey = isStepKey(asked) ? asked : opened;
  const at = STEPS.findIndex(({ key }) => key === step);
  const kept = useRef({ version: study.version, plan: study.plan });
  const [tried, setTried] = useState<ReadonlySet<StepKey>>(new Set());
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const heading = useRef<HTMLHeadingElement>(null);
  const saving = useMutation(trpc.studies.save.mutationOptions());
  const asking = useMutation(trpc.studies.ask.mutationOptions());
  const counted = plan.serviceId !== null && plan.startedFrom !== null && plan.startedTo !== null;
  const readiness = useQuery(
    trpc.studies.readiness.queryOptions({ id: study.id }, { enabled: counted && step === "people" }),
  );

  const dataSet = dataSets.find(({ id }) => id === plan.dataSetId) ?? null;
  const faults = faultsOfPlan(plan, { codebook: dataSet?.codebook ?? null, today });
  const change = useCallback((part: Partial<StudyPlan>) => setPlan((before) => ({ ...before, ...part })), []);
  const faultOf = (field: keyof StudyPlan) =>
    tried.has(stepWith(field))
      ? faults.find((fault) => fault.stops && fault.field === field)?.message
      : undefined;
  const props: StepProps = { plan, change, faultOf };

  /** Keeps what is written; says whether that went well. */
  const save = async (): Promise<boolean> => {
    if (JSON.stringify(plan) === JSON.stringify(kept.current.plan)) return true;
    try {
      // A line without its reason is not written yet.
      const whole = { ...plan, leftOut: plan.leftOut.filter(({ reason }) => reason.trim() !== "") };
      const { version } = await saving.mutateAsync({
        ...{ id: study.id, version: kept.current.version },
        plan: whole,
      });
      kept.current = { version, plan };
      setErrors([]);
      return true;
    } catch (error) {
      setErrors(faultsOf(error));
      return false;
    }
  };
  const saveOnceMore = useRef(save);
  saveOnceMore.current = save;
  // Own records are counted by the plan as it is kept.
  const { serviceId } = plan;
  const { refetch } = readiness;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another service is kept and counted at once
  useEffect(() => {
    if (step !== "people" || serviceId === kept.current.plan.serviceId) return;
    void saveOnceMore.current().then(async (went) => {
      if (went && counted) await refetch();
    });
  }, [serviceId, step]);

  const open = (key: StepKey) => {
    router.push(`/studies/${study.id}?step=${key}`, { scroll: false });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step begins at its heading
  useEffect(() => {
    if (asked !== null) heading.current?.focus();
  }, [step]);
  const go = async (key: StepKey) => {
    setTried(new Set([...tried, step]));
    if (await save()) open(key);
  };
  const onward = async () => {
    const own = faultsOfStep(faults, step).filter(({ stops }) => stops);
    if (own.length > 0 && !tried.has(step)) {
      // Said once; who presses again goes on and comes back to it in the last step.
      setTried(new Set([...tried, step]));
      setErrors(own.map(({ field, message }) => ({ message, fieldId: fieldId(field) })));
      return;
    }
    setErrors([]);
    await go(STEPS[at + 1]?.key ?? "check");
  };
  const ask = async () => {
    if (!(await save())) return;
    try {
      await asking.mutateAsync({ id: study.id });
      router.replace(`/studies/${study.id}`);
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  const headline = dataSet?.codebook.outcomes.find(({ name }) => name === plan.outcomes[0]) ?? null;
  const isWhole = faults.every(({ stops }) => !stops);
  // What was answered since it was said is no problem any more.
  const missing = new Set(faults.filter(({ stops }) => stops).map(({ field }) => fieldId(field)));
  const stillWrong = errors.filter((error) => error.fieldId === undefined || missing.has(error.fieldId));
  return (
    <>
      {study.returnedBecause && (
        <div className={styles["returned"]} role="note">
          <b>Sent back to be mended</b>
          <p>{study.returnedBecause}</p>
        </div>
      )}
      <div className={styles["layout"]}>
        <div>
          <nav aria-label="Steps of the plan" className={`${styles["steps"]} no-print`}>
            {STEPS.map(({ key, short }, place) => {
              const isDone =
                key !== "check" &&
                // How people are compared follows from the records: before they are chosen nothing is decided.
                (key !== "how" || plan.dataSetId !== null) &&
                faultsOfStep(faults, key).every(({ stops }) => !stops) &&
                (isWhole || place < at || asked !== null);
              return (
                <button
                  key={key}
                  type="button"
                  aria-current={key === step ? "step" : undefined}
                  data-done={isDone || undefined}
                  onClick={() => void go(key)}
                >
                  <span className={styles["at"]}>{isDone ? <Icon name="check" size={13} /> : place + 1}</span>
                  <span className={styles["short"]}>{short}</span>
                  {isDone && <span className="visually-hidden">, done</span>}
                </button>
              );
            })}
          </nav>
          <form
            className={styles["sheet"]}
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              void (step === "check" ? ask() : onward());
            }}
          >
            <div className={styles["sheetHead"]}>
              <p className={styles["stepNumber"]}>
                Step {at + 1} of {STEPS.length}
              </p>
              <h2 ref={heading} tabIndex={-1} className={styles["h2"]}>
                {step === "basis" && plan.dataSetId === CASEWORK_DATA_SET_ID ? OWN_BASIS : stepOf(step).title}
              </h2>
            </div>
            <ErrorSummary errors={stillWrong} />
            {step === "what" && <WhatStep {...props} />}
            {step === "records" && <RecordsStep {...props} dataSets={dataSets} />}
            {step === "people" && (
              <PeopleStep
                {...props}
                services={services}
                readiness={counted ? (readiness.data ?? null) : null}
              />
            )}
            {step === "basis" && <BasisStep {...props} />}
            {step === "how" && <HowStep {...props} codebook={dataSet?.codebook ?? null} />}
            {step === "check" && (
              <CheckStep
                plan={plan}
                codebook={dataSet?.codebook ?? null}
                dataSetName={dataSet?.codebook.name ?? null}
                serviceName={services.find(({ id }) => id === plan.serviceId)?.name ?? null}
                faults={faults}
                onOpen={open}
              />
            )}
            <div className={`${styles["acts"]} no-print`}>
              <Button
                type="submit"
                loading={saving.isPending || asking.isPending}
                disabled={step === "check" && !(isWhole && study.may.ask)}
              >
                {step === "check" ? "Ask a second person" : "Save and go on"}
              </Button>
              {at > 0 && (
                <Button variant="subtle" onClick={() => void go(STEPS[at - 1]?.key ?? "what")}>
                  Back
                </Button>
              )}
              <span className={styles["saved"]} role="status">
                {saving.isSuccess && !saving.isPending && "Saved"}
              </span>
            </div>
          </form>
          <Withdraw study={study} onMoved={onMoved} />
        </div>
        <aside className={styles["side"]} aria-label="Beside the plan">
          <Planner
            people={reconcile(plan, null).expected}
            verb={headline?.verb ?? null}
            better={headline?.better ?? "fewer"}
          />
        </aside>
      </div>
    </>
  );
}
