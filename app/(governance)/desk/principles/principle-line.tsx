"use client";
/** One principle: what it asks, what the system finds, and what somebody put their name to. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { dayInWords, dayOf } from "../../../../server/domain/period";
import { statePrincipleSchema } from "../../../../server/domain/principles";
import type { ShownPrinciple } from "../../../../server/principles";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import { TextArea } from "../../../_ui/field";
import { Tag } from "../../../_ui/tag";
import styles from "../desk.module.css";

interface PrincipleLineProps {
  given: ShownPrinciple;
  about: { frame: "caldicott" } | { frame: "five-safes"; agreementId: string };
}

export function PrincipleLine({ given: { id, says, check, statement }, about }: PrincipleLineProps) {
  const isKept = check ? check.ok : statement !== null;
  return (
    <li>
      <p>
        <strong>{says}</strong>{" "}
        <Tag tone={isKept ? "brand" : "wait"} icon={isKept ? "check" : "warn"}>
          {isKept ? (check ? "Checked" : "Signed for") : check ? "Needs work" : "Nobody has signed"}
        </Tag>
      </p>
      {/* The name says what is so when all is well: beside a fault it would say the opposite. */}
      {check && <p>{check.ok ? `${check.name}: ${check.says}` : check.says}</p>}
      {statement && (
        <p>
          {statement.byName}, {dayInWords(dayOf(statement.at))}: {statement.words}
        </p>
      )}
      <Say id={id} about={about} hasOne={statement !== null} />
    </li>
  );
}

function Say({ id, about, hasOne }: { id: string; about: PrincipleLineProps["about"]; hasOne: boolean }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [words, setWords] = useState("");
  const [fault, setFault] = useState("");
  const state = useMutation(
    trpc.desk.statePrinciple.mutationOptions({
      onSuccess: () => {
        setOpen(false);
        router.refresh();
      },
    }),
  );
  const send = (event: FormEvent) => {
    event.preventDefault();
    const read = statePrincipleSchema.safeParse({ ...about, principle: id, words });
    setFault(read.success ? "" : (read.error.issues[0]?.message ?? ""));
    if (read.success) state.mutate(read.data);
  };
  if (!isOpen) {
    return (
      <Button variant="default" size="sm" onClick={() => setOpen(true)}>
        {hasOne ? "Say it anew" : "Say how we keep to it"}
      </Button>
    );
  }
  return (
    <form className={styles["form"]} onSubmit={send}>
      <ErrorSummary errors={state.isError ? faultsOf(state.error) : []} />
      <TextArea
        id={`say-${about.frame === "caldicott" ? "" : about.agreementId}-${id}`}
        label="How do we keep to it?"
        hint="Your name and the day stand beside it. About the organisation, never about a person."
        error={fault || undefined}
        rows={2}
        maxLength={600}
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      <Button type="submit" size="sm" loading={state.isPending}>
        Put my name to it
      </Button>
    </form>
  );
}
