"use client";
/** An officer's decision about the risks, and their name under exactly this version. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import { TextArea } from "../../../_ui/field";
import styles from "../desk.module.css";

export function SignProcessing({ hash }: { hash: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [words, setWords] = useState("");
  const sign = useMutation(trpc.desk.signProcessing.mutationOptions({ onSuccess: () => router.refresh() }));
  const send = (event: FormEvent) => {
    event.preventDefault();
    sign.mutate({ hash, words });
  };
  return (
    <section className={`${styles["case"]} no-print`} aria-labelledby="sign">
      <h2 id="sign">Sign this version</h2>
      <ErrorSummary errors={sign.isError ? faultsOf(sign.error) : []} />
      <form className={styles["form"]} onSubmit={send}>
        <TextArea
          id="decision"
          label="What do you decide about the risks?"
          hint="Which you accept, and what is still to be done. About the organisation, never about a person."
          rows={3}
          maxLength={2_000}
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
        <Button type="submit" loading={sign.isPending}>
          Sign
        </Button>
      </form>
    </section>
  );
}
