"use client";
/** Sends the fields that differ from what stood there. */
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { EntryForm as Fields } from "../../../../../server/domain/directory-listing";
import { useTRPC } from "../../../../_trpc/client";
import { EntryForm } from "../../entry-form";

export function EditEntry({ id, fields }: { id: string; fields: Fields }) {
  const trpc = useTRPC();
  const router = useRouter();
  const edit = useMutation(trpc.directory.edit.mutationOptions());
  return (
    <EntryForm
      fields={fields}
      send="Save the corrections"
      cancelTo={`/directory/${id}`}
      onSend={async (entered) => {
        // What somebody else corrects meanwhile in another field stays.
        const changes = Object.fromEntries(
          Object.entries(entered).filter(
            ([field, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(fields, field)),
          ),
        );
        await edit.mutateAsync({ id, changes });
        router.push(`/directory/${id}`);
        router.refresh();
      }}
    />
  );
}
