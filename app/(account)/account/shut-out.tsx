"use client";
/** Asks once more before a device or browser of one's own is shut out. Fetched when it is wanted. */
import { Modal } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Place } from "../../../server/devices";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";

interface ShutOutProps {
  place: Place;
  onDone: (words: string) => void;
  onCancel: () => void;
}

export function ShutOut({ place, onDone, onCancel }: ShutOutProps) {
  const trpc = useTRPC();
  const revoke = useMutation(trpc.device.revoke.mutationOptions());
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const confirm = async () => {
    try {
      await revoke.mutateAsync({ id: place.id });
      onDone(`${place.name} is shut out.`);
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <Modal
      opened
      onClose={onCancel}
      title={`Shut out ${place.name}?`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <p>
        {place.kind === "device"
          ? "It is signed out at once and forgets the people it carries as soon as it has signal. What was saved on it and not sent yet stays there, sealed, until you sign in on it again."
          : "It is signed out at once."}
      </p>
      <div className={form["form"]}>
        <ErrorSummary errors={errors} />
        <FormActions
          act="Shut it out"
          onPress={() => void confirm()}
          danger
          busy={revoke.isPending}
          leave="Keep it"
          onLeave={onCancel}
        />
      </div>
    </Modal>
  );
}
