"use client";
/**
 * One value of a profile, changed where it stands. It sends the value it began from beside the new one. Without signal
 * it is kept on this device and goes by itself, where this browser is one; else what was typed stays in the field.
 */
import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import {
  DETAIL_LENGTHS,
  emailProblem,
  IDENTIFIER_LENGTH,
  phoneProblem,
  SEX_LABELS,
  SEXES,
} from "../../../../server/domain/client-terms";
import { readDay } from "../../../../server/domain/day-text";
import { readIdentifier } from "../../../../server/domain/identifiers";
import { type Day, dayInWords } from "../../../../server/domain/period";
import { editClientSchema, isIdentifierField } from "../../../../server/domain/profile-edit";
import {
  changesInWords,
  type EditAnswer,
  HOME_IS_SECRET,
  HOME_IS_SECRET_HINT,
  PROFILE_FIELD_LABELS,
  type ProfileField,
  type ProfileValue,
  valueText,
} from "../../../../server/domain/profile-terms";
import { type EditEnd, keepEdit, openDevice } from "../../../_offline/desk-edits";
import { newId } from "../../../_offline/new-id";
import { useTRPC } from "../../../_trpc/client";
import { isCallError } from "../../../_trpc/wire";
import { faultsOf } from "../../../_ui/faults";
import styles from "./rail.module.css";

interface DetailFormProps {
  clientId: string;
  personName: string;
  field: ProfileField;
  /** What stands there now. */
  value: ProfileValue;
  today: Day;
  onSaved: (answer: EditAnswer) => void;
  /** It is safe on this device; `ended` says what became of it. */
  onKept: (to: ProfileValue, ended: Promise<EditEnd>) => void;
  onCancel: () => void;
}

const NO_FIXED_ADDRESS = "no-fixed-address";

const INPUTS: Readonly<Partial<Record<ProfileField, { type?: string; hint?: string }>>> = {
  dateOfBirth: { hint: "For example, 27 3 1984" },
  place: { hint: "Leave it empty when it is not known." },
  address: { hint: "For example, 14 Whitby Street. The postcode stands above." },
  phone: { type: "tel" },
  email: { type: "email" },
};
/** Most characters of what is typed; of a day and a place the rules of each decide. */
const LENGTHS: Readonly<Partial<Record<ProfileField, number>>> = DETAIL_LENGTHS;

export function DetailForm(props: DetailFormProps) {
  const { clientId, personName, field, value, today, onSaved, onKept, onCancel } = props;
  const trpc = useTRPC();
  const editing = useMutation(trpc.clients.edit.mutationOptions());
  const [editId] = useState(newId);
  const first = valueText(value);
  const [text, setText] = useState(() => startOf(field, first));
  const [noAddress, setNoAddress] = useState(first === NO_FIXED_ADDRESS);
  const [isSecret, setSecret] = useState(value === true);
  const [fault, setFault] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    void openDevice().catch(() => {});
  }, []);
  const { type = "text", hint } = INPUTS[field] ?? {};
  const id = `detail-${field}`;
  const problem = fault && <span role="alert">{fault}</span>;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const to =
      field === "homeIsSecret" ? { value: isSecret } : readText(field, text.trim(), noAddress, today);
    if ("problem" in to) return setFault(to.problem);
    const read = editClientSchema.safeParse({
      id: clientId,
      editId,
      changes: [{ field, from: value, to: to.value }],
    });
    if (!read.success) return setFault(read.error.issues[0]?.message ?? "This cannot be kept.");
    try {
      onSaved(await editing.mutateAsync(read.data));
    } catch (error) {
      const words = { personName, summary: changesInWords([{ field }]) };
      const kept = hadNoAnswer(error) ? await keepEdit(read.data, words).catch(() => null) : null;
      if (kept) return onKept(to.value, kept.ended);
      setFault(faultsOf(error)[0]?.message ?? "This was not saved.");
    }
  };

  return (
    <form className={styles["edit"]} onSubmit={(event) => void submit(event)} noValidate>
      {field === "sex" ? (
        <Select
          ref={input}
          id={id}
          aria-label={PROFILE_FIELD_LABELS[field]}
          data={SEXES.map((sex) => ({ value: sex, label: SEX_LABELS[sex] }))}
          allowDeselect={false}
          error={problem}
          value={text}
          onChange={(chosen) => setText(chosen ?? text)}
        />
      ) : field === "homeIsSecret" ? (
        <Checkbox
          ref={input}
          id={id}
          label={HOME_IS_SECRET}
          description={HOME_IS_SECRET_HINT}
          error={problem}
          checked={isSecret}
          onChange={(event) => setSecret(event.currentTarget.checked)}
        />
      ) : (
        <TextInput
          ref={input}
          id={id}
          type={type}
          aria-label={PROFILE_FIELD_LABELS[field]}
          description={hint}
          maxLength={isIdentifierField(field) ? IDENTIFIER_LENGTH : LENGTHS[field]}
          autoComplete="off"
          disabled={noAddress}
          error={problem}
          value={noAddress ? "" : text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {field === "place" && (
        <Checkbox
          label="No fixed address"
          checked={noAddress}
          onChange={(event) => setNoAddress(event.currentTarget.checked)}
        />
      )}
      <div className={styles["buttons"]}>
        <Button type="submit" size="sm" variant="outline" loading={editing.isPending}>
          Save
        </Button>
        <Button size="sm" variant="subtle" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** Nobody said what became of it: it may have arrived or not. */
const hadNoAnswer = (error: unknown) => !isCallError(error) || !error.data;

/** What stands in the field at first. */
function startOf(field: ProfileField, text: string): string {
  if (field === "dateOfBirth" && text !== "") return dayInWords(text);
  if (field === "sex" && text === "") return "not-known";
  return text === NO_FIXED_ADDRESS ? "" : text;
}

function readText(
  field: ProfileField,
  text: string,
  noAddress: boolean,
  today: Day,
): { value: ProfileValue } | { problem: string } {
  if (field === "place") {
    if (noAddress) return { value: { kind: NO_FIXED_ADDRESS } };
    return { value: text === "" ? { kind: "unknown" } : { kind: "postcode", postcode: text } };
  }
  if (text !== "" && isIdentifierField(field)) {
    // Which ranges are for trying alone the server knows.
    const read = readIdentifier(field, text, { currentYear: Number(today.slice(0, 4)), testRanges: true });
    return "problem" in read ? read : { value: text };
  }
  const problem = field === "phone" ? phoneProblem(text) : field === "email" ? emailProblem(text) : null;
  if (problem) return { problem };
  if (field !== "dateOfBirth" || text === "") return { value: text || null };
  const read = readDay(text, { currentYear: Number(today.slice(0, 4)) });
  if (read.kind === "day") return { value: read.day };
  return { problem: read.kind === "none" ? read.problem : "Enter the day as well, or leave it empty." };
}
