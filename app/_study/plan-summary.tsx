/** A plan as it stands, question by question: what a second person reads, and what everybody can read once it is fixed. */

import type { Codebook } from "../../server/domain/lab/codebook";
import { methodWords } from "../../server/domain/lab/method-words";
import { BASIS_WORDS, EXCLUSION_WORDS, SECTOR_WORDS, type StudyPlan } from "../../server/domain/lab/study";
import { capital } from "../../server/domain/label-text";
import { inDigits } from "../../server/domain/number-text";
import { dayInWords } from "../../server/domain/period";
import { NOT_SAID, PlanPart } from "./plan-part";
import styles from "./plan-summary.module.css";

interface PlanSummaryProps {
  plan: StudyPlan;
  codebook: Codebook | null;
  dataSetName: string | null;
  serviceName: string | null;
}

export function PlanSummary({ plan, codebook, dataSetName, serviceName }: PlanSummaryProps) {
  const outcome = (name: string) => codebook?.outcomes.find((each) => each.name === name)?.label ?? name;
  const covariate = (name: string) => codebook?.covariates.find((each) => each.name === name)?.label ?? name;
  const days = [plan.startedFrom, plan.startedTo].map((day) => (day === null ? NOT_SAID : dayInWords(day)));
  const [headline, ...others] = plan.outcomes;
  const [main, ...beside] = plan.methods;
  const leftOut = plan.leftOut.reduce((sum, { people }) => sum + people, 0);
  return (
    <div className={styles["plan"]}>
      <PlanPart
        title="What was done, and for whom"
        lines={[
          ["People who", plan.intervention],
          ["The programme", plan.about],
          ["Kind of support", plan.supportType],
          ["How people come to it", plan.referralRoute],
          ["Where", plan.place],
          ["Sector", plan.sector && SECTOR_WORDS[plan.sector]],
          ["Started", `${days[0]} to ${days[1]}`],
        ]}
      />
      <PlanPart
        title="What is looked for"
        lines={[
          ["Data set", dataSetName],
          ["Headline", headline && outcome(headline)],
          ["Other outcomes", others.length > 0 ? others.map(outcome).join("; ") : "None"],
        ]}
      />
      <PlanPart
        title="Who is in it"
        lines={[
          ["Who counts as started", plan.inclusionRule],
          ["How many started", plan.eligible === null ? null : inDigits(plan.eligible)],
          [
            "Left out",
            plan.leftOut.length === 0
              ? "Nobody"
              : `${inDigits(leftOut)}: ${plan.leftOut.map(({ reason, people }) => `${reason} (${inDigits(people)})`).join("; ")}`,
          ],
          ["Own records", serviceName ?? "Not in these records"],
          [
            "Whole cohort",
            plan.wholeCohort ? "Everybody who started is in it, whatever became of them" : null,
          ],
          [
            "People whom comparing suits less",
            plan.exclusions.length === 0
              ? "None"
              : capital(plan.exclusions.map((each) => EXCLUSION_WORDS[each]).join("; ")),
          ],
        ]}
      />
      <PlanPart
        title="Why the data may be used"
        lines={[
          ["Lawful basis", plan.lawfulBasis && BASIS_WORDS[plan.lawfulBasis]],
          ["Who answers for the data", plan.controller],
          ["What the result is for", plan.purpose],
        ]}
      />
      <PlanPart
        title="How people are compared"
        lines={[
          ["Main way", main && methodWords(main)],
          ["Shown beside it", beside.length > 0 ? beside.map(methodWords).join("; ") : "Nothing"],
          ["Compared on", plan.covariates.map(covariate).join("; ")],
          [
            "Groups looked at one by one",
            plan.subgroups.length > 0 ? plan.subgroups.map(covariate).join("; ") : "None",
          ],
        ]}
      />
    </div>
  );
}
