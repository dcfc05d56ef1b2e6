"use client";
/** One action at a place of a list: what, who, by when; the effect when it is asked for; and what came of it. */
import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { dueState } from "../../../../server/domain/action";
import {
  effectInWords,
  LIST_ACTION_LABELS,
  LIST_OUTCOME_LABELS,
  LIST_OUTCOMES,
  type ListEffect,
  type ListOutcome,
  type ShownListAction,
  seenInWords,
} from "../../../../server/domain/agreements/list-action";
import { needsAsked } from "../../../../server/domain/agreements/lists-in-words";
import { type Day, dayInWords } from "../../../../server/domain/period";
import { newId } from "../../../_offline/new-id";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultOf, faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { FormActions } from "../../../_ui/form-actions";
import { Tag } from "../../../_ui/tag";
import { dueInWords } from "../../_actions/due-words";
import styles from "../lists.module.css";

interface ListActionCardProps {
  action: ShownListAction;
  today: Day;
  ownId: string;
}

export function ListActionCard({ action, today, ownId }: ListActionCardProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const seeing = useMutation(trpc.lists.effect.mutationOptions({ gcTime: 0 }));
  const [effect, setEffect] = useState<ListEffect | null>(null);
  const [isClosing, setIsClosing] = useState(false);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const { kind, words, member, dueOn, madeOn, closed, needs, isEmptied, before, after } = action;
  // The effect says what it was, too.
  const seenThen = before !== null && effect === null && after === null ? seenInWords(before) : null;

  const see = async () => {
    setErrors([]);
    try {
      const found = await seeing.mutateAsync({ id: action.id, lookId: newId() });
      setEffect(found);
      // The page asks whether what it shows still stands, and now shows this too.
      if (found.now !== null) router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  return (
    <>
      <div className={styles["cardHead"]}>
        <h3>
          {LIST_ACTION_LABELS[kind]}: <Where action={action} />
        </h3>
        {closed ? (
          <Tag tone={closed.outcome === "done" ? "brand" : "plain"}>
            {LIST_OUTCOME_LABELS[closed.outcome]}
          </Tag>
        ) : (
          <Tag tone={dueState(dueOn, today) === "overdue" ? "stop" : "plain"} icon="day">
            {dueInWords(dueOn, today)}
          </Tag>
        )}
      </div>
      {words && <p>{words}</p>}
      <p className={styles["sub"]}>
        {member.id === ownId ? "You" : member.name} · written down on {dayInWords(madeOn)} ·{" "}
        {needsAsked(needs)}
      </p>
      {closed && (
        <p className={styles["sub"]}>
          Closed on {dayInWords(closed.on)}.{closed.words && ` ${closed.words}`}
        </p>
      )}
      {action.client && action.before === null && !isEmptied && (
        <p className={styles["sub"]}>What others shared of them is not shared with you now.</p>
      )}
      {seenThen && <p className={styles["sub"]}>{seenThen}</p>}
      <ErrorSummary errors={errors} />
      <div role="status">
        {effect ? (
          <p className={styles["effect"]}>{effectInWords(effect, action.level)}</p>
        ) : (
          action.after && (
            <p className={styles["effect"]}>
              When it was last looked at, on {dayInWords(action.after.on)}:{" "}
              {effectInWords({ before: action.before, now: action.after }, action.level)}
            </p>
          )
        )}
      </div>
      {!isEmptied && (
        <div className={`${form["actions"]} no-print`}>
          {!closed && (
            <Button size="sm" onClick={() => setIsClosing(true)}>
              Say what came of it
            </Button>
          )}
          <Button size="sm" variant="default" loading={seeing.isPending} onClick={() => void see()}>
            See what has changed
          </Button>
        </div>
      )}
      {isEmptied && !closed && (
        <Button size="sm" variant="default" onClick={() => setIsClosing(true)}>
          Close it
        </Button>
      )}
      {isClosing && <CloseForm action={action} onClose={() => setIsClosing(false)} />}
    </>
  );
}

function Where({ action: { place, client, isEmptied } }: { action: ShownListAction }) {
  if (client) return <Link href={`/people/${client.id}`}>{client.name ?? "one of your people"}</Link>;
  return place ?? (isEmptied ? "the place is not kept any longer" : "a place not shared with you now");
}

function CloseForm({ action, onClose }: { action: ShownListAction; onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const closing = useMutation(trpc.lists.close.mutationOptions());
  const [outcome, setOutcome] = useState<ListOutcome | null>(null);
  const [words, setWords] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (outcome === null) return setErrors([{ message: "Choose what came of it.", fieldId: "came-of-it" }]);
    setErrors([]);
    try {
      await closing.mutateAsync({ id: action.id, outcome, words });
      onClose();
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={LIST_ACTION_LABELS[action.kind]}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <div className={`${form["form"]} ${form["inside"]}`}>
          <ErrorSummary errors={errors} />
          <Select
            id="came-of-it"
            label="What came of it?"
            placeholder="Choose"
            data={LIST_OUTCOMES.map((value) => ({ value, label: LIST_OUTCOME_LABELS[value] }))}
            value={outcome}
            allowDeselect={false}
            error={faultOf(errors, "came-of-it")}
            onChange={(value) => setOutcome(LIST_OUTCOMES.find((one) => one === value) ?? null)}
          />
          {!action.isEmptied && (
            <TextInput
              id="came-words"
              label="More, if it helps"
              description="Leave out the names of people."
              maxLength={200}
              autoComplete="off"
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
          )}
          <FormActions act="Close it" busy={closing.isPending} onLeave={onClose} />
        </div>
      </form>
    </Modal>
  );
}
