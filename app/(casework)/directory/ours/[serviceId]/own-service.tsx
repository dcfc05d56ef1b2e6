"use client";
/** Puts the service into the directory, or says anew what it says. */
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { OwnService as Own } from "../../../../../server/domain/directory-listing";
import { useTRPC } from "../../../../_trpc/client";
import { EntryForm } from "../../entry-form";

export function OwnService({ service }: { service: Own }) {
  const trpc = useTRPC();
  const router = useRouter();
  const list = useMutation(trpc.directory.listService.mutationOptions());
  return (
    <EntryForm
      isOwn
      fields={service.form}
      send={service.entryId === null ? "Put it in the directory" : "Save"}
      cancelTo="/directory/ours"
      onSend={async ({ name: _name, organisationName: _by, status: _status, ...fields }) => {
        const { id } = await list.mutateAsync({ serviceId: service.serviceId, fields });
        router.push(`/directory/${id}`);
        router.refresh();
      }}
    />
  );
}
