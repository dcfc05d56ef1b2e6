"use client";
/** Writing down what will be done at a row of a list: what, who and by when. */
import { Modal, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { dueFault } from "../../../server/domain/action";
import {
  LIST_ACTION_KINDS,
  LIST_ACTION_LABELS,
  type ListActionKind,
} from "../../../server/domain/agreements/list-action";
import type { ListRow } from "../../../server/domain/agreements/shared-list";
import { addDays, type Day, dayOf } from "../../../server/domain/period";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import { DayField } from "../../_ui/day-field";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultOf, faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";
import { nameOfRow } from "./list-words";

/** Days that most visits and calls take to arrange: offered, and changed by whoever knows better. */
const USUAL_DAYS = 14;

const IDS = { kind: "do-kind", dueOn: "do-due", memberId: "do-member", words: "do-words" };

interface ListActionFormProps {
  listId: string;
  row: ListRow;
  /** The row is one of the organisation's own clients. */
  isPerson: boolean;
  ownId: string;
  onClose: () => void;
  onSaved: (kind: ListActionKind) => void;
}

export function ListActionForm({ listId, row, isPerson, ownId, onClose, onSaved }: ListActionFormProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.lists.doers.queryOptions());
  const adding = useMutation(trpc.lists.act.mutationOptions());
  // One id for the form: pressed again after a fault, it is written down once.
  const [id] = useState(newId);
  const [kind, setKind] = useState<ListActionKind | null>(null);
  const [words, setWords] = useState("");
  const [memberId, setMemberId] = useState(ownId);
  const [dueOn, setDueOn] = useState<Day | "" | null>(null);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const today = data?.today ?? dayOf(new Date());
  const due = dueOn ?? addDays(today, USUAL_DAYS);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (kind === null) return setErrors([{ message: "Choose what you will do.", fieldId: IDS.kind }]);
    if (due === "") return setErrors([{ message: "Say by when.", fieldId: IDS.dueOn }]);
    const late = dueFault(due, today);
    if (late) return setErrors([{ message: late, fieldId: IDS.dueOn }]);
    setErrors([]);
    try {
      await adding.mutateAsync({
        ...{ id, listId, row: row.no, kind, words, memberId, dueOn: due },
        clientId: isPerson ? (row.own[0]?.id ?? null) : null,
      });
      onSaved(kind);
    } catch (error) {
      setErrors(faultsOf(error, IDS));
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={`What will you do at ${nameOfRow(row)}?`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <div className={`${form["form"]} ${form["inside"]}`}>
          <ErrorSummary errors={errors} />
          <Select
            id={IDS.kind}
            label="What will be done?"
            placeholder="Choose"
            data={LIST_ACTION_KINDS.map((value) => ({ value, label: LIST_ACTION_LABELS[value] }))}
            value={kind}
            allowDeselect={false}
            error={faultOf(errors, IDS.kind)}
            onChange={(value) => setKind(LIST_ACTION_KINDS.find((one) => one === value) ?? null)}
          />
          <TextInput
            id={IDS.words}
            label="More, if it helps"
            description="Leave out the names of people."
            maxLength={200}
            autoComplete="off"
            value={words}
            error={faultOf(errors, IDS.words)}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <Select
            id={IDS.memberId}
            label="Who does it?"
            data={(data?.colleagues ?? []).map(({ id: value, name }) => ({
              value,
              label: value === ownId ? `${name} (you)` : name,
            }))}
            value={memberId}
            allowDeselect={false}
            error={faultOf(errors, IDS.memberId)}
            onChange={(value) => value && setMemberId(value)}
          />
          <DayField
            id={IDS.dueOn}
            label="By when?"
            value={due}
            error={faultOf(errors, IDS.dueOn)}
            onChange={setDueOn}
          />
          <FormActions act="Write it down" busy={adding.isPending} onLeave={onClose} />
        </div>
      </form>
    </Modal>
  );
}
