"use client";
/**
 * How people are compared: in plain words, with everything chosen already. Who wants to change it opens the details:
 * what people are compared on, which ways are tried beside the main one, and groups that are looked at by themselves.
 */
import { Checkbox } from "@mantine/core";
import { thingsInWords } from "../../../../server/domain/impact/words";
import type { LabMethod } from "../../../../server/domain/lab/analysis";
import type { Codebook } from "../../../../server/domain/lab/codebook";
import { methodWords } from "../../../../server/domain/lab/method-words";
import { FEWEST_IN_SUBGROUP } from "../../../../server/domain/lab/study";
import { Segmented } from "../../../_ui/segmented";
import { DEFAULT_METHODS } from "./defaults";
import styles from "./plan.module.css";
import type { StepProps } from "./step-props";
import { fieldId } from "./steps";

interface HowStepProps extends StepProps {
  codebook: Codebook | null;
}

const sameMethod = (one: LabMethod, other: LabMethod) => JSON.stringify(one) === JSON.stringify(other);

export function HowStep({ plan, change, faultOf, codebook }: HowStepProps) {
  if (!codebook) {
    return (
      <p className={styles["note"]}>
        Choose the records first: what people can be compared on follows from them.
      </p>
    );
  }
  return (
    <>
      <ol className={styles["story"]}>
        <li>
          <b>We look for people like yours.</b> From {thingsInWords(plan.covariates.length, "thing")} that the
          records say of everybody before they started, we work out how likely each person was to take part.
        </li>
        <li>
          <b>We compare like with like.</b> Each person who took part is set beside everybody who was just as
          likely to, and did not.
        </li>
        <li>
          <b>We check that the two groups are alike.</b> If they differ too much in anything, no result is
          given.
        </li>
        <li>
          <b>Then we look at what happened.</b> Only now, and only at what you chose. Other ways of comparing
          are shown beside it, so that you see how far the result depends on ours.
        </li>
      </ol>
      <p className={styles["good"]}>Everything is chosen already. You can go on.</p>
      <details className={styles["fold"]}>
        <summary>Change the details</summary>
        <div className={styles["foldBody"]}>
          <MainMethod plan={plan} change={change} faultOf={faultOf} />
          <Beside plan={plan} change={change} faultOf={faultOf} />
          <Checkbox.Group
            id={fieldId("covariates")}
            label="What people are compared on"
            description="Leave everything chosen unless something could have been changed by taking part."
            value={plan.covariates}
            error={faultOf("covariates")}
            onChange={(chosen) =>
              change({
                covariates: codebook.covariates
                  .map(({ name }) => name)
                  .filter((name) => chosen.includes(name)),
              })
            }
          >
            <div className={styles["checks"]}>
              {codebook.covariates.map(({ name, label }) => (
                <Checkbox key={name} value={name} label={label} />
              ))}
            </div>
          </Checkbox.Group>
          <Checkbox.Group
            label="Groups to look at by themselves"
            description={`Only shown for ${FEWEST_IN_SUBGROUP} matched people or more. Each one more can show a difference by chance.`}
            value={plan.subgroups}
            error={faultOf("subgroups")}
            onChange={(chosen) =>
              change({
                subgroups: codebook.covariates
                  .map(({ name }) => name)
                  .filter((name) => chosen.includes(name)),
              })
            }
          >
            <div className={styles["checks"]}>
              {codebook.covariates
                .filter(({ type }) => type === "category")
                .map(({ name, label }) => (
                  <Checkbox
                    key={name}
                    value={name}
                    label={label}
                    disabled={plan.subgroups.length >= 5 && !plan.subgroups.includes(name)}
                  />
                ))}
            </div>
          </Checkbox.Group>
        </div>
      </details>
    </>
  );
}

const CALIPERS = [
  { value: "0.1", label: "Very strict" },
  { value: "0.2", label: "Usual" },
  { value: "0.3", label: "Wider" },
] as const;

function MainMethod({ plan, change, faultOf }: StepProps) {
  const [main, ...others] = plan.methods;
  const value = main?.name === "radius" ? String(main.caliper) : null;
  const error = faultOf("methods");
  return (
    <div id={fieldId("methods")} tabIndex={-1}>
      <p className={styles["legend"]}>How alike people must be</p>
      <p className={styles["hint"]}>
        Stricter finds people who are more alike, and leaves more of yours without anybody to compare with.
      </p>
      {error && <p className={styles["error"]}>{error}</p>}
      <Segmented
        label="How alike people must be"
        value={CALIPERS.find((caliper) => caliper.value === value)?.value ?? null}
        options={CALIPERS}
        onChange={(next) => {
          const headline: LabMethod = { name: "radius", caliper: Number(next), exact: [], score: "logit" };
          change({ methods: [headline, ...others.filter((other) => !sameMethod(other, headline))] });
        }}
      />
    </div>
  );
}

function Beside({ plan, change }: StepProps) {
  const [main, ...others] = plan.methods;
  const offered = DEFAULT_METHODS.filter((method) => !main || !sameMethod(method, main));
  return (
    <Checkbox.Group
      label="Other ways that are shown beside it"
      description="They are shown whether they agree or not."
      value={others.map(methodWords)}
      onChange={(chosen) => {
        const kept = offered.filter((method) => chosen.includes(methodWords(method)));
        change({ methods: main ? [main, ...kept] : kept });
      }}
    >
      <div className={styles["checks"]}>
        {offered.map((method) => (
          <Checkbox key={methodWords(method)} value={methodWords(method)} label={methodWords(method)} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
