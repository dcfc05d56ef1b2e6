"use client";
/** A field for a whole number of people: digits alone, and null while it is empty. */
import { TextInput, type TextInputProps } from "@mantine/core";

interface WholeNumberProps extends Omit<TextInputProps, "value" | "onChange"> {
  value: number | null;
  onChange(value: number | null): void;
}

/** More people than any file holds. */
const MOST_DIGITS = 6;

export function WholeNumber({ value, onChange, ...field }: WholeNumberProps) {
  return (
    <TextInput
      {...field}
      inputMode="numeric"
      autoComplete="off"
      value={value === null ? "" : String(value)}
      onChange={(event) => {
        const digits = event.currentTarget.value.replace(/\D/g, "").slice(0, MOST_DIGITS);
        onChange(digits === "" ? null : Number(digits));
      }}
    />
  );
}
