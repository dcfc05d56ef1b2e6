"use client";
/** One emergency access: who, where, why, how long, what was done with it, and an officer's word on it. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import type { GlassCase } from "../../../../server/break-glass";
import { isRole, ROLE_LABELS } from "../../../../server/domain/access";
import { GLASS_REASON_LABELS, type Verdict } from "../../../../server/domain/break-glass";
import { dayInWords, dayOf } from "../../../../server/domain/period";
import { useTRPC } from "../../../_trpc/client";
import { timeOf } from "../../../_ui/dates";
import { ErrorSummary } from "../../../_ui/error-summary";
import { faultOf, faultsOf } from "../../../_ui/faults";
import { TextArea } from "../../../_ui/field";
import { Segmented } from "../../../_ui/segmented";
import { Tag } from "../../../_ui/tag";
import styles from "../desk.module.css";

export function GlassCaseCard({ given }: { given: GlassCase }) {
  const { isGiver, memberName, memberRole, organisationName, givingOrganisationName, reason, words } = given;
  const { openedAt, endsAt, isOpen, hours, looks, found, dueOn, isOverdue, review, clientIds } = given;
  const role = isRole(memberRole) ? ROLE_LABELS[memberRole].toLowerCase() : memberRole;
  return (
    <article className={styles["case"]}>
      <h2>
        {memberName}, {role} of {isGiver ? organisationName : "your organisation"},{" "}
        {found ? "opened" : "asked for"} a record of {isGiver ? "your organisation" : givingOrganisationName}
      </h2>
      <div className={styles["tags"]}>
        {isOpen && <Tag tone="wait">Open until {timeOf(endsAt)}</Tag>}
        {isOverdue && (
          <Tag tone="stop" icon="warn">
            Review is late
          </Tag>
        )}
        {review && (
          <Tag
            tone={review.verdict === "right" ? "brand" : "stop"}
            icon={review.verdict === "right" ? "check" : "close"}
          >
            {review.verdict === "right" ? "Found right" : "Found wrong"}
          </Tag>
        )}
      </div>
      <p>
        <strong>{GLASS_REASON_LABELS[reason]}.</strong>{" "}
        {words === null ? "What they wrote was erased with the record." : "They wrote:"}
      </p>
      {words && <blockquote>{words}</blockquote>}
      <p>
        {dayInWords(dayOf(openedAt))}, {timeOf(openedAt)} to {timeOf(endsAt)}, asked for {hours}{" "}
        {hours === 1 ? "hour" : "hours"}. {lookedInWords(looks, found)}
      </p>
      {clientIds.map((id) => (
        <p key={id}>
          <Link href={`/looks?person=${id}`}>Who else looked at this person</Link>
        </p>
      ))}
      {review ? (
        <p>
          {review.byName} said on {dayInWords(dayOf(review.at))}
          {review.words === null ? ". Their words were erased with the record." : `: ${review.words}`}
        </p>
      ) : (
        <Review id={given.id} due={`Due on ${dayInWords(dueOn)}.`} />
      )}
    </article>
  );
}

function lookedInWords(looks: number, found: boolean): string {
  if (!found) return "The other organisation did not know the person: nothing was shown.";
  if (looks === 0) return "Nothing was looked at.";
  return looks === 1 ? "It was looked at once." : `It was looked at ${looks} times.`;
}

const VERDICT_CHOICES = [
  { value: "right", label: "It was right" },
  { value: "wrong", label: "It was wrong" },
] as const satisfies readonly { value: Verdict; label: string }[];

function Review({ id, due }: { id: string; due: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [words, setWords] = useState("");
  const [missing, setMissing] = useState(false);
  const review = useMutation(trpc.desk.reviewGlass.mutationOptions({ onSuccess: () => router.refresh() }));
  const send = (event: FormEvent) => {
    event.preventDefault();
    setMissing(verdict === null);
    if (verdict !== null) review.mutate({ id, verdict, words });
  };
  const wordsId = `words-${id}`;
  const errors = missing
    ? [{ message: "Say whether it was right." }]
    : review.isError
      ? faultsOf(review.error, { words: wordsId })
      : [];
  return (
    <form className={styles["form"]} onSubmit={send}>
      <ErrorSummary errors={errors} />
      <p>{due} Was it right?</p>
      <Segmented label="Was it right?" value={verdict} options={VERDICT_CHOICES} onChange={setVerdict} />
      <TextArea
        id={wordsId}
        label="Why do you think so?"
        error={faultOf(errors, wordsId)}
        hint="If it was wrong, say what you do about it. Kept with the case."
        rows={2}
        maxLength={600}
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      <Button type="submit" loading={review.isPending}>
        Keep the review
      </Button>
    </form>
  );
}
