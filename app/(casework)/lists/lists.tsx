"use client";
/**
 * Asking for a list, and the list. What is shown lives on this page alone, and goes away by itself as soon as it may not be
 * shown any longer.
 */
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { SharedList } from "../../../server/domain/agreements/shared-list";
import type { ListChoice } from "../../../server/shared-lists";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import type { FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import { useStanding } from "../_known-to/standing";
import { type Asked, AskForm, IDS } from "./ask-form";
import styles from "./lists.module.css";
import { ShownList } from "./shown-list";

interface ListsProps {
  choices: readonly ListChoice[];
  mayAct: boolean;
  /** Whether the reader may open records of their own organisation. */
  mayOpen: boolean;
  ownId: string;
}

export function Lists({ choices, mayAct, mayOpen, ownId }: ListsProps) {
  const trpc = useTRPC();
  const making = useMutation(trpc.lists.make.mutationOptions({ gcTime: 0 }));
  const [asked, setAsked] = useState<Asked | null>(null);
  const [list, setList] = useState<SharedList | null>(null);
  const [hasEnded, setHasEnded] = useState(false);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const heading = useRef<HTMLHeadingElement>(null);
  const { isUnchecked } = useStanding(trpc.lists.stands.queryOptions({ id: list?.id ?? "" }), {
    isShown: list !== null,
    onEnded: () => {
      // Nothing of it stays, not even out of sight.
      setList(null);
      setHasEnded(true);
    },
  });
  const shownId = list?.id;
  useEffect(() => {
    if (shownId !== undefined) heading.current?.focus();
  }, [shownId]);

  const make = async (asking: Asked) => {
    setErrors([]);
    setHasEnded(false);
    try {
      setList(await making.mutateAsync({ id: newId(), ...asking }));
      setAsked(asking);
    } catch (error) {
      setErrors(faultsOf(error, IDS));
    }
  };

  return (
    <>
      <div role="status">
        {hasEnded && (
          <p className={styles["over"]}>
            The list that was here may not be shown any longer, so it is gone. Make it again to see what is
            shared now.
          </p>
        )}
        {isUnchecked && (
          <p className={styles["over"]}>
            The list is hidden: it cannot be checked just now whether it may still be shown.
          </p>
        )}
      </div>
      {list !== null && asked !== null ? (
        !isUnchecked && (
          <ShownList
            list={list}
            asked={asked}
            heading={heading}
            {...{ mayAct, mayOpen, ownId }}
            onAskAgain={() => setList(null)}
          />
        )
      ) : (
        <AskForm
          choices={choices}
          before={asked}
          errors={errors}
          busy={making.isPending}
          onAsk={(asking) => void make(asking)}
        />
      )}
    </>
  );
}
