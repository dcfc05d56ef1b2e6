"use client";
/** Who looks after a person, and a way to take them on or hand them over; their open actions go along. */
import { Modal, Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Colleague } from "../../../../server/domain/action";
import { newId } from "../../../_offline/new-id";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { FormActions } from "../../../_ui/form-actions";
import rail from "../../_actions/rail.module.css";

interface LooksAfterProps {
  clientId: string;
  /** Null: nobody yet. */
  looksAfter: Colleague | null;
  colleagues: readonly Colleague[];
  ownId: string;
  onMoved: () => Promise<unknown>;
}

const NOBODY = "nobody";

export function LooksAfter({ clientId, looksAfter, colleagues, ownId, onMoved }: LooksAfterProps) {
  const trpc = useTRPC();
  const assigning = useMutation(trpc.caseload.assign.mutationOptions());
  const [changing, setChanging] = useState(false);
  const [to, setTo] = useState(NOBODY);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const assign = async (memberId: string | null) => {
    setErrors([]);
    try {
      await assigning.mutateAsync({ id: newId(), clientId, to: memberId });
      await onMoved();
      setChanging(false);
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  return (
    <div className={rail["after"]}>
      <p>
        {looksAfter ? (
          <>
            Looked after by <strong>{looksAfter.id === ownId ? "you" : looksAfter.name}</strong>
          </>
        ) : (
          "Nobody looks after them yet"
        )}
      </p>
      <div className="no-print">
        {!looksAfter && (
          <button
            type="button"
            className={rail["add"]}
            disabled={assigning.isPending}
            onClick={() => void assign(ownId)}
          >
            Take them on
          </button>
        )}
        <button
          type="button"
          className={rail["add"]}
          aria-label="Change who looks after them"
          onClick={() => {
            setTo(looksAfter?.id ?? NOBODY);
            setErrors([]);
            setChanging(true);
          }}
        >
          {looksAfter ? "Change" : "Choose"}
        </button>
      </div>
      {!changing && <ErrorSummary errors={errors} />}
      <Modal
        opened={changing}
        onClose={() => setChanging(false)}
        title="Who looks after them?"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <div className={`${form["form"]} ${form["inside"]}`}>
          <ErrorSummary errors={errors} />
          <Select
            label="Worker"
            description="Open actions that are theirs to do go along."
            data-autofocus
            data={[
              ...colleagues.map(({ id, name }) => ({
                value: id,
                label: id === ownId ? `${name} (you)` : name,
              })),
              { value: NOBODY, label: "Nobody for now" },
            ]}
            value={to}
            onChange={(value) => setTo(value ?? NOBODY)}
          />
          <FormActions
            act="Save"
            onPress={() => void assign(to === NOBODY ? null : to)}
            busy={assigning.isPending}
            onLeave={() => setChanging(false)}
          />
        </div>
      </Modal>
    </div>
  );
}
