"use client";
/**
 * Everybody who started, whatever became of them: who counts, how many they are beside the organisation's own records,
 * who is not in the file and why, and who among them matching does not suit.
 */
import { Button, Checkbox, Select, Textarea, TextInput } from "@mantine/core";
import { peopleInWords } from "../../../../server/domain/impact/words";
import { CASEWORK_DATA_SET_ID } from "../../../../server/domain/lab/casework-set";
import { reconcile } from "../../../../server/domain/lab/plan-faults";
import type { Readiness } from "../../../../server/domain/lab/studies";
import { EXCLUSION_WORDS, EXCLUSIONS, FEWEST_SENT } from "../../../../server/domain/lab/study";
import { capital } from "../../../../server/domain/label-text";
import { Icon } from "../../../_ui/icon";
import styles from "./plan.module.css";
import { ReadinessCheck } from "./readiness-check";
import type { StepProps } from "./step-props";
import { fieldId } from "./steps";
import { WholeNumber } from "./whole-number";

interface PeopleStepProps extends StepProps {
  services: readonly { id: string; name: string }[];
  /** Of the plan as it was last saved; null while it is counted. */
  readiness: Readiness | null;
}

export function PeopleStep({ plan, change, faultOf, services, readiness }: PeopleStepProps) {
  const { leftOut, expected } = reconcile(plan, readiness?.started ?? null);
  // In these records everybody is known: there is no file, and nobody can be left out of it.
  const isOwn = plan.dataSetId === CASEWORK_DATA_SET_ID;
  return (
    <>
      <Select
        id={fieldId("serviceId")}
        label={isOwn ? "The service" : "The service in your own records"}
        description={
          isOwn
            ? "Everybody who first met it between the two days is in the study. No file is sent."
            : "If you log contacts here, we count who started, so that you need not."
        }
        data={[
          ...(isOwn ? [] : [{ value: "", label: "Not in these records" }]),
          ...services.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={plan.serviceId ?? (isOwn ? null : "")}
        error={faultOf("serviceId")}
        onChange={(id) => change({ serviceId: id === null || id === "" ? null : id })}
      />
      {plan.serviceId !== null && readiness && (
        <ReadinessCheck
          readiness={readiness}
          isFileSent={!isOwn}
          {...(readiness.started !== null &&
            readiness.started !== plan.eligible && {
              onTake: () => change({ eligible: readiness.started }),
            })}
        />
      )}
      <Textarea
        id={fieldId("inclusionRule")}
        label="Who counts as having started"
        description="One sentence: “Everybody who came to a first meeting with a coach.”"
        autosize
        minRows={2}
        maxLength={300}
        value={plan.inclusionRule}
        error={faultOf("inclusionRule")}
        onChange={(event) => change({ inclusionRule: event.currentTarget.value })}
      />
      <WholeNumber
        id={fieldId("eligible")}
        label="How many people started"
        description={`Between the two days, by that sentence. A study needs ${FEWEST_SENT} or more${isOwn ? "" : " in the file"}.`}
        value={plan.eligible}
        error={faultOf("eligible")}
        onChange={(eligible) => change({ eligible })}
      />
      {!isOwn && <LeftOut plan={plan} change={change} faultOf={faultOf} />}
      {!isOwn && expected !== null && (
        <p className={styles["sum"]} role="status">
          <strong>{peopleInWords(expected)}</strong> should be in your file
          {leftOut > 0 && `: ${plan.eligible} who started, less ${leftOut} left out`}.
        </p>
      )}
      <div id={fieldId("wholeCohort")} tabIndex={-1}>
        <Checkbox
          label={`Everybody who started is in the ${isOwn ? "study" : "file"}, whatever became of them`}
          description="Also those who left early, did badly or cannot be found any more. A chosen few would say nothing about the programme."
          checked={plan.wholeCohort}
          error={faultOf("wholeCohort")}
          onChange={(event) => change({ wholeCohort: event.currentTarget.checked })}
        />
      </div>
      <Checkbox.Group
        label="Are there people among them for whom this kind of comparison is not well suited?"
        description="What matters most for them is not in such records. The study can go on; the report says that they are in it."
        value={plan.exclusions}
        onChange={(chosen) => change({ exclusions: EXCLUSIONS.filter((each) => chosen.includes(each)) })}
      >
        <div className={styles["checks"]}>
          {EXCLUSIONS.map((each) => (
            <Checkbox key={each} value={each} label={capital(EXCLUSION_WORDS[each])} />
          ))}
        </div>
      </Checkbox.Group>
    </>
  );
}

/** Why some who started are not in the file: a reason and a number each. */
function LeftOut({ plan, change, faultOf }: StepProps) {
  const { leftOut } = plan;
  const set = (at: number, part: Partial<(typeof leftOut)[number]>) =>
    change({ leftOut: leftOut.map((line, place) => (place === at ? { ...line, ...part } : line)) });
  const error = faultOf("leftOut");
  return (
    <fieldset id={fieldId("leftOut")} tabIndex={-1}>
      <legend className={styles["legend"]}>Who started and is not in the file</legend>
      <p className={styles["hint"]}>
        For example people who said no to being in a study. Leave it empty if nobody.
      </p>
      {error && <p className={styles["error"]}>{error}</p>}
      <ul className={styles["leftOut"]}>
        {leftOut.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own until they are typed
          <li key={at}>
            <TextInput
              label="Reason"
              maxLength={120}
              value={line.reason}
              onChange={(event) => set(at, { reason: event.currentTarget.value })}
            />
            <WholeNumber
              label="People"
              value={line.people}
              onChange={(people) => set(at, { people: Math.max(1, people ?? 1) })}
            />
            <button
              type="button"
              className={styles["remove"]}
              aria-label={`Remove “${line.reason || `line ${at + 1}`}”`}
              onClick={() => change({ leftOut: leftOut.filter((_, place) => place !== at) })}
            >
              <Icon name="close" size={18} />
            </button>
          </li>
        ))}
      </ul>
      {leftOut.length < 10 && (
        <Button
          variant="default"
          leftSection={<Icon name="add" size={16} />}
          onClick={() => change({ leftOut: [...leftOut, { reason: "", people: 1 }] })}
        >
          Add a reason
        </Button>
      )}
    </fieldset>
  );
}
