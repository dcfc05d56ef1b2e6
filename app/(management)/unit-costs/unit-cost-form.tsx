"use client";
/** One unit cost: what it is of, which people it is counted by, pounds with a range, and where they come from. */
import { Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import {
  asksForNeed,
  BASIS_WORDS,
  CONFIDENCE_WORDS,
  CONFIDENCES,
  COST_BASES,
  type Confidence,
  type CostBasis,
  saveUnitCostSchema,
  type UnitCost,
} from "../../../server/domain/impact/value";
import { capital } from "../../../server/domain/label-text";
import { DOMAINS, needsOf } from "../../../server/domain/needs";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultOf, faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";
import { Segmented } from "../../_ui/segmented";
import styles from "./unit-costs.module.css";

interface UnitCostFormProps {
  /** Null: a new one. */
  held: UnitCost | null;
  onCancel: () => void;
  /** Ends when the list was read again. */
  onSaved: (name: string) => Promise<unknown>;
}

const BASES = COST_BASES.map((value) => ({ value, label: BASIS_WORDS[value] }));
const PATHS = [
  { value: "*", label: "Any need" },
  ...DOMAINS.map((domain) => ({
    group: domain.label,
    items: [
      { value: domain.code, label: `${domain.label}: any` },
      ...needsOf(domain).map(({ code, label }) => ({ value: code, label })),
    ],
  })),
];
const LEVELS = CONFIDENCES.map((value) => ({
  value,
  label: capital(value),
}));

const numberOf = (text: string) => {
  const plain = text.replace(/[£,\s]/g, "");
  return plain === "" ? Number.NaN : Number(plain);
};
const textOf = (value: number | undefined) => (value === undefined ? "" : String(value));
const idOf = (field: string) => `cost-${field}`;
const FIELDS = ["name", "basis", "path", "value", "low", "high", "source", "year", "confidence"];
const IDS = Object.fromEntries(FIELDS.map((field) => [`fields.${field}`, idOf(field)]));

export function UnitCostForm({ held, onCancel, onSaved }: UnitCostFormProps) {
  const trpc = useTRPC();
  const saving = useMutation(trpc.unitCosts.save.mutationOptions());
  const [id] = useState(() => held?.id ?? newId());
  const [basis, setBasis] = useState<CostBasis>(held?.basis ?? "resolved");
  const [path, setPath] = useState(held?.path ?? "*");
  const [confidence, setConfidence] = useState<Confidence | null>(held?.confidence ?? null);
  const [typed, setTyped] = useState({
    ...{ name: held?.name ?? "", source: held?.source ?? "", year: textOf(held?.year) },
    ...{ value: textOf(held?.value), low: textOf(held?.low), high: textOf(held?.high) },
  });
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const read = saveUnitCostSchema.safeParse({
      id,
      fields: {
        ...{ name: typed.name, source: typed.source, basis, confidence },
        path: asksForNeed(basis) ? path : "*",
        ...{ value: numberOf(typed.value), low: numberOf(typed.low), high: numberOf(typed.high) },
        year: numberOf(typed.year),
      },
    });
    if (!read.success) {
      setErrors(
        read.error.issues.map(({ message, path }) => ({ message, fieldId: idOf(String(path.at(-1))) })),
      );
      return;
    }
    try {
      await saving.mutateAsync(read.data);
      await onSaved(read.data.fields.name);
    } catch (error) {
      setErrors(faultsOf(error, IDS));
    }
  };
  const field = (which: keyof typeof typed, label: string, description?: string) => (
    <TextInput
      id={idOf(which)}
      label={label}
      {...(description !== undefined && { description })}
      {...(which !== "name" && which !== "source" && { inputMode: "decimal" as const })}
      autoComplete="off"
      error={faultOf(errors, idOf(which))}
      value={typed[which]}
      onChange={(event) => setTyped({ ...typed, [which]: event.currentTarget.value })}
    />
  );

  return (
    <form
      className={form["card"]}
      onSubmit={(event) => void submit(event)}
      noValidate
      aria-label={held ? `Change ${held.name}` : "Add a unit cost"}
    >
      <div className={`${form["form"]} ${form["inside"]}`}>
        <ErrorSummary errors={errors} />
        {field("name", "Name", "What did not have to be paid for, or what was gained.")}
        <div className={form["beside"]}>
          <Select
            id={idOf("basis")}
            label="Counted by"
            data={BASES}
            error={faultOf(errors, idOf("basis"))}
            value={basis}
            onChange={(value) => setBasis(COST_BASES.find((each) => each === value) ?? basis)}
          />
          {asksForNeed(basis) && (
            <Select
              id={idOf("path")}
              label="Which need"
              searchable
              data={PATHS}
              error={faultOf(errors, idOf("path"))}
              value={path}
              onChange={(value) => setPath(value ?? "*")}
            />
          )}
        </div>
        {field("value", "Pounds for one person", "Your best single number, such as 850.")}
        <div className={form["beside"]}>
          {field("low", "Lowest likely")}
          {field("high", "Highest likely")}
        </div>
        {field("source", "Source", "Title and publisher, so that a reader can find it.")}
        {field("year", "Year of the prices")}
        <div id={idOf("confidence")} tabIndex={-1}>
          <p className={styles["ask"]} aria-hidden>
            How sure you are of it
          </p>
          <Segmented
            label="How sure you are of it"
            value={confidence}
            options={LEVELS}
            onChange={setConfidence}
          />
          {confidence && <p className={styles["means"]}>{capital(CONFIDENCE_WORDS[confidence])}.</p>}
        </div>
        <FormActions act="Save the unit cost" busy={saving.isPending} onLeave={onCancel} />
      </div>
    </form>
  );
}
