/** What was asked in a study and of whom, as everybody may read it: no number of people stands in it. */

import type { StudyFacts } from "../../server/domain/lab/report-facts";
import { BASIS_WORDS, EXCLUSION_WORDS, SECTOR_WORDS } from "../../server/domain/lab/study";
import { capital } from "../../server/domain/label-text";
import { dayInWords } from "../../server/domain/period";
import { PlanPart } from "./plan-part";
import styles from "./plan-summary.module.css";

export function FactsSummary({ facts }: { facts: StudyFacts }) {
  const { dataSet } = facts;
  const [headline, ...others] = dataSet.outcomes.map(({ label }) => label);
  return (
    <div className={styles["plan"]}>
      <PlanPart
        title="What was done, and for whom"
        lines={[
          ["People who", facts.intervention],
          ["The programme", facts.about],
          ["Kind of support", facts.supportType],
          ["How people come to it", facts.referralRoute],
          ["Where", facts.place],
          [
            "Organisation",
            `${facts.organisation}${facts.sector ? `, ${SECTOR_WORDS[facts.sector].toLowerCase()}` : ""}`,
          ],
          ["Started", `${dayInWords(facts.startedFrom)} to ${dayInWords(facts.startedTo)}`],
          ["Who counts as started", facts.inclusionRule],
          [
            "Whole cohort",
            facts.wholeCohort ? "Everybody who started is in it" : "Not everybody who started is in it",
          ],
          ["Left out", facts.leftOut.length > 0 ? capital(facts.leftOut.join("; ")) : "Nobody"],
          [
            "People whom comparing suits less",
            facts.exclusions.length > 0
              ? capital(facts.exclusions.map((each) => EXCLUSION_WORDS[each]).join("; "))
              : "None",
          ],
        ]}
      />
      <PlanPart
        title="Where it was looked for"
        lines={[
          ["Data set", `${dataSet.name}, kept by ${dataSet.holder}`],
          ["Who is in it", dataSet.population],
          ["Headline", headline],
          ["Other outcomes", others.length > 0 ? others.join("; ") : "None"],
          ["Lawful basis", facts.lawfulBasis && BASIS_WORDS[facts.lawfulBasis]],
          ["Who answers for the data", facts.controller],
          ["Mark of the plan", facts.planHash],
        ]}
      />
    </div>
  );
}
