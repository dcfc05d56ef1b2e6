"use client";
/** Twelve true numbers, and what the public would be shown of them: by the product's own rules, under a key thrown away. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { TRIAL_MONTHS, trialSchema } from "../../../../server/domain/disclosure-trial";
import { inDigits } from "../../../../server/domain/number-text";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary } from "../../../_ui/error-summary";
import { faultsOf } from "../../../_ui/faults";
import { TextField } from "../../../_ui/field";
import { Segmented } from "../../../_ui/segmented";
import styles from "../desk.module.css";

const MONTHS = ["Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"];
const FIRST = "3, 7, 9, 10, 12, 14, 22, 23, 24, 31, 55, 120";

export function DisclosureTrial() {
  const trpc = useTRPC();
  const [typed, setTyped] = useState(FIRST);
  const [who, setWho] = useState<"other" | "same">("other");
  const [need, setNeed] = useState<"usual" | "sensitive">("usual");
  const [fault, setFault] = useState("");
  const answer = useMutation(trpc.desk.tryDisclosure.mutationOptions());
  const tryIt = (event: FormEvent) => {
    event.preventDefault();
    const counts = typed
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map(Number);
    const read = trialSchema.safeParse({
      counts,
      samePeople: who === "same",
      sensitive: need === "sensitive",
    });
    setFault(read.success ? "" : `Write ${TRIAL_MONTHS} whole numbers from 0 to 2,000, with commas between.`);
    if (read.success) answer.mutate(read.data);
  };
  return (
    <>
      <form className={styles["form"]} onSubmit={tryIt}>
        <TextField
          id="counts"
          label="People who really brought a need, month by month from April"
          hint="Made up, or numbers you worry about: nothing is kept."
          error={fault || undefined}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <Segmented
          label="Who comes each month"
          value={who}
          options={[
            { value: "other", label: "Other people" },
            { value: "same", label: "The same people" },
          ]}
          onChange={setWho}
        />
        <Segmented
          label="What kind of need"
          value={need}
          options={[
            { value: "usual", label: "A usual need" },
            { value: "sensitive", label: "A sensitive need" },
          ]}
          onChange={setNeed}
        />
        <Button type="submit" loading={answer.isPending}>
          Show what would be published
        </Button>
      </form>
      <ErrorSummary errors={answer.isError ? faultsOf(answer.error) : []} />
      {answer.data && (
        <table className={styles["people"]} aria-label="What would be published">
          <thead>
            <tr>
              <th scope="col">Month</th>
              <th scope="col">Really</th>
              <th scope="col">Published</th>
            </tr>
          </thead>
          <tbody>
            {answer.data.map(({ count, figure, isHeld }, at) => (
              <tr key={MONTHS[at]}>
                <th scope="row">{MONTHS[at]}</th>
                <td>{inDigits(count)}</td>
                <td>
                  {figure === null ? "fewer than 10" : inDigits(figure)}
                  {isHeld && <small>the earlier figure stands: too few people differ</small>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={styles["facts"]}>
        Press again for another key: the deliberate errors are drawn anew. The installation’s own key is never
        used here.
      </p>
    </>
  );
}
