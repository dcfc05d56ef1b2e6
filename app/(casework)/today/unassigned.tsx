"use client";
/** People whom nobody looks after, the newest first, each to be taken on with one press. */
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type { CaseloadPerson, MyDay } from "../../../server/domain/caseload";
import { inDigits } from "../../../server/domain/number-text";
import type { Day } from "../../../server/domain/period";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import { fullName } from "../../_words/person-words";
import actions from "../_actions/action-list.module.css";
import { PeopleList } from "./people-list";
import styles from "./today.module.css";

interface UnassignedProps {
  unassigned: MyDay["unassigned"];
  today: Day;
  ownId: string;
  onMoved: () => Promise<unknown>;
}

export function Unassigned({ unassigned, today, ownId, onMoved }: UnassignedProps) {
  const trpc = useTRPC();
  const assigning = useMutation(trpc.caseload.assign.mutationOptions());
  const [taken, setTaken] = useState<CaseloadPerson | null>(null);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const assign = async (person: CaseloadPerson, to: string | null) => {
    setErrors([]);
    try {
      await assigning.mutateAsync({ id: newId(), clientId: person.id, to });
      setTaken(to === null ? null : person);
      await onMoved();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  return (
    <section aria-labelledby="day-unassigned">
      <h2 id="day-unassigned" className={styles["h2"]}>
        Nobody looks after them yet <span className={styles["count"]}>{unassigned.count}</span>
      </h2>
      <ErrorSummary errors={errors} />
      <div role="status">
        {taken && (
          <p className={actions["said"]}>
            You look after {fullName(taken)} now.
            <button type="button" className={actions["small"]} onClick={() => void assign(taken, null)}>
              Undo
            </button>
          </p>
        )}
      </div>
      <PeopleList
        people={unassigned.shown}
        today={today}
        shows="seen"
        after={(person) => (
          <button
            type="button"
            className={actions["small"]}
            aria-label={`Take on ${fullName(person)}`}
            disabled={assigning.isPending}
            onClick={() => void assign(person, ownId)}
          >
            Take on
          </button>
        )}
      />
      {unassigned.count > unassigned.shown.length && (
        <p className={styles["note"]}>
          <Link href="/today/people?whose=unassigned">All {inDigits(unassigned.count)} without a worker</Link>
        </p>
      )}
    </section>
  );
}
