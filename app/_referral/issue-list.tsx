/** The issues of a referral, each with how serious it is and, at the end, what came of it. */
import { OUTCOME_WORDS } from "../../server/domain/referral-input";
import type { ReferredIssue } from "../../server/domain/referral-shown";
import { Tag, type Tone } from "../_ui/tag";
import { nameOf, SEVERITY_WORDS } from "../_words/issue-words";
import styles from "./referral.module.css";

const TONES: Readonly<Record<NonNullable<ReferredIssue["outcome"]>, Tone>> = {
  achieved: "brand",
  partly: "plain",
  not: "wait",
};

export function IssueList({ issues }: { issues: readonly ReferredIssue[] }) {
  return (
    <ul className={styles["issues"]}>
      {issues.map(({ need, severity, label, outcome }, at) => (
        // The issues of a referral never change their order.
        // biome-ignore lint/suspicious/noArrayIndexKey: two may have the same need
        <li key={at}>
          <span>
            <strong>{nameOf(need, null)}</strong>
            {label && <span className={styles["own"]}> “{label}”</span>}
            <span className={styles["minor"]}> · {SEVERITY_WORDS[severity]}</span>
          </span>
          {outcome && <Tag tone={TONES[outcome]}>{OUTCOME_WORDS[outcome]}</Tag>}
        </li>
      ))}
    </ul>
  );
}
