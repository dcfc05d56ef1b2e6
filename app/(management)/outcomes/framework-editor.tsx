"use client";
/** Writing a framework: its name, whose it is, and its outcomes with the needs that stand for each. */
import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { unmappedNeeds } from "../../../server/domain/impact/frameworks";
import {
  EXAMPLE_OUTCOMES,
  frameworkOf,
  MOST_OUTCOMES,
  type Outcome,
  type OwnFramework,
  saveOwnFrameworkSchema,
} from "../../../server/domain/impact/own-framework";
import type { RowFault } from "../../../server/domain/impact/table-rows";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultOf, faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";
import { BringFile, FileFaults } from "../_files/bring-file";
import { OutcomeFields } from "./outcome-fields";
import styles from "./outcomes.module.css";

interface FrameworkEditorProps {
  /** Null: a new one. */
  held: OwnFramework | null;
  onCancel: () => void;
  /** Ends when the list was read again. */
  onSaved: (framework: OwnFramework) => Promise<unknown>;
}

/** An outcome with a key of its own while it is edited. */
export type EditedOutcome = Outcome & { key: string };

const fresh = (outcome: Outcome): EditedOutcome => ({ ...outcome, key: newId() });
const empty = (code: string): EditedOutcome => fresh({ code, label: "", needs: [] });

export function FrameworkEditor({ held, onCancel, onSaved }: FrameworkEditorProps) {
  const trpc = useTRPC();
  const saving = useMutation(trpc.ownFrameworks.save.mutationOptions());
  const reading = useMutation(trpc.ownFrameworks.readFile.mutationOptions());
  const [id] = useState(() => held?.id ?? newId());
  const [name, setName] = useState(held?.name ?? "");
  const [funder, setFunder] = useState(held?.funder ?? "");
  const [outcomes, setOutcomes] = useState<readonly EditedOutcome[]>(() =>
    held ? held.outcomes.map(fresh) : [empty("1")],
  );
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [faults, setFaults] = useState<readonly RowFault[]>([]);
  const [brought, setBrought] = useState("");

  const fieldId = (path: readonly PropertyKey[]): string => {
    const [first, at, what] = path;
    const key = first === "outcomes" && typeof at === "number" ? outcomes[at]?.key : undefined;
    return key
      ? `outcome-${key}-${what === "needs" || what === "code" ? String(what) : "label"}`
      : `framework-${String(first)}`;
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const kept = outcomes.map(({ key: _key, ...outcome }) => outcome);
    const read = saveOwnFrameworkSchema.safeParse({
      id,
      name,
      funder,
      outcomes: kept,
      from: held?.version ?? 0,
    });
    if (!read.success) {
      setErrors(read.error.issues.map(({ message, path }) => ({ message, fieldId: fieldId(path) })));
      return;
    }
    try {
      await onSaved(await saving.mutateAsync(read.data));
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  const bring = async (text: string) => {
    setErrors([]);
    setBrought("");
    try {
      const file = await reading.mutateAsync({ text });
      setFaults(file.faults);
      if (file.outcomes.length === 0) return;
      setOutcomes(file.outcomes.map(fresh));
      setBrought(
        `${file.outcomes.length === 1 ? "1 outcome is" : `${file.outcomes.length} outcomes are`} read from the file. Look them over, then save.`,
      );
    } catch (error) {
      setFaults([]);
      setErrors(faultsOf(error));
    }
  };
  const change = (key: string, with_: Partial<Outcome>) =>
    setOutcomes(outcomes.map((outcome) => (outcome.key === key ? { ...outcome, ...with_ } : outcome)));
  const left = unmappedNeeds(
    frameworkOf({ id, name, funder, version: 1, madeAt: new Date(0), outcomes, closed: false }),
  ).length;

  return (
    <form
      onSubmit={(event) => void submit(event)}
      noValidate
      aria-label={held ? `Change ${held.name}` : "Add outcomes"}
    >
      <div className={`${form["form"]} ${styles["editor"]}`}>
        <ErrorSummary errors={errors} />
        <div className={form["beside"]}>
          <TextInput
            id="framework-name"
            label="Name"
            description="As you will choose it for a summary."
            maxLength={100}
            autoComplete="off"
            error={faultOf(errors, "framework-name")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            id="framework-funder"
            label="Whose outcomes they are"
            description="You can leave this empty."
            maxLength={100}
            autoComplete="off"
            error={faultOf(errors, "framework-funder")}
            value={funder}
            onChange={(event) => setFunder(event.currentTarget.value)}
          />
        </div>
        <BringFile
          what="outcomes"
          columns="One row for each need of an outcome, with the columns code, outcome and need. It takes the place of the outcomes below."
          example={{
            name: "outcomes-example.csv",
            header: ["code", "outcome", "need"],
            rows: EXAMPLE_OUTCOMES,
          }}
          busy={reading.isPending}
          onText={(text) => void bring(text)}
          onTooLarge={() =>
            setErrors([{ message: "This file is too large. Keep it to the columns asked for." }])
          }
        />
        <FileFaults faults={faults} />
        <div role="status">{brought && <p className={form["good"]}>{brought}</p>}</div>
        <ol className={styles["outcomes"]} aria-label="Outcomes">
          {outcomes.map((outcome, at) => (
            <li key={outcome.key}>
              <OutcomeFields
                number={at + 1}
                outcome={outcome}
                errors={errors}
                onChange={(with_) => change(outcome.key, with_)}
                {...(outcomes.length > 1 && {
                  onRemove: () => setOutcomes(outcomes.filter(({ key }) => key !== outcome.key)),
                })}
              />
            </li>
          ))}
        </ol>
        {outcomes.length < MOST_OUTCOMES && (
          <Button variant="default" onClick={() => setOutcomes([...outcomes, empty(nextCode(outcomes))])}>
            Add an outcome
          </Button>
        )}
        <p className={form["note"]}>
          {left === 0
            ? "Every need stands on an outcome."
            : `${left} needs stand on no outcome. A summary shows people who brought them as “Not in this framework”.`}
        </p>
        <FormActions act="Save the outcomes" busy={saving.isPending} onLeave={onCancel} />
      </div>
    </form>
  );
}

/** The next number that is no code yet. */
function nextCode(outcomes: readonly Outcome[]): string {
  const taken = new Set(outcomes.map(({ code }) => code));
  let next = outcomes.length + 1;
  while (taken.has(String(next))) next += 1;
  return String(next);
}
