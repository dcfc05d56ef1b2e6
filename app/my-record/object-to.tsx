"use client";
/** Objecting on one's own page: to being shared, to being counted, or both; it holds at once and can be taken back. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { AGAINST, type Against, holds } from "../../server/domain/objection";
import { dayInWords, dayOf } from "../../server/domain/period";
import type { ResidentRecord } from "../../server/domain/resident-record";
import { newId } from "../_offline/new-id";
import { useTRPC } from "../_trpc/client";
import { ErrorSummary, type FieldError } from "../_ui/error-summary";
import { faultsOf } from "../_ui/faults";
import form from "../_ui/form.module.css";
import styles from "./my-record.module.css";
import { REFUSED, type TypedKey } from "./typed-key";

const OFFERS: Readonly<Record<Against, string>> = {
  sharing: "Do not share my record with other services",
  counting: "Do not count me in figures",
  both: "Both: do not share me and do not count me",
};
const STANDS: Readonly<Record<Against, string>> = {
  sharing: "You asked us not to share your record with other services.",
  counting: "You asked us not to count you in figures.",
  both: "You asked us not to share your record, and not to count you in figures.",
};

interface ObjectToProps {
  record: ResidentRecord;
  typed: TypedKey;
  onChange: (record: ResidentRecord) => void;
}

export function ObjectTo({ record, typed, onChange }: ObjectToProps) {
  const trpc = useTRPC();
  const objecting = useMutation(trpc.residents.object.mutationOptions());
  const takingBack = useMutation(trpc.residents.takeBack.mutationOptions());
  const [against, setAgainst] = useState<Against | null>(null);
  const [id, setId] = useState(newId);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [said, setSaid] = useState<string | null>(null);
  const standing = record.objections.filter(holds);

  const act = async (work: () => ReturnType<typeof objecting.mutateAsync>, done: string) => {
    setErrors([]);
    setSaid(null);
    try {
      const answer = await work();
      if (!answer.ok) return setErrors([{ message: REFUSED[answer.reason] }]);
      setSaid(done);
      setAgainst(null);
      setId(newId());
      onChange(answer.record);
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  return (
    <section className={styles["panel"]} aria-labelledby="object">
      <h2 id="object">You can say no</h2>
      <div role="status">{said && <p className={form["good"]}>{said}</p>}</div>
      <ErrorSummary errors={errors} />
      {standing.map((objection) => (
        <div key={objection.id} className={styles["standing"]}>
          <p>
            <strong>{STANDS[objection.against]}</strong> Since {dayInWords(dayOf(objection.madeAt))}.
          </p>
          <Button
            variant="default"
            size="sm"
            loading={takingBack.isPending}
            onClick={() =>
              void act(
                () => takingBack.mutateAsync({ key: typed, id: objection.id }),
                "You took your no back.",
              )
            }
          >
            Take it back
          </Button>
        </div>
      ))}
      {standing.length === 0 && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!against) return setErrors([{ message: "Choose one.", fieldId: "against" }]);
            void act(
              () => objecting.mutateAsync({ key: typed, id, against }),
              "Done. It holds from now on. We will answer you within a month.",
            );
          }}
          noValidate
        >
          <p>You need not say why. We will still help you.</p>
          <fieldset id="against" className={styles["choices"]}>
            <legend className="visually-hidden">What do you say no to?</legend>
            {AGAINST.map((value) => (
              <label key={value} className={styles["choice"]}>
                <input
                  type="radio"
                  name="against"
                  checked={against === value}
                  onChange={() => setAgainst(value)}
                />
                <span>{OFFERS[value]}</span>
              </label>
            ))}
          </fieldset>
          <Button type="submit" variant="default" loading={objecting.isPending}>
            Say no
          </Button>
        </form>
      )}
    </section>
  );
}
