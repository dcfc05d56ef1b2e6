"use client";
/** The form of an entry: the same fields to add a service, to correct one, and for an organisation's own. */
import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import {
  HAND_FIELDS,
  type HandField,
  handFieldsSchema,
  SERVICE_STATUSES,
} from "../../../server/domain/directory";
import type { EntryForm as Fields } from "../../../server/domain/directory-listing";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultOf, faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { LinkButton } from "../../_ui/link-button";
import { NeedChoice } from "./need-choice";

const STATUS_WORDS = {
  active: "Open to people",
  inactive: "Not running",
  defunct: "Closed for good",
  "temporarily closed": "Closed for now",
} as const;

interface EntryFormProps {
  fields: Fields;
  /** Left out: its name and who runs it are known, and it is open. */
  isOwn?: boolean;
  send: string;
  cancelTo: string;
  /** Sends what was entered; what it throws is shown. */
  onSend: (fields: Fields) => Promise<void>;
}

export function EntryForm({ fields: first, isOwn = false, send, cancelTo, onSend }: EntryFormProps) {
  const [fields, setFields] = useState(first);
  const [areas, setAreas] = useState(first.areas.join("\n"));
  const [ages, setAges] = useState({
    minimumAge: ageText(first.minimumAge),
    maximumAge: ageText(first.maximumAge),
  });
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [isSending, setIsSending] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const entered: Fields = {
      ...fields,
      areas: areas
        .split(/\n/)
        .map((area) => area.trim())
        .filter(Boolean),
      minimumAge: ageOf(ages.minimumAge),
      maximumAge: ageOf(ages.maximumAge),
    };
    const read = handFieldsSchema.safeParse(entered);
    if (!read.success) {
      setErrors(read.error.issues.map(({ path, message }) => faultAt(String(path[0]), message)));
      return;
    }
    setIsSending(true);
    try {
      await onSend(entered);
    } catch (error) {
      setErrors(faultsOf(error, FIELD_IDS));
    } finally {
      setIsSending(false);
    }
  };

  const text = (
    field: "name" | "organisationName" | "phone" | "email" | "url" | "opening" | "postcode",
    more = {},
  ) => (
    <TextInput
      id={idOf(field)}
      label={HAND_FIELDS[field]}
      autoComplete="off"
      error={faultOf(errors, idOf(field))}
      value={fields[field]}
      onChange={(event) => setFields({ ...fields, [field]: event.currentTarget.value })}
      {...more}
    />
  );
  const area = (field: "description" | "eligibility") => (
    <Textarea
      id={idOf(field)}
      label={HAND_FIELDS[field]}
      autosize
      minRows={2}
      error={faultOf(errors, idOf(field))}
      value={fields[field]}
      onChange={(event) => setFields({ ...fields, [field]: event.currentTarget.value })}
    />
  );
  const age = (field: "minimumAge" | "maximumAge") => (
    <TextInput
      id={idOf(field)}
      label={HAND_FIELDS[field]}
      inputMode="numeric"
      autoComplete="off"
      maxLength={3}
      error={faultOf(errors, idOf(field))}
      value={ages[field]}
      onChange={(event) => setAges({ ...ages, [field]: event.currentTarget.value })}
    />
  );
  return (
    <form className={form["form"]} onSubmit={(event) => void submit(event)} noValidate>
      <ErrorSummary errors={errors} />
      {!isOwn && text("name")}
      {!isOwn && text("organisationName", { description: "The charity, council or group behind it" })}
      {area("description")}
      <NeedChoice
        id={idOf("needs")}
        codes={fields.needs}
        onChange={(needs) => setFields({ ...fields, needs })}
      />
      <Textarea
        id={idOf("areas")}
        label={HAND_FIELDS.areas}
        description="One a line: a council, a region, a postcode district such as WY1, or “everywhere”"
        autosize
        minRows={2}
        error={faultOf(errors, idOf("areas"))}
        value={areas}
        onChange={(event) => setAreas(event.currentTarget.value)}
      />
      <div className={form["beside"]}>
        {text("phone", { type: "tel" })}
        {text("email", { type: "email" })}
        {text("url", { type: "url" })}
        {text("postcode", { label: "Postcode of the place" })}
      </div>
      {area("eligibility")}
      <div className={form["beside"]}>
        {age("minimumAge")}
        {age("maximumAge")}
      </div>
      {text("opening", { description: "For example, Monday to Friday 9am to 5pm" })}
      {!isOwn && (
        <Select
          id={idOf("status")}
          label={HAND_FIELDS.status}
          allowDeselect={false}
          data={SERVICE_STATUSES.map((value) => ({ value, label: STATUS_WORDS[value] }))}
          value={fields.status}
          onChange={(chosen) => {
            const status = SERVICE_STATUSES.find((one) => one === chosen);
            if (status) setFields({ ...fields, status });
          }}
        />
      )}
      <div className={form["actions"]}>
        <Button type="submit" loading={isSending}>
          {send}
        </Button>
        <LinkButton href={cancelTo} variant="subtle">
          Cancel
        </LinkButton>
      </div>
    </form>
  );
}

const idOf = (field: HandField) => `entry-${field}`;
const FIELD_IDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(HAND_FIELDS).flatMap((field) => [
    [field, `entry-${field}`],
    [`fields.${field}`, `entry-${field}`],
    [`changes.${field}`, `entry-${field}`],
  ]),
);

function faultAt(field: string, message: string): FieldError {
  const fieldId = FIELD_IDS[field];
  const words =
    field.endsWith("Age") && !message.startsWith("The")
      ? "Enter whole years, such as 18, or leave it empty."
      : message;
  return fieldId ? { message: words, fieldId } : { message: words };
}

const ageText = (age: number | null) => (age === null ? "" : String(age));
/** NaN for what is no number: the schema refuses it. */
const ageOf = (text: string) => (text.trim() === "" ? null : Number(text));
