"use client";
/** Closing a record by saying what became of each open issue, and opening it again. */
import { Button, Modal, Select, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import {
  CLOSING_REASON_LABELS,
  CLOSING_REASONS,
  closeClientSchema,
  closingInWords,
  ISSUE_END_LABELS,
  ISSUE_ENDS,
  type IssueEnd,
  REOPENING_REASON_LABELS,
  REOPENING_REASONS,
  reopenClientSchema,
  type ShownClosing,
} from "../../../../server/domain/closing";
import { type Day, dayInWords } from "../../../../server/domain/period";
import type { ShownIssue } from "../../../../server/domain/profile";
import { newId } from "../../../_offline/new-id";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultOf, faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { FormActions } from "../../../_ui/form-actions";
import { Segmented } from "../../../_ui/segmented";
import { nameOf } from "../../../_words/issue-words";
import styles from "./notices.module.css";

const IDS = { because: "closing-because", reason: "closing-reason" };

/** What a closed record says at its top, with the way back. */
export function ClosedNotice({
  clientId,
  closedOn,
  closing,
  issues,
  loggedSince,
}: {
  clientId: string;
  closedOn: Day;
  /** The latest one; null when it was closed before reasons were kept. */
  closing: ShownClosing | null;
  issues: readonly ShownIssue[];
  /** Somebody logged a contact after the record was closed. */
  loggedSince: boolean;
}) {
  const [opened, setOpened] = useState(false);
  const handedOn = issues.filter(({ id }) => closing?.handedOn.includes(id));
  return (
    <section className={styles["notice"]} aria-labelledby="closed-title">
      <div className={styles["row"]}>
        <div>
          <h2 id="closed-title">This record is closed</h2>
          <p>
            Closed on {dayInWords(closedOn)}
            {closing?.memberName && ` by ${closing.memberName}`}
            {closing && `. ${closingInWords(closing)}`}.
            {handedOn.length > 0 &&
              ` Handed on: ${handedOn.map(({ need, label }) => nameOf(need, label)).join(", ")}.`}
          </p>
          {loggedSince && <p>A contact was logged since. Open the record again if you work with them.</p>}
        </div>
        <Button className="no-print" variant="default" onClick={() => setOpened(true)}>
          Open it again
        </Button>
      </div>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title="Open this record again"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <ReopenForm clientId={clientId} onClose={() => setOpened(false)} />
      </Modal>
    </section>
  );
}

function ReopenForm({ clientId, onClose }: { clientId: string; onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const opening = useMutation(trpc.clients.reopen.mutationOptions());
  const [id] = useState(newId);
  const [because, setBecause] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const read = reopenClientSchema.safeParse({ id, clientId, because, reason });
    if (!read.success) return setErrors(faultsIn(read.error.issues));
    try {
      await opening.mutateAsync(read.data);
      onClose();
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error, IDS));
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p>It comes back to the lists. What was said when it was closed stays to be seen.</p>
      <div className={form["form"]}>
        <ErrorSummary errors={errors} />
        <Why
          choices={REOPENING_REASONS.map((value) => ({ value, label: REOPENING_REASON_LABELS[value] }))}
          {...{ because, setBecause, reason, setReason, errors }}
        />
        <FormActions act="Open the record" busy={opening.isPending} onLeave={onClose} />
      </div>
    </form>
  );
}

interface CloseRecordProps {
  clientId: string;
  /** Open ones. */
  issues: readonly ShownIssue[];
  /** The service that the closing contact is logged for. */
  serviceId: string;
}

/** The way to close a record, and its form. */
export function CloseRecord(props: CloseRecordProps) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="subtle" size="sm" onClick={() => setOpened(true)}>
        Close this record
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title="Close this record"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <CloseForm {...props} onClose={() => setOpened(false)} />
      </Modal>
    </>
  );
}

function CloseForm({ clientId, issues, serviceId, onClose }: CloseRecordProps & { onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const closing = useMutation(trpc.clients.close.mutationOptions());
  const [id] = useState(newId);
  const [because, setBecause] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [ends, setEnds] = useState<ReadonlyMap<string, IssueEnd>>(new Map());
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const unsaid = issues.filter((issue) => !ends.has(issue.id));
    const read = closeClientSchema.safeParse({
      id,
      clientId,
      because,
      reason,
      serviceId,
      issues: [...ends].map(([issueId, end]) => ({ issueId, end })),
    });
    const faults = [
      ...(read.success ? [] : faultsIn(read.error.issues)),
      ...unsaid.map((issue) => ({
        message: `Say what became of “${nameOf(issue.need, issue.label)}”.`,
        fieldId: fieldOf(issue),
      })),
    ];
    setErrors(faults);
    if (!read.success || faults.length > 0) return;
    try {
      await closing.mutateAsync(read.data);
      onClose();
      router.refresh();
      // What came of it stands at the top.
      window.scrollTo({ top: 0 });
    } catch (error) {
      setErrors(faultsOf(error, IDS));
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p>It leaves the lists. Search still finds it, and you can open it again at any time.</p>
      <div className={form["form"]}>
        <ErrorSummary errors={errors} />
        <Why
          choices={CLOSING_REASONS.map((value) => ({ value, label: CLOSING_REASON_LABELS[value] }))}
          {...{ because, setBecause, reason, setReason, errors }}
        />
        {issues.length > 0 && (
          <fieldset>
            <legend className={styles["legend"]}>What became of each issue?</legend>
            <ul className={styles["issues"]}>
              {issues.map((issue) => (
                <li key={issue.id} id={fieldOf(issue)} tabIndex={-1}>
                  <span>{nameOf(issue.need, issue.label)}</span>
                  <Segmented
                    label={`What became of ${nameOf(issue.need, issue.label)}?`}
                    value={ends.get(issue.id) ?? null}
                    options={ISSUE_ENDS.map((value) => ({ value, label: ISSUE_END_LABELS[value] }))}
                    onChange={(end) => setEnds(new Map(ends).set(issue.id, end))}
                  />
                </li>
              ))}
            </ul>
          </fieldset>
        )}
        <FormActions act="Close the record" busy={closing.isPending} onLeave={onClose} />
      </div>
    </form>
  );
}

const fieldOf = ({ id }: ShownIssue) => `closing-${id}`;

function faultsIn(issues: readonly { message: string; path: PropertyKey[] }[]): FieldError[] {
  return issues.map(({ message, path: [first] }) =>
    first === "because" || first === "reason" ? { message, fieldId: IDS[first] } : { message },
  );
}

interface WhyProps {
  choices: { value: string; label: string }[];
  because: string | null;
  setBecause: (because: string | null) => void;
  reason: string;
  setReason: (reason: string) => void;
  errors: readonly FieldError[];
}

function Why({ choices, because, setBecause, reason, setReason, errors }: WhyProps) {
  return (
    <>
      <Select
        id={IDS.because}
        label="Why?"
        data={choices}
        data-autofocus
        error={faultOf(errors, IDS.because)}
        value={because}
        onChange={setBecause}
      />
      <Textarea
        id={IDS.reason}
        label={because === "other" ? "Say why" : "More words, if they help"}
        maxLength={300}
        autosize
        minRows={2}
        error={faultOf(errors, IDS.reason)}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </>
  );
}
