"use client";
/** Two values of one field, of which somebody who knows must choose: which is right? Neither is preselected. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Day, dayOf } from "../../../../server/domain/period";
import {
  originInWords,
  PROFILE_FIELD_LABELS,
  type ShownConflict,
  valueInWords,
} from "../../../../server/domain/profile-terms";
import { useTRPC } from "../../../_trpc/client";
import { dayNear, timeOf } from "../../../_ui/dates";
import { ErrorSummary } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import styles from "./notices.module.css";

export function Conflicts({ conflicts, today }: { conflicts: readonly ShownConflict[]; today: Day }) {
  const [said, setSaid] = useState("");
  if (conflicts.length === 0 && said === "") return null;
  return (
    <section className={styles["notice"]} data-tone="wait" aria-labelledby="conflicts-title">
      <h2 id="conflicts-title">{conflicts.length === 0 ? "Settled" : "Two values: which is right?"}</h2>
      <div role="status">{said}</div>
      {conflicts.length > 0 && (
        <p>
          Two people changed the same detail without seeing each other’s change. Both are kept until you
          choose.
        </p>
      )}
      {conflicts.map((conflict) => (
        <Choice key={conflict.id} conflict={conflict} today={today} onChosen={setSaid} />
      ))}
    </section>
  );
}

interface ChoiceProps {
  conflict: ShownConflict;
  today: Day;
  onChosen: (words: string) => void;
}

function Choice({ conflict, today, onChosen }: ChoiceProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const settling = useMutation(trpc.clients.settle.mutationOptions());
  const { id, field, kept, keptBy, keptAt, proposed, proposedBy, proposedAt } = conflict;
  const name = PROFILE_FIELD_LABELS[field];
  const choose = async (which: "kept" | "proposed") => {
    try {
      await settling.mutateAsync({ conflictId: id, choose: which });
      onChosen(`${name}: ${valueInWords(field, which === "kept" ? kept : proposed)}.`);
      router.refresh();
    } catch {
      // The mutation keeps the error, and the summary below shows it.
    }
  };
  const values = [
    { which: "kept", value: kept, by: keptBy, at: keptAt },
    { which: "proposed", value: proposed, by: proposedBy, at: proposedAt },
  ] as const;
  return (
    <fieldset className={styles["choice"]}>
      <legend>{name}</legend>
      <ErrorSummary errors={settling.isError ? faultsOf(settling.error) : []} />
      <div className={styles["values"]}>
        {values.map(({ which, value, by, at }) => {
          const words = valueInWords(field, value);
          return (
            <div key={which} className={styles["value"]}>
              <p>
                <strong>{words}</strong>
                <span>{originInWords(which, by, at && `${dayNear(dayOf(at), today)}, ${timeOf(at)}`)}</span>
              </p>
              <Button
                variant="default"
                size="sm"
                disabled={settling.isPending}
                aria-label={`${name}: ${words} is right`}
                onClick={() => void choose(which)}
              >
                This is right
              </Button>
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
