"use client";
/** Asks why before something recorded is voided, and then counts nowhere, or a note is removed for good. */
import { Modal, Textarea } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { REASON_LENGTH } from "../../../../server/domain/contact-terms";
import { reasonSchema } from "../../../../server/domain/typed-text";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultOf, faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { FormActions } from "../../../_ui/form-actions";

const FIELD = "void-reason";

interface VoidFormProps {
  verb?: "Void" | "Remove";
  /** "contact", "score" or "note". */
  what: string;
  /** A reason that somebody might give. */
  example: string;
  /** Does it. */
  onVoid: (reason: string) => Promise<unknown>;
  onClose: () => void;
  /** What becomes of it, in a sentence or two. */
  children: ReactNode;
}

/** The question in a window of its own. */
export function VoidWindow({ isOpen, ...rest }: VoidFormProps & { isOpen: boolean }) {
  return (
    <Modal
      opened={isOpen}
      onClose={rest.onClose}
      title={`${rest.verb ?? "Void"} this ${rest.what}`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {isOpen && <VoidForm {...rest} />}
    </Modal>
  );
}

function VoidForm({ verb = "Void", what, example, onVoid, onClose, children }: VoidFormProps) {
  const [reason, setReason] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const read = reasonSchema.safeParse(reason);
    if (!read.success) {
      setErrors(read.error.issues.map(({ message }) => ({ message, fieldId: FIELD })));
      return;
    }
    setBusy(true);
    try {
      await onVoid(read.data);
      onClose();
    } catch (error) {
      setErrors(faultsOf(error, { reason: FIELD }));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p>{children}</p>
      <div className={form["form"]}>
        <ErrorSummary errors={errors} />
        <Textarea
          id={FIELD}
          label="Why?"
          description={`For example, “${example}”.`}
          maxLength={REASON_LENGTH}
          autosize
          minRows={2}
          data-autofocus
          error={faultOf(errors, FIELD)}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormActions
          act={
            <>
              {verb} the {what}
            </>
          }
          danger
          busy={busy}
          leave="Keep it"
          onLeave={onClose}
        />
      </div>
    </form>
  );
}
