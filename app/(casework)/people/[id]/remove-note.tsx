"use client";
/** Asks a manager why before a note is removed for good, such as one that names somebody who should not be in it. */
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { dayInWords } from "../../../../server/domain/period";
import type { ShownContact } from "../../../../server/domain/profile";
import { useTRPC } from "../../../_trpc/client";
import { VoidWindow } from "./void-form";

export function RemoveNote({ contact, onClose }: { contact: ShownContact | null; onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const removing = useMutation(trpc.contacts.removeNote.mutationOptions());
  const removeIt = async (reason: string) => {
    if (!contact) return;
    await removing.mutateAsync({ id: contact.id, reason });
    router.refresh();
  };
  return (
    <VoidWindow
      isOpen={contact !== null}
      verb="Remove"
      what="note"
      example="names a neighbour"
      onVoid={removeIt}
      onClose={onClose}
    >
      The note of {contact && dayInWords(contact.occurredOn)} is removed for good: nobody can bring it back.
      The contact stays, and says that you removed its note. Please name nobody in your reason.
    </VoidWindow>
  );
}
