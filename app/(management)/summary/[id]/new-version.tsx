"use client";
/** The same plan counted again, as a new version: what was made before stands as it is. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { newId } from "../../../_offline/new-id";
import { useTRPC } from "../../../_trpc/client";
import { faultsOf } from "../../../_ui/faults";
import { Icon } from "../../../_ui/icon";

interface NewVersionProps {
  of: string;
  words: string;
  /** The page's one thing to do; else a line of a menu. */
  primary?: boolean;
}

export function NewVersion({ of, words, primary = false }: NewVersionProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const remaking = useMutation(trpc.summaries.remake.mutationOptions());
  const [id] = useState(() => newId());
  const remake = async () => {
    try {
      router.push(`/summary/${(await remaking.mutateAsync({ id, of })).id}`);
    } catch {
      // Said below.
    }
  };
  return (
    <>
      {primary ? (
        <Button mt={16} loading={remaking.isPending} onClick={() => void remake()}>
          {words}
        </Button>
      ) : (
        <button type="button" disabled={remaking.isPending} onClick={() => void remake()}>
          <Icon name="undo" />
          {words}
        </button>
      )}
      <span role="alert">{remaking.isError && faultsOf(remaking.error).map(({ message }) => message)}</span>
    </>
  );
}
