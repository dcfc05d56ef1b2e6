"use client";
/** The rule that is met, with what met it, and the worker's decision. */
import { Button, Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import {
  type AnswerEarlyHelp,
  NOT_NOW_LABELS,
  NOT_NOW_REASONS,
  type NotNowReason,
  RULE_WORDS,
  type TouchedOutcome,
} from "../../../../server/domain/early-help";
import { getNeedByNumber } from "../../../../server/domain/needs";
import type { Day } from "../../../../server/domain/period";
import { newId } from "../../../_offline/new-id";
import { useTRPC } from "../../../_trpc/client";
import { dayNear } from "../../../_ui/dates";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { FormActions } from "../../../_ui/form-actions";
import styles from "./rail.module.css";
import { RailSection } from "./rail-section";

interface EarlyHelpCardProps {
  clientId: string;
  prompt: {
    outcomes: readonly TouchedOutcome[];
    answered: { answer: AnswerEarlyHelp["answer"]; answeredOn: Day; memberName: string | null } | null;
  };
  today: Day;
}

const needNames = (needs: readonly number[]) => needs.map((need) => getNeedByNumber(need).label).join(", ");

export function EarlyHelpCard({ clientId, prompt: { outcomes, answered }, today }: EarlyHelpCardProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const answering = useMutation(trpc.earlyHelp.answer.mutationOptions());
  const [isNotNow, setIsNotNow] = useState(false);
  const [because, setBecause] = useState<NotNowReason | null>(null);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const answer = async (said: Pick<AnswerEarlyHelp, "answer" | "because">) => {
    setErrors([]);
    try {
      await answering.mutateAsync({ id: newId(), clientId, ...said });
      setIsNotNow(false);
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  const notNow = () =>
    because
      ? void answer({ answer: "not-now", because })
      : setErrors([{ message: "Choose why not now.", fieldId: "not-now-because" }]);

  return (
    <RailSection title="Would early help fit?" brief={answered ? "answered" : "your decision"}>
      {answered ? (
        <p>
          {answered.answer === "agree" ? "Yes" : "Not now"}, said {answered.memberName ?? "a colleague"},{" "}
          {dayNear(answered.answeredOn, today)}.
        </p>
      ) : (
        <div className={form["form"]}>
          <ErrorSummary errors={errors} />
          <p>
            <strong>Why you are asked:</strong> {RULE_WORDS}
          </p>
          <ul className={styles["outcomes"]}>
            {outcomes.map(({ label, needs }) => (
              <li key={label}>
                {label} <span className={styles["quiet"]}>{needNames(needs)}</span>
              </li>
            ))}
          </ul>
          <p className={styles["quiet"]}>
            The rule knows nothing else about them. You decide; only your answer is kept.
          </p>
          {isNotNow ? (
            <>
              <Select
                id="not-now-because"
                label="Why not now?"
                placeholder="Choose"
                data={NOT_NOW_REASONS.map((value) => ({ value, label: NOT_NOW_LABELS[value] }))}
                value={because}
                allowDeselect={false}
                onChange={(value) => setBecause(NOT_NOW_REASONS.find((each) => each === value) ?? null)}
              />
              <FormActions
                act="Save"
                onPress={notNow}
                busy={answering.isPending}
                onLeave={() => setIsNotNow(false)}
              />
            </>
          ) : (
            <div className={styles["buttons"]}>
              <Button
                size="sm"
                variant="default"
                loading={answering.isPending}
                onClick={() => void answer({ answer: "agree", because: null })}
              >
                It would fit
              </Button>
              <Button size="sm" variant="subtle" onClick={() => setIsNotNow(true)}>
                Not now
              </Button>
            </div>
          )}
        </div>
      )}
    </RailSection>
  );
}
