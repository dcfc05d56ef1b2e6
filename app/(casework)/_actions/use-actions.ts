"use client";
/** What a list of actions can do: finish one, open it again, and say what was done with a way back. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ActionOutcome, ShownAction } from "../../../server/domain/action";
import { useTRPC } from "../../_trpc/client";
import type { FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";

/** What was done last, for the line that says so. */
export interface Said {
  words: string;
  /** The action to open again, when there is a way back. */
  undo: ShownAction | null;
}

const FINISHED_WORDS: Readonly<Record<ActionOutcome, string>> = {
  done: "Done",
  "not-needed": "Not needed",
};

/** `reload` reads the list again and ends when it is there. */
export function useActions(reload: () => Promise<unknown>) {
  const trpc = useTRPC();
  const finishing = useMutation(trpc.actions.finish.mutationOptions());
  const reopening = useMutation(trpc.actions.reopen.mutationOptions());
  /** What was ticked or unticked and is not read again yet: shown at once. */
  const [pending, setPending] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [said, setSaid] = useState<Said | null>(null);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const change = async (action: ShownAction, finished: boolean, work: () => Promise<Said>) => {
    setErrors([]);
    setPending((before) => new Map(before).set(action.id, finished));
    try {
      setSaid(await work());
      await reload();
    } catch (error) {
      setSaid(null);
      setErrors(faultsOf(error));
      await reload().catch(() => {});
    } finally {
      setPending((before) => new Map([...before].filter(([id]) => id !== action.id)));
    }
  };

  return {
    errors,
    said,
    say: (words: string) => setSaid({ words, undo: null }),
    isFinished: (action: ShownAction) => pending.get(action.id) ?? action.finished !== null,
    isBusy: (action: ShownAction) => pending.has(action.id),
    finish: (action: ShownAction, outcome: ActionOutcome) =>
      change(action, true, async () => {
        await finishing.mutateAsync({ id: action.id, outcome });
        return { words: `${FINISHED_WORDS[outcome]}: ${action.title}`, undo: action };
      }),
    reopen: (action: ShownAction) =>
      change(action, false, async () => {
        await reopening.mutateAsync({ id: action.id });
        return { words: `Open again: ${action.title}`, undo: null };
      }),
  };
}

export type ActionsInHand = ReturnType<typeof useActions>;
