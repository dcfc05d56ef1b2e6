"use client";
/** Sends a new service; its id is made here, so that sending twice adds one. */
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { bareFacts } from "../../../../server/domain/directory";
import { formOf } from "../../../../server/domain/directory-listing";
import { useTRPC } from "../../../_trpc/client";
import { EntryForm } from "../entry-form";

export function AddEntry() {
  const trpc = useTRPC();
  const router = useRouter();
  const add = useMutation(trpc.directory.add.mutationOptions());
  const [id] = useState(() => crypto.randomUUID());
  return (
    <EntryForm
      fields={formOf(bareFacts("", ""))}
      send="Add the service"
      cancelTo="/directory"
      onSend={async (fields) => {
        await add.mutateAsync({ id, fields });
        router.push(`/directory/${id}`);
        router.refresh();
      }}
    />
  );
}
