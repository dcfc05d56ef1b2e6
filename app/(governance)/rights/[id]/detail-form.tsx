"use client";
/** One detail of somebody, as it stands in the record and as it should be. */
import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { PROFILE_FIELD_LABELS } from "../../../../server/domain/profile-terms";
import { FormActions } from "../../../_ui/form-actions";

const FIELDS = [
  { value: "givenName", label: "Given name" },
  { value: "familyName", label: "Family name" },
  { value: "dateOfBirth", label: "Date of birth" },
  { value: "address", label: PROFILE_FIELD_LABELS.address },
  { value: "phone", label: "Phone" },
  { value: "email", label: "E-mail" },
] as const;

interface DetailFormProps {
  busy: boolean;
  onSave: (change: { field: string; from: string | null; to: string | null }) => void;
}

export function DetailForm({ busy, onSave }: DetailFormProps) {
  const [field, setField] = useState<string>("familyName");
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const type = field === "dateOfBirth" ? "date" : "text";
  return (
    <>
      <Select
        label="Which detail?"
        data={[...FIELDS]}
        allowDeselect={false}
        value={field}
        onChange={(value) => setField(value ?? "familyName")}
      />
      <TextInput
        id="detail-from"
        type={type}
        label="As it stands in the record"
        description="As the person or a worker reads it to you. If it does not match, nothing is changed."
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        id="detail-to"
        type={type}
        label="As it should be"
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <FormActions
        act="Put it right"
        busy={busy}
        onPress={() => onSave({ field, from: from || null, to: to || null })}
        onLeave={() => {
          setFrom("");
          setTo("");
        }}
      />
    </>
  );
}
