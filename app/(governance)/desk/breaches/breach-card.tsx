"use client";
/** One breach: its clock, its figures, the drafts to send, and the steps that were taken. */
import { Button, Modal } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ShownBreach } from "../../../../server/breaches";
import {
  BREACH_KIND_LABELS,
  type BreachStep,
  commissionerNotice,
  peopleNotice,
  whenInWords,
} from "../../../../server/domain/breach";
import { peopleInDigits } from "../../../../server/domain/impact/words";
import { inDigits } from "../../../../server/domain/number-text";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import { FormActions } from "../../../_ui/form-actions";
import { Tag } from "../../../_ui/tag";
import styles from "../desk.module.css";
import { AffectedPeople } from "./affected-people";
import { NO_RISK_IDS, NoRiskForm } from "./no-risk-form";

export function BreachCard({ breach, organisationName }: { breach: ShownBreach; organisationName: string }) {
  const { id, what, about, aboutName, from, until, awareAt, words, people, opened, state } = breach;
  const { commissioner, commissionerAt, noRiskReason, commissionerDueAt, isLate } = breach;
  const { peopleToldAt, closedAt, madeByName } = breach;
  const trpc = useTRPC();
  const router = useRouter();
  const step = useMutation(trpc.desk.breachStep.mutationOptions({ onSuccess: () => router.refresh() }));
  const [asks, setAsks] = useState<"no-risk" | "close" | null>(null);
  const take = (next: BreachStep) => step.mutate(next, { onSuccess: () => setAsks(null) });
  const faults = step.isError ? faultsOf(step.error, NO_RISK_IDS) : [];
  const ask = (what: "no-risk" | "close") => {
    step.reset();
    setAsks(what);
  };
  const leave = () => setAsks(null);
  const figures = { what, from, until, awareAt, people, opened, organisationName };
  return (
    <article className={styles["case"]}>
      <h2>
        {BREACH_KIND_LABELS[what]}: {aboutName}
      </h2>
      <div className={styles["tags"]}>
        {state === "closed" && closedAt && <Tag icon="check">Closed on {whenInWords(closedAt)}</Tag>}
        {state === "open" && commissioner === null && (
          <Tag tone={isLate ? "stop" : "wait"} icon={isLate ? "warn" : "clock"}>
            {isLate ? "Should have been told by" : "Tell the Commissioner by"}{" "}
            {whenInWords(commissionerDueAt)}
          </Tag>
        )}
      </div>
      <p>
        From {whenInWords(from)} to {whenInWords(until)}. {madeByName} became aware on {whenInWords(awareAt)}.
      </p>
      <blockquote>{words}</blockquote>
      <p>
        <strong>
          {peopleInDigits(people)} {people === 1 ? "is" : "are"} affected
        </strong>
        : the records of {inDigits(opened)} were opened; the others{" "}
        {about.kind === "device" ? "lay on the device, or came" : "came"} up in a list or a search.
      </p>
      <AffectedPeople question={{ about, from, until }} />
      <details>
        <summary>Draft for the Information Commissioner</summary>
        <pre className={styles["draft"]}>{commissionerNotice(figures)}</pre>
      </details>
      <details>
        <summary>Draft for the people</summary>
        <pre className={styles["draft"]}>{peopleNotice(figures)}</pre>
      </details>
      <ul>
        {commissioner === "told" && commissionerAt && (
          <li>The Information Commissioner was told on {whenInWords(commissionerAt)}.</li>
        )}
        {commissioner === "no-risk" && commissionerAt && (
          <li>
            Decided on {whenInWords(commissionerAt)} that nobody is at risk, so the Commissioner is not told
            {noRiskReason ? ", because:" : ". The reason was not kept."}
            {noRiskReason && <blockquote>{noRiskReason}</blockquote>}
          </li>
        )}
        {commissioner === "told" && noRiskReason && (
          <li>
            Before that it was decided that nobody is at risk, because:
            <blockquote>{noRiskReason}</blockquote>
          </li>
        )}
        {peopleToldAt && <li>The people were told on {whenInWords(peopleToldAt)}.</li>}
        {peopleToldAt === null && state === "closed" && <li>The people were not told.</li>}
      </ul>
      <ErrorSummary errors={asks === null ? faults : []} />
      {state === "open" && (
        <div className={styles["tags"]}>
          {commissioner !== "told" && (
            <Button
              size="sm"
              {...(commissioner !== null && { variant: "default" })}
              disabled={step.isPending}
              onClick={() => take({ id, step: "commissioner-told" })}
            >
              I told the Commissioner{commissioner !== null && " after all"}
            </Button>
          )}
          {commissioner === null && (
            <Button size="sm" variant="default" disabled={step.isPending} onClick={() => ask("no-risk")}>
              Nobody is at risk
            </Button>
          )}
          {peopleToldAt === null && (
            <Button
              size="sm"
              variant="default"
              disabled={step.isPending}
              onClick={() => take({ id, step: "people-told" })}
            >
              The people were told
            </Button>
          )}
          {commissioner !== null && (
            <Button size="sm" variant="default" disabled={step.isPending} onClick={() => ask("close")}>
              Close
            </Button>
          )}
        </div>
      )}
      <Modal
        opened={asks === "no-risk" && state === "open"}
        onClose={leave}
        title="Is nobody at risk?"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <NoRiskForm breachId={id} faults={faults} busy={step.isPending} onDecide={take} onLeave={leave} />
      </Modal>
      <Modal
        opened={asks === "close" && state === "open"}
        onClose={leave}
        title="Close this breach?"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <ErrorSummary errors={faults} />
        <p style={{ marginBottom: 16 }}>
          {commissioner === "told" ? "The Information Commissioner was told" : "The Commissioner is not told"}
          , {peopleToldAt ? "and the people were told" : "and the people were not told"}. Once it is closed,
          it can be read but not changed.
        </p>
        <FormActions
          act="Close it"
          busy={step.isPending}
          leave="Keep it open"
          onPress={() => take({ id, step: "close" })}
          onLeave={leave}
        />
      </Modal>
    </article>
  );
}
