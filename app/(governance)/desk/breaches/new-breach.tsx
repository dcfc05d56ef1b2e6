"use client";
/** From somebody and a window to the people affected, and then onto the record. */
import { Button, Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { ROLE_LABELS } from "../../../../server/domain/access";
import {
  type AffectedQuestion,
  affectedSchema,
  BREACH_KIND_LABELS,
  BREACH_KINDS,
  openBreachSchema,
} from "../../../../server/domain/breach";
import type { AskableMember } from "../../../../server/who-looked";
import { newId } from "../../../_offline/new-id";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import { TextArea, TextField } from "../../../_ui/field";
import styles from "../desk.module.css";
import { AffectedPeople } from "./affected-people";

/** What a field of local time holds, as an instant; null while it is empty or no time. */
function instantOf(local: string): Date | null {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? null : at;
}

export function NewBreach({ members }: { members: readonly AskableMember[] }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [memberId, setMemberId] = useState<string | null>(null);
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const [aware, setAware] = useState("");
  const [what, setWhat] = useState<string | null>(null);
  const [words, setWords] = useState("");
  const [question, setQuestion] = useState<AffectedQuestion | null>(null);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const keep = useMutation(
    trpc.desk.openBreach.mutationOptions({
      onSuccess: () => {
        setQuestion(null);
        router.refresh();
      },
    }),
  );
  const find = (event: FormEvent) => {
    event.preventDefault();
    const [begin, end] = [instantOf(from), instantOf(until)];
    const missing: FieldError[] = [
      ...(memberId === null ? [{ message: "Choose whose access it was." }] : []),
      ...(begin === null ? [{ message: "Say from when.", fieldId: "breach-from" }] : []),
      ...(end === null ? [{ message: "Say until when.", fieldId: "breach-until" }] : []),
    ];
    const read = affectedSchema.safeParse({ memberId, from: begin, until: end });
    if (missing.length === 0 && !read.success) {
      missing.push(
        ...read.error.issues.map(({ message, path }) => ({ message, fieldId: `breach-${String(path[0])}` })),
      );
    }
    setErrors(missing);
    setQuestion(read.success ? read.data : null);
  };
  const onRecord = () => {
    const read = openBreachSchema.safeParse({
      ...{ id: newId(), ...question, what, words },
      awareAt: instantOf(aware) ?? undefined,
    });
    setErrors(
      read.success
        ? []
        : read.error.issues.map(({ message, path }) => ({
            message: path[0] === "awareAt" ? "Say when you became aware." : message,
          })),
    );
    if (read.success) keep.mutate(read.data);
  };
  return (
    <section className={styles["case"]} aria-labelledby="new-breach">
      <h2 id="new-breach">Who is affected?</h2>
      <ErrorSummary errors={keep.isError ? faultsOf(keep.error) : errors} />
      <form className={styles["form"]} onSubmit={find}>
        <Select
          label="Whose access was it?"
          placeholder="Choose a colleague"
          searchable
          data={members.map(({ id, name, roles }) => ({
            value: id,
            label: `${name}, ${roles.map((role) => ROLE_LABELS[role].toLowerCase()).join(" and ")}`,
          }))}
          value={memberId}
          onChange={setMemberId}
        />
        <TextField
          id="breach-from"
          label="From"
          type="datetime-local"
          value={from}
          onChange={({ target }) => setFrom(target.value)}
        />
        <TextField
          id="breach-until"
          label="Until"
          type="datetime-local"
          value={until}
          onChange={({ target }) => setUntil(target.value)}
        />
        <Button type="submit">List everybody affected</Button>
      </form>
      {question && (
        <>
          <AffectedPeople key={`${question.memberId}${from}${until}`} question={question} isOpen />
          <div className={styles["form"]}>
            <Select
              label="What happened?"
              placeholder="Choose one"
              data={BREACH_KINDS.map((value) => ({ value, label: BREACH_KIND_LABELS[value] }))}
              value={what}
              onChange={setWhat}
            />
            <TextField
              id="breach-aware"
              label="When did you become aware?"
              hint="The 72 hours run from here."
              type="datetime-local"
              value={aware}
              onChange={({ target }) => setAware(target.value)}
            />
            <TextArea
              id="breach-words"
              label="In your words"
              rows={3}
              maxLength={2_000}
              value={words}
              onChange={({ target }) => setWords(target.value)}
            />
            <Button loading={keep.isPending} onClick={onRecord}>
              Put it on record
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
