"use client";
/** What a manager does with an entry: say that it is right, correct it, close it, or take out what they entered. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { DirectoryPage } from "../../../../server/domain/directory-listing";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { LinkButton } from "../../../_ui/link-button";

export function EntryActions({ entry }: { entry: DirectoryPage }) {
  const trpc = useTRPC();
  const router = useRouter();
  const check = useMutation(trpc.directory.check.mutationOptions());
  const withdraw = useMutation(trpc.directory.withdraw.mutationOptions());
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [done, setDone] = useState("");
  const [isSure, setIsSure] = useState(false);
  const { id } = entry.service;
  if (!entry.mayEdit && !entry.mayWithdraw && done === "") return null;

  const run = async (work: () => Promise<unknown>, words: string) => {
    try {
      await work();
      setErrors([]);
      setDone(words);
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  const editAt = entry.isOwnService ? "/directory/ours" : `/directory/${id}/edit`;
  return (
    <>
      <ErrorSummary errors={errors} />
      <p role="status" className={done === "" ? "visually-hidden" : form["good"]}>
        {done}
      </p>
      <div className={form["actions"]} style={{ marginTop: 12 }}>
        {entry.mayEdit && (
          <>
            <Button
              variant="default"
              loading={check.isPending}
              onClick={() => void run(() => check.mutateAsync({ id }), "Marked as checked today.")}
            >
              Mark as checked today
            </Button>
            <LinkButton href={editAt} variant="default">
              Correct it
            </LinkButton>
          </>
        )}
        {entry.mayWithdraw && !isSure && (
          <Button variant="subtle" onClick={() => setIsSure(true)}>
            Take it out
          </Button>
        )}
        {entry.mayWithdraw && isSure && (
          <Button
            variant="default"
            data-danger
            loading={withdraw.isPending}
            onClick={() => void run(() => withdraw.mutateAsync({ id }), "Taken out of the directory.")}
          >
            Yes, take it out for everybody
          </Button>
        )}
      </div>
    </>
  );
}
