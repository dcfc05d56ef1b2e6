"use client";
/** Begins a study, with an empty plan or with what another's plan has, opened at its first step. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { planAgain } from "../../../server/domain/lab/studies";
import type { StudyPlan } from "../../../server/domain/lab/study";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import { faultsOf } from "../../_ui/faults";

export function BeginStudy({ like }: { like?: StudyPlan }) {
  const trpc = useTRPC();
  const router = useRouter();
  const beginning = useMutation(trpc.studies.begin.mutationOptions());
  // One id however often it is pressed.
  const [id] = useState(() => newId());
  const begin = async () => {
    try {
      await beginning.mutateAsync({ id, ...(like && { plan: planAgain(like) }) });
      router.push(`/studies/${id}`);
    } catch {
      // Said below.
    }
  };
  return (
    <div className="no-print">
      <Button
        variant={like ? "default" : "filled"}
        loading={beginning.isPending || beginning.isSuccess}
        onClick={() => void begin()}
      >
        {like ? "New study from this plan" : "Plan a study"}
      </Button>
      <div role="alert">{beginning.isError && faultsOf(beginning.error).map(({ message }) => message)}</div>
    </div>
  );
}
