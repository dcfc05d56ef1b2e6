"use client";
/** One line for each person: what they object to, since when, and the two decisions. */
import { Button, Modal, Select } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import {
  AGAINST_LABELS,
  decideBy,
  REFUSAL_LABELS,
  REFUSALS,
  type Refusal,
} from "../../../server/domain/objection";
import { dayInWords, dayOf } from "../../../server/domain/period";
import type { WaitingObjection } from "../../../server/objections";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";
import { EmptyState } from "../../_ui/page-title";
import rows from "../../_ui/rows.module.css";
import { fullName } from "../../_words/person-words";
import styles from "./objections.module.css";

export function Waiting({ given }: { given: WaitingObjection[] }) {
  const trpc = useTRPC();
  const read = useQuery(trpc.objections.waiting.queryOptions(undefined, { initialData: given }));
  const deciding = useMutation(trpc.objections.decide.mutationOptions());
  const [refusing, setRefusing] = useState<WaitingObjection | null>(null);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [said, setSaid] = useState<string | null>(null);

  const decide = async (objection: WaitingObjection, because: Refusal | null) => {
    setErrors([]);
    try {
      await deciding.mutateAsync({
        id: objection.id,
        decision: because === null ? "upheld" : "refused",
        because,
      });
      setSaid(
        because === null
          ? `The objection of ${fullName(objection)} stands for good.`
          : `The objection of ${fullName(objection)} was refused. Tell them why, and that they may complain.`,
      );
      setRefusing(null);
      await read.refetch();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  return (
    <>
      <div role="status">{said && <p className={form["good"]}>{said}</p>}</div>
      {refusing === null && <ErrorSummary errors={errors} />}
      {read.data.length === 0 && (
        <EmptyState>
          Nothing waits. Objections that workers write down, or that people make on their own page, show up
          here.
        </EmptyState>
      )}
      {read.data.length > 0 && (
        <ul className={rows["card"]}>
          {read.data.map((objection) => (
            <li key={objection.id}>
              <div className={styles["line"]}>
                <div>
                  <strong>{fullName(objection)}</strong>
                  {objection.dateOfBirth && (
                    <span className={styles["quiet"]}> born {dayInWords(objection.dateOfBirth)}</span>
                  )}
                  <p>
                    Objects to: {AGAINST_LABELS[objection.against].toLowerCase()}.{" "}
                    <span className={styles["quiet"]}>
                      Since {dayInWords(dayOf(objection.madeAt))},{" "}
                      {objection.madeThrough === "client" ? "on their own page" : "through a worker"}. Answer
                      by {dayInWords(decideBy(objection.madeAt))}.
                    </span>
                  </p>
                </div>
                <div className={form["actions"]}>
                  <Button variant="default" onClick={() => void decide(objection, null)}>
                    Agree<span className="visually-hidden"> with {fullName(objection)}</span>
                  </Button>
                  <Button variant="subtle" onClick={() => setRefusing(objection)}>
                    Refuse<span className="visually-hidden"> {fullName(objection)}</span>
                  </Button>
                </div>
              </div>
            </li>
          ))}
        </ul>
      )}
      <Modal
        opened={refusing !== null}
        onClose={() => setRefusing(null)}
        title="Refuse this objection"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {refusing && (
          <Refuse
            errors={errors}
            busy={deciding.isPending}
            onRefuse={(because) => void decide(refusing, because)}
            onLeave={() => setRefusing(null)}
          />
        )}
      </Modal>
    </>
  );
}

interface RefuseProps {
  errors: readonly FieldError[];
  busy: boolean;
  onRefuse: (because: Refusal) => void;
  onLeave: () => void;
}

function Refuse({ errors, busy, onRefuse, onLeave }: RefuseProps) {
  const [because, setBecause] = useState<Refusal | null>(null);
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (because === null) return setMissing(true);
    onRefuse(because);
  };
  return (
    <form onSubmit={submit} noValidate className={form["form"]} style={{ marginTop: 0 }}>
      <p>
        Sharing and counting go on for this person. The law allows that for few reasons (UK GDPR Article 21).
      </p>
      <ErrorSummary
        errors={
          missing && because === null ? [{ message: "Choose the reason.", fieldId: "because" }] : errors
        }
      />
      <Select
        id="because"
        label="Why?"
        placeholder="Choose a reason"
        data={REFUSALS.map((value) => ({ value, label: REFUSAL_LABELS[value] }))}
        value={because}
        onChange={(value) => setBecause(REFUSALS.find((each) => each === value) ?? null)}
      />
      <FormActions act="Refuse it" danger busy={busy} onLeave={onLeave} />
    </form>
  );
}
