"use client";
/** Asks once more before a membership ends, and who looks after the people whom the member leaves behind. */
import { Select } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { inDigits } from "../../../server/domain/number-text";
import type { Member } from "../../../server/members";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";

interface EndMembershipProps {
  member: Member;
  onDone: (words: string) => void;
  onCancel: () => void;
}

const NOBODY = "nobody";

export function EndMembership({ member, onDone, onCancel }: EndMembershipProps) {
  const trpc = useTRPC();
  const end = useMutation(trpc.members.end.mutationOptions());
  const held = useQuery(trpc.members.held.queryOptions({ id: member.id }));
  const [to, setTo] = useState(NOBODY);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const leaves = held.data && heldInWords(held.data);
  const confirm = async () => {
    try {
      await end.mutateAsync({ id: member.id, handOverTo: to === NOBODY ? null : to });
      onDone(`${member.name} no longer works here and is signed out.`);
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <>
      <p>
        They are signed out at once. What they logged stays, under their name. You can invite them again
        later.
      </p>
      <div className={form["form"]}>
        <ErrorSummary errors={errors} />
        {held.data && leaves && (
          <Select
            label={`Who takes on ${leaves}?`}
            description="Left to nobody, they show up as people whom nobody looks after."
            data={[
              { value: NOBODY, label: "Nobody for now" },
              ...held.data.colleagues.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={to}
            onChange={(value) => setTo(value ?? NOBODY)}
          />
        )}
        <FormActions
          act="End the membership"
          onPress={() => void confirm()}
          danger
          busy={end.isPending}
          disabled={held.isPending}
          leave="Keep it"
          onLeave={onCancel}
        />
      </div>
    </>
  );
}

/** "their 34 people and 5 open actions"; null when they hold nothing. */
function heldInWords({ people, actions }: { people: number; actions: number }): string | null {
  const parts = [
    people > 0 && (people === 1 ? "1 person" : `${inDigits(people)} people`),
    actions > 0 && (actions === 1 ? "1 open action" : `${actions} open actions`),
  ].filter(Boolean);
  return parts.length === 0 ? null : `their ${parts.join(" and ")}`;
}
