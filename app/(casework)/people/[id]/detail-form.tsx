"use client";
/** One value of a profile, changed where it stands. It sends the value it began from beside the new one. */
import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { SEX_LABELS, SEXES } from "../../../../server/domain/client-terms";
import { readDay } from "../../../../server/domain/day-text";
import { type Day, dayInWords } from "../../../../server/domain/period";
import { editClientSchema } from "../../../../server/domain/profile-edit";
import {
  type EditAnswer,
  PROFILE_FIELD_LABELS,
  type ProfileField,
  type ProfileValue,
  valueText,
} from "../../../../server/domain/profile-terms";
import { newId } from "../../../_offline/new-id";
import { useTRPC } from "../../../_trpc/client";
import { faultsOf } from "../../../_ui/faults";
import styles from "./rail.module.css";

interface DetailFormProps {
  clientId: string;
  field: ProfileField;
  /** What stands there now. */
  value: ProfileValue;
  today: Day;
  onSaved: (answer: EditAnswer) => void;
  onCancel: () => void;
}

const NO_FIXED_ADDRESS = "no-fixed-address";

const INPUTS: Readonly<Partial<Record<ProfileField, { type?: string; hint?: string; most?: number }>>> = {
  dateOfBirth: { hint: "For example, 27 3 1984" },
  place: { hint: "A postcode. Leave it empty when it is not known." },
  phone: { type: "tel", most: 40 },
  email: { type: "email", most: 254 },
};

export function DetailForm({ clientId, field, value, today, onSaved, onCancel }: DetailFormProps) {
  const trpc = useTRPC();
  const editing = useMutation(trpc.clients.edit.mutationOptions());
  const [editId] = useState(newId);
  const first = valueText(value);
  const [text, setText] = useState(() => startOf(field, first));
  const [noAddress, setNoAddress] = useState(first === NO_FIXED_ADDRESS);
  const [fault, setFault] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const { type = "text", hint, most = 100 } = INPUTS[field] ?? {};
  const id = `detail-${field}`;
  const problem = fault && <span role="alert">{fault}</span>;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const to = readText(field, text.trim(), noAddress, today);
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
      ) : (
        <TextInput
          ref={input}
          id={id}
          type={type}
          aria-label={PROFILE_FIELD_LABELS[field]}
          description={hint}
          maxLength={most}
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
  if (field !== "dateOfBirth" || text === "") return { value: text || null };
  const read = readDay(text, { currentYear: Number(today.slice(0, 4)) });
  if (read.kind === "day") return { value: read.day };
  return { problem: read.kind === "none" ? read.problem : "Enter the day as well, or leave it empty." };
}
