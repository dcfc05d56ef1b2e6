"use client";
/** One form for a new action and for changing one: what, by when, whose; and that it is not needed after all. */
import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import {
  ACTION_LENGTH,
  addActionSchema,
  type Colleague,
  dueFault,
  type ShownAction,
} from "../../../server/domain/action";
import { addDays, type Day } from "../../../server/domain/period";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import { Chip } from "../../_ui/chip";
import { DayField } from "../../_ui/day-field";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultOf, faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";
import { nameOf } from "../../_words/issue-words";
import styles from "./action-list.module.css";

/** An issue that an action can be about. */
export interface ActionIssue {
  id: string;
  need: string;
  label: string | null;
}

interface ActionFormProps {
  /** Null: closed. "new", or the action to change. */
  action: ShownAction | "new" | null;
  clientId: string;
  issues: readonly ActionIssue[];
  colleagues: readonly Colleague[];
  /** Whoever is signed in: whose a new action is until they say otherwise. */
  ownId: string;
  today: Day;
  onClose: () => void;
  /** Ends when the list was read again. */
  onSaved: (words: string) => Promise<unknown>;
  onNotNeeded: (action: ShownAction) => void;
}

export function ActionForm(props: ActionFormProps) {
  const { action, onClose } = props;
  return (
    <Modal
      opened={action !== null}
      onClose={onClose}
      title={action === "new" ? "Add an action" : "Change this action"}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {action !== null && <Fields key={action === "new" ? "new" : action.id} {...props} action={action} />}
    </Modal>
  );
}

const NOBODY = "nobody";
const IDS = { title: "action-title", dueOn: "action-due", memberId: "action-member" };

function Fields({
  action,
  clientId,
  issues,
  colleagues,
  ownId,
  today,
  onClose,
  onSaved,
  onNotNeeded,
}: ActionFormProps & { action: ShownAction | "new" }) {
  const trpc = useTRPC();
  const adding = useMutation(trpc.actions.add.mutationOptions());
  const changing = useMutation(trpc.actions.change.mutationOptions());
  const before = action === "new" ? null : action;
  const [id] = useState(() => before?.id ?? newId());
  const [title, setTitle] = useState(before?.title ?? "");
  const [dueOn, setDueOn] = useState<Day | null>(before ? before.dueOn : today);
  const [memberId, setMemberId] = useState(before ? (before.member?.id ?? NOBODY) : ownId);
  const [issueId, setIssueId] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const read = addActionSchema.safeParse({
      ...{ id, clientId, title, dueOn, memberId: memberId === NOBODY ? null : memberId },
      issueId: issueId || null,
    });
    if (!read.success) {
      const fieldOf = (path: PropertyKey | undefined) =>
        Object.entries(IDS).find(([name]) => name === path)?.[1];
      setErrors(
        read.error.issues.map(({ message, path: [first] }) => {
          const fieldId = fieldOf(first);
          return fieldId ? { message, fieldId } : { message };
        }),
      );
      return;
    }
    const late = dueFault(dueOn, today, before?.dueOn ?? null);
    if (late) return setErrors([{ message: late, fieldId: IDS.dueOn }]);
    try {
      if (before) await changing.mutateAsync(read.data);
      else await adding.mutateAsync(read.data);
      await onSaved(before ? `Changed: ${read.data.title}` : `Added: ${read.data.title}`);
      onClose();
    } catch (error) {
      setErrors(faultsOf(error, IDS));
    }
  };

  const offers: readonly [string, Day | null][] = [
    ["Today", today],
    ["Tomorrow", addDays(today, 1)],
    ["In a week", addDays(today, 7)],
    ["In four weeks", addDays(today, 28)],
    ["No day", null],
  ];
  const isMissing = before?.member && !colleagues.some(({ id: each }) => each === before.member?.id);
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <div className={`${form["form"]} ${form["inside"]}`}>
        <ErrorSummary errors={errors} />
        <TextInput
          id={IDS.title}
          label="What is to be done?"
          description="For example, “Ring council tax about instalments”. Leave out the names of others."
          maxLength={ACTION_LENGTH}
          autoComplete="off"
          data-autofocus
          error={faultOf(errors, IDS.title)}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <fieldset>
          <legend className={styles["legend"]}>By when?</legend>
          <div className={styles["chips"]}>
            {offers.map(([words, day]) => (
              <Chip
                key={words}
                kind={dueOn === day ? "chosen" : "setting"}
                aria-pressed={dueOn === day}
                onClick={() => setDueOn(day)}
              >
                {words}
              </Chip>
            ))}
          </div>
          <DayField
            id={IDS.dueOn}
            label="Another day"
            error={faultOf(errors, IDS.dueOn)}
            value={dueOn ?? ""}
            onChange={(day) => setDueOn(day || null)}
          />
        </fieldset>
        <Select
          id={IDS.memberId}
          label="Whose is it?"
          data={[
            ...colleagues.map(({ id: value, name }) => ({
              value,
              label: value === ownId ? `${name} (you)` : name,
            })),
            ...(isMissing && before?.member ? [{ value: before.member.id, label: before.member.name }] : []),
            { value: NOBODY, label: "Nobody’s yet" },
          ]}
          error={faultOf(errors, IDS.memberId)}
          value={memberId}
          onChange={(value) => setMemberId(value ?? NOBODY)}
        />
        {!before && issues.length > 0 && (
          <Select
            id="action-issue"
            label="About which issue?"
            data={[
              { value: "", label: "None in particular" },
              ...issues.map(({ id: value, need, label }) => ({ value, label: nameOf(need, label) })),
            ]}
            value={issueId}
            onChange={(value) => setIssueId(value ?? "")}
          />
        )}
        <FormActions
          act={before ? "Save" : "Add the action"}
          busy={adding.isPending || changing.isPending}
          onLeave={onClose}
        >
          {before && (
            <Button
              variant="default"
              onClick={() => {
                onClose();
                onNotNeeded(before);
              }}
            >
              It is not needed
            </Button>
          )}
        </FormActions>
      </div>
    </form>
  );
}
