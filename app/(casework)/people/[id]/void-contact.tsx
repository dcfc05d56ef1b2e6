"use client";
/** Asks why before a contact is voided; its entries then count nowhere, and the contact stays to be seen. */
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { dayInWords } from "../../../../server/domain/period";
import type { ShownContact } from "../../../../server/domain/profile";
import { useTRPC } from "../../../_trpc/client";
import { VoidWindow } from "./void-form";

export function VoidContact({ contact, onClose }: { contact: ShownContact | null; onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const voiding = useMutation(trpc.contacts.void.mutationOptions());
  const voidIt = async (reason: string) => {
    if (!contact) return;
    await voiding.mutateAsync({ id: contact.id, reason });
    router.refresh();
  };
  return (
    <VoidWindow
      isOpen={contact !== null}
      what="contact"
      example="logged for the wrong person"
      onVoid={voidIt}
      onClose={onClose}
    >
      The contact of {contact && dayInWords(contact.occurredOn)} will count nowhere. It stays in the record,
      struck through, with your reason.
    </VoidWindow>
  );
}
