"use client";
/** A referral to somebody outside: shown on a press, answered in the same place, with no account and no password. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Day } from "../../../server/domain/period";
import { isOver } from "../../../server/domain/referral";
import { STATE_WORDS } from "../../../server/domain/referral-input";
import type { LinkedReferral } from "../../../server/domain/referral-shown";
import { AnswerForm } from "../../_referral/answer-form";
import { EventList } from "../../_referral/event-list";
import { IssueList } from "../../_referral/issue-list";
import styles from "../../_referral/referral.module.css";
import { ReferralBar } from "../../_referral/referral-bar";
import { SharedDetailsList } from "../../_referral/shared-details";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";

const NO_LONGER = {
  link: "This link no longer works. It may be too old, or the sender has ended it. Ask them for a new one.",
  busy: "Too many looks from your network in a short time. Wait five minutes, then try again.",
} as const;

export function LinkedReferralPage({ token, today }: { token: string; today: Day }) {
  const trpc = useTRPC();
  const opening = useMutation(trpc.referrals.openLink.mutationOptions());
  const stepping = useMutation(trpc.referrals.stepLink.mutationOptions());
  const [referral, setReferral] = useState<LinkedReferral | null>(null);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [thanks, setThanks] = useState<string | null>(null);

  const show = async () => {
    try {
      const look = await opening.mutateAsync({ token });
      if (look.ok) setReferral(look.referral);
      setErrors(look.ok ? [] : [{ message: NO_LONGER[look.reason] }]);
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  const answer = async (given: Parameters<Parameters<typeof AnswerForm>[0]["onAnswer"]>[0]) => {
    const result = await stepping.mutateAsync({ token, ...given });
    if (!result.ok) return NO_LONGER[result.reason];
    setReferral(result.referral);
    const stands = STATE_WORDS[result.state].toLowerCase();
    if (result.outcome === "meanwhile") return `Somebody was quicker: this referral stands at “${stands}”.`;
    setThanks(`Thank you. ${result.referral.fromName} sees that this referral stands at “${stands}”.`);
    return null;
  };

  if (!referral) {
    return (
      <>
        <h1 className={form["title"]}>A referral to your service</h1>
        <p className={form["lead"]}>
          An organisation that uses Common Need asks you to help somebody, who agreed to it. You see what they
          agreed to share, and can accept or decline. Each look is recorded.
        </p>
        <div className={form["form"]}>
          <ErrorSummary errors={errors} />
          <Button loading={opening.isPending} onClick={() => void show()}>
            Show the referral
          </Button>
        </div>
      </>
    );
  }
  const { course, fromName, sentByName, toName, reference } = referral;
  return (
    <>
      <h1 className={form["title"]}>A referral to {toName}</h1>
      <p className={form["lead"]}>
        From {[sentByName, fromName].filter(Boolean).join(", ")} · {reference}
      </p>
      <div role="status">{thanks && <p className={form["good"]}>{thanks}</p>}</div>
      <div className={styles["stack"]} style={{ marginTop: 20 }}>
        <section className={styles["panel"]} aria-labelledby="needs">
          <h2 id="needs">What they need help with</h2>
          <IssueList issues={referral.issues} />
        </section>
        <section className={styles["panel"]} aria-labelledby="details">
          <h2 id="details">How to reach them</h2>
          <SharedDetailsList
            details={referral.details}
            message={referral.message}
            over={isOver(course.state)}
            consentOn={referral.consentOn}
          />
        </section>
        <section className={styles["panel"]} aria-labelledby="stands">
          <h2 id="stands">{course.state === "sent" ? "Can you help?" : STATE_WORDS[course.state]}</h2>
          <ReferralBar course={course} />
          <AnswerForm
            key={course.state}
            who="link"
            isFirst
            steps={referral.steps}
            issues={referral.issues}
            onAnswer={answer}
          />
        </section>
        <section className={styles["panel"]} aria-labelledby="happened">
          <h2 id="happened">What happened</h2>
          <EventList sentAt={course.sentAt} sentByName={sentByName} events={referral.events} today={today} />
        </section>
      </div>
    </>
  );
}
