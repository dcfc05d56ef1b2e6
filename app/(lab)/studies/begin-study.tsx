"use client";
/** Begins a study: an empty plan with a number, opened at its first step. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import { faultsOf } from "../../_ui/faults";

export function BeginStudy() {
  const trpc = useTRPC();
  const router = useRouter();
  const beginning = useMutation(trpc.studies.begin.mutationOptions());
  // One id however often it is pressed.
  const [id] = useState(() => newId());
  const begin = async () => {
    try {
      await beginning.mutateAsync({ id });
      router.push(`/studies/${id}`);
    } catch {
      // Said below.
    }
  };
  return (
    <div className="no-print">
      <Button loading={beginning.isPending || beginning.isSuccess} onClick={() => void begin()}>
        Plan a study
      </Button>
      <div role="alert">{beginning.isError && faultsOf(beginning.error).map(({ message }) => message)}</div>
    </div>
  );
}
