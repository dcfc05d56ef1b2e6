"use client";
/** What stands in an agreement beside its grid: name, parties, purposes, basis, needs and days. Folded until wanted. */
import { MultiSelect, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import {
  BASES,
  CONDITIONS,
  type Party,
  PURPOSES,
  type Terms,
} from "../../../../server/domain/agreements/agreement";
import {
  BASIS_WORDS,
  CONDITION_WORDS,
  labelOf,
  needsInWords,
  PURPOSE_WORDS,
  SENSITIVE_PATHS,
} from "../../../../server/domain/agreements/in-words";
import { DOMAINS, NEEDS } from "../../../../server/domain/needs";
import { DayField } from "../../../_ui/day-field";
import type { FieldError } from "../../../_ui/error-summary";
import { faultOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { Segmented } from "../../../_ui/segmented";
import styles from "../agreements.module.css";
import { TERM_FIELDS } from "../term-faults";

interface TermsFormProps {
  terms: Terms;
  organisations: readonly { organisationId: number; name: string }[];
  errors: readonly FieldError[];
  onChange: (more: Partial<Terms>) => void;
}

const FOLDED: ReadonlySet<string> = new Set(
  Object.entries(TERM_FIELDS).flatMap(([field, id]) => (field === "cells" ? [] : [id])),
);

export function TermsForm({ terms, organisations, errors, onChange }: TermsFormProps) {
  const [open, setOpen] = useState(false);
  const isWrong = errors.some(({ fieldId }) => fieldId !== undefined && FOLDED.has(fieldId));
  return (
    <details
      className={styles["terms"]}
      open={open || isWrong}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>Name, parties, purpose, needs and days</summary>
      <div className={form["form"]}>
        <WhatAndWhy terms={terms} errors={errors} onChange={onChange} />
        <Parties terms={terms} organisations={organisations} errors={errors} onChange={onChange} />
        <Needs needs={terms.needs} error={faultOf(errors, TERM_FIELDS.needs)} onChange={onChange} />
        <Days terms={terms} errors={errors} onChange={onChange} />
      </div>
    </details>
  );
}

type PartProps = Omit<TermsFormProps, "organisations">;

function WhatAndWhy({ terms, errors, onChange }: PartProps) {
  return (
    <>
      <TextInput
        id={TERM_FIELDS.title}
        label="Name of the agreement"
        autoComplete="off"
        error={faultOf(errors, TERM_FIELDS.title)}
        value={terms.title}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      <MultiSelect
        id={TERM_FIELDS.purposes}
        label="What for?"
        description="Whoever looks names one of these each time."
        data={PURPOSES.map((value) => ({ value, label: PURPOSE_WORDS[value] }))}
        error={faultOf(errors, TERM_FIELDS.purposes)}
        value={terms.purposes}
        onChange={(chosen) => onChange({ purposes: PURPOSES.filter((each) => chosen.includes(each)) })}
      />
      <Textarea
        id={TERM_FIELDS.reason}
        label="What will you do with it?"
        description="In your own words. The people it is about may read this."
        autosize
        minRows={2}
        error={faultOf(errors, TERM_FIELDS.reason)}
        value={terms.reason}
        onChange={(event) => onChange({ reason: event.currentTarget.value })}
      />
      <div className={form["beside"]}>
        <Select
          id={TERM_FIELDS.basis}
          label="Lawful basis"
          data={BASES.map((value) => ({ value, label: BASIS_WORDS[value] }))}
          value={terms.basis}
          onChange={(value) => onChange({ basis: BASES.find((each) => each === value) ?? terms.basis })}
        />
        <Select
          id={TERM_FIELDS.condition}
          label="Condition for sensitive data"
          data={CONDITIONS.map((value) => ({ value, label: CONDITION_WORDS[value] }))}
          value={terms.condition}
          onChange={(value) =>
            onChange({ condition: CONDITIONS.find((each) => each === value) ?? terms.condition })
          }
        />
      </div>
    </>
  );
}

const SIDES = [
  { value: "out", label: "Not in it" },
  { value: "both", label: "Gives and looks" },
  { value: "gives", label: "Gives only" },
  { value: "looks", label: "Looks only" },
] as const;
type Side = (typeof SIDES)[number]["value"];

const sideOf = (party: Party | undefined): Side => {
  if (!party || !(party.gives || party.receives)) return "out";
  return party.gives && party.receives ? "both" : party.gives ? "gives" : "looks";
};

function Parties({ terms, organisations, errors, onChange }: TermsFormProps) {
  const put = (organisationId: number, side: string | null) => {
    const others = terms.parties.filter((party) => party.organisationId !== organisationId);
    const party = { organisationId, gives: side !== "looks", receives: side !== "gives" };
    onChange({ parties: side === "out" ? others : [...others, party] });
  };
  const fault = faultOf(errors, TERM_FIELDS.parties);
  return (
    <fieldset id={TERM_FIELDS.parties} tabIndex={-1} className={styles["parties"]}>
      <legend className={styles["legend"]}>Who gives, and who may look?</legend>
      {fault && <p className={styles["fault"]}>{fault}</p>}
      {organisations.map(({ organisationId, name }, at) => (
        <div key={organisationId} className={styles["party"]}>
          <span>{name}</span>
          <Select
            aria-label={`What ${name} does`}
            // Whoever drafts an agreement is in it.
            data={SIDES.filter(({ value }) => at > 0 || value !== "out")}
            value={sideOf(terms.parties.find((party) => party.organisationId === organisationId))}
            onChange={(side) => put(organisationId, side)}
          />
        </div>
      ))}
    </fieldset>
  );
}

const PLAIN_PATHS = [...DOMAINS.map(({ code }) => code), ...NEEDS.map(({ code }) => code)].filter(
  (path) => !SENSITIVE_PATHS.some((sensitive) => path === sensitive || path.startsWith(`${sensitive}-`)),
);
const optionsOf = (paths: readonly string[]) => paths.map((value) => ({ value, label: labelOf(value) }));

interface NeedsProps {
  needs: readonly string[];
  error: string | undefined;
  onChange: (more: Partial<Terms>) => void;
}

function Needs({ needs, error, onChange }: NeedsProps) {
  const all = needs.includes("*");
  const sensitive = needs.filter((path) => SENSITIVE_PATHS.includes(path));
  const plain = needs.filter((path) => path !== "*" && !sensitive.includes(path));
  return (
    <fieldset id={TERM_FIELDS.needs} tabIndex={-1} className={styles["parties"]}>
      <legend className={styles["legend"]}>Which needs does it cover?</legend>
      {error && <p className={styles["fault"]}>{error}</p>}
      <Segmented
        label="How many needs"
        value={all ? "all" : "some"}
        options={[
          { value: "all", label: "All but sensitive ones" },
          { value: "some", label: "Only some" },
        ]}
        onChange={(choice) =>
          onChange({ needs: choice === "all" ? ["*", ...sensitive] : [...plain, ...sensitive] })
        }
      />
      {!all && (
        <MultiSelect
          label="Needs, or whole groups of them"
          searchable
          data={optionsOf(PLAIN_PATHS)}
          value={plain}
          onChange={(chosen) => onChange({ needs: [...chosen, ...sensitive] })}
        />
      )}
      <MultiSelect
        label="Sensitive needs, each by its name"
        description="Seen only with the client’s yes, or to protect somebody."
        searchable
        data={optionsOf(SENSITIVE_PATHS)}
        value={sensitive}
        onChange={(chosen) => onChange({ needs: [...(all ? ["*"] : plain), ...chosen] })}
      />
      <p className={styles["quiet"]}>{needsInWords(needs)}</p>
    </fieldset>
  );
}

function Days({ terms, errors, onChange }: PartProps) {
  const days = [
    { field: "startsOn", label: "First day" },
    { field: "reviewOn", label: "Reviewed by" },
    { field: "endsOn", label: "Last day" },
  ] as const;
  return (
    <div className={form["beside"]}>
      {days.map(({ field, label }) => (
        <DayField
          key={field}
          id={TERM_FIELDS[field]}
          label={label}
          error={faultOf(errors, TERM_FIELDS[field])}
          value={terms[field]}
          onChange={(day) => onChange({ [field]: day })}
        />
      ))}
      <TextInput
        id={TERM_FIELDS.noticeDays}
        label="Days of notice"
        inputMode="numeric"
        autoComplete="off"
        error={faultOf(errors, TERM_FIELDS.noticeDays)}
        value={String(terms.noticeDays)}
        onChange={(event) =>
          onChange({ noticeDays: Number(event.currentTarget.value.replace(/\D/g, "").slice(0, 3)) })
        }
      />
    </div>
  );
}
