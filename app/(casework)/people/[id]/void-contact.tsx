"use client";
/** Asks why before a contact is voided; its entries then count nowhere, and the contact stays to be seen. */
import { Button, Modal, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { voidContactSchema } from "../../../../server/domain/contact";
import { dayInWords } from "../../../../server/domain/period";
import type { ShownContact } from "../../../../server/domain/profile";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultOf, faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";

export function VoidContact({ contact, onClose }: { contact: ShownContact | null; onClose: () => void }) {
  return (
    <Modal
      opened={contact !== null}
      onClose={onClose}
      title="Void this contact"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {contact && <VoidForm key={contact.id} contact={contact} onClose={onClose} />}
    </Modal>
  );
}

function VoidForm({ contact, onClose }: { contact: ShownContact; onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const voiding = useMutation(trpc.contacts.void.mutationOptions());
  const [reason, setReason] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const read = voidContactSchema.safeParse({ id: contact.id, reason });
    if (!read.success) {
      setErrors(read.error.issues.map(({ message }) => ({ message, fieldId: "void-reason" })));
      return;
    }
    try {
      await voiding.mutateAsync(read.data);
      onClose();
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error, { reason: "void-reason" }));
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p>
        The contact of {dayInWords(contact.occurredOn)} will count nowhere. It stays in the record, struck
        through, with your reason.
      </p>
      <div className={form["form"]}>
        <ErrorSummary errors={errors} />
        <Textarea
          id="void-reason"
          label="Why?"
          description="For example, “logged for the wrong person”."
          maxLength={300}
          autosize
          minRows={2}
          data-autofocus
          error={faultOf(errors, "void-reason")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <div className={form["actions"]}>
          <Button type="submit" variant="default" data-danger loading={voiding.isPending}>
            Void the contact
          </Button>
          <Button variant="subtle" onClick={onClose}>
            Keep it
          </Button>
        </div>
      </div>
    </form>
  );
}
