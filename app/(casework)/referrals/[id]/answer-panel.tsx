"use client";
/** What can be done next with a referral, by the service that received it or by the sender. */
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { STATE_WORDS } from "../../../../server/domain/referral-input";
import type { ShownReferral } from "../../../../server/domain/referral-shown";
import { AnswerForm } from "../../../_referral/answer-form";
import styles from "../../../_referral/referral.module.css";
import { useTRPC } from "../../../_trpc/client";

interface AnswerPanelProps {
  referral: ShownReferral;
  /** Nothing else on the page comes before it. */
  isFirst: boolean;
}

export function AnswerPanel({ referral, isFirst }: AnswerPanelProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const stepping = useMutation(trpc.referrals.step.mutationOptions());
  const { id, side, way, steps, issues, course, toPhone, reference } = referral;
  if (steps.length === 0) return null;
  const takesBack = steps.filter((step) => step === "withdrawn");
  const others = steps.filter((step) => step !== "withdrawn");

  const answer = async ({ name, ...given }: Parameters<Parameters<typeof AnswerForm>[0]["onAnswer"]>[0]) => {
    const { outcome, state } = await stepping.mutateAsync({ id, ...given, heardFrom: name });
    router.refresh();
    return outcome === "meanwhile"
      ? `Somebody was quicker: this referral stands at “${STATE_WORDS[state].toLowerCase()}”.`
      : null;
  };
  const told = side === "sender" && way !== "platform";
  return (
    <section className={styles["panel"]} aria-labelledby="next">
      <h2 id="next">{titleOf(side, told, course.state === "sent")}</h2>
      {way === "phone" && toPhone && (
        <p>
          Call <a href={`tel:${toPhone.replaceAll(/[^+\d]/g, "")}`}>{toPhone}</a> and quote {reference}. Write
          down here what they tell you.
        </p>
      )}
      {way === "email" && told && (
        <p>They answer by the link in the mail. If they tell you instead, write it down here.</p>
      )}
      {others.length > 0 && (
        <AnswerForm
          key={`${course.state} others`}
          who={told ? "told" : "member"}
          isFirst={isFirst && !told}
          steps={others}
          issues={issues}
          onAnswer={answer}
        />
      )}
      {takesBack.length > 0 && (
        <div className={others.length > 0 ? styles["tools"] : undefined}>
          <AnswerForm
            key={`${course.state} back`}
            who="member"
            isFirst={false}
            steps={takesBack}
            issues={issues}
            onAnswer={answer}
          />
        </div>
      )}
    </section>
  );
}

function titleOf(side: ShownReferral["side"], told: boolean, isNew: boolean): string {
  if (side === "receiver") return isNew ? "Can you help?" : "What happens next?";
  return told ? "What did they tell you?" : "Waiting for their answer";
}
