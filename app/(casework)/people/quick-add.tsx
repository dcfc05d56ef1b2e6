"use client";
/**
 * Adding somebody in one step: two names, a birth date when it is known, a postcode or why there is none. The id
 * is made here, so sending again after a lost answer adds nobody twice.
 */
import { Button, Checkbox, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { addClientSchema } from "../../../server/domain/client";
import { readDay } from "../../../server/domain/day-text";
import type { Day } from "../../../server/domain/period";
import { newId } from "../../_offline/new-id";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultOf, faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import styles from "./who-are-you-with.module.css";

const FIELDS: Readonly<Record<string, string>> = {
  givenName: "given-name",
  familyName: "family-name",
  dateOfBirth: "birth-date",
  place: "postcode",
  "place.postcode": "postcode",
  "newClient.dateOfBirth": "birth-date",
};

interface QuickAddProps {
  /** What was searched for: the start of the name. */
  startingWith: string;
  today: Day;
  onCancel: () => void;
}

export function QuickAdd({ startingWith, today, onCancel }: QuickAddProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const add = useMutation(trpc.clients.add.mutationOptions());
  const [id] = useState(newId);
  const [given, family] = namesOf(startingWith);
  const [answers, setAnswers] = useState({ given, family, birth: "", postcode: "" });
  const [noAddress, setNoAddress] = useState(false);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const faults: FieldError[] = [];
    const birth = answers.birth.trim();
    const born = birth === "" ? null : readDay(birth, { currentYear: Number(today.slice(0, 4)) });
    const dateOfBirth = born?.kind === "day" ? born.day : null;
    if (born?.kind === "none") faults.push({ message: born.problem, fieldId: "birth-date" });
    if (born?.kind === "month") {
      faults.push({
        message: "Enter the day as well, or leave the birth date empty.",
        fieldId: "birth-date",
      });
    }
    if (dateOfBirth !== null && dateOfBirth > today) {
      faults.push({ message: "The birth date is in the future. Check the year.", fieldId: "birth-date" });
    }
    const postcode = answers.postcode.trim();
    const client = {
      id,
      givenName: answers.given,
      familyName: answers.family,
      dateOfBirth,
      place: noAddress
        ? { kind: "no-fixed-address" as const }
        : postcode === ""
          ? { kind: "unknown" as const }
          : { kind: "postcode" as const, postcode },
    };
    const read = addClientSchema.safeParse(client);
    for (const issue of read.success ? [] : read.error.issues) {
      const fieldId = FIELDS[issue.path.join(".")];
      faults.push(fieldId ? { message: issue.message, fieldId } : { message: issue.message });
    }
    setErrors(faults);
    if (faults.length > 0) return;
    try {
      await add.mutateAsync(client);
      router.push(`/people/${id}/contact`);
    } catch (error) {
      setErrors(faultsOf(error, FIELDS));
    }
  };

  return (
    <form
      className={styles["add"]}
      onSubmit={(event) => void submit(event)}
      noValidate
      aria-labelledby="add-title"
    >
      <h2 id="add-title" className={styles["addTitle"]}>
        Add somebody
      </h2>
      <div className={form["form"]}>
        <ErrorSummary errors={errors} />
        <div className={form["beside"]}>
          <TextInput
            ref={first}
            id="given-name"
            label="Given name"
            autoComplete="off"
            error={faultOf(errors, "given-name")}
            value={answers.given}
            onChange={(event) => setAnswers({ ...answers, given: event.currentTarget.value })}
          />
          <TextInput
            id="family-name"
            label="Family name"
            autoComplete="off"
            error={faultOf(errors, "family-name")}
            value={answers.family}
            onChange={(event) => setAnswers({ ...answers, family: event.currentTarget.value })}
          />
        </div>
        <TextInput
          id="birth-date"
          label="Birth date, if they say"
          description="For example, 27 3 1984"
          autoComplete="off"
          inputMode="numeric"
          error={faultOf(errors, "birth-date")}
          value={answers.birth}
          onChange={(event) => setAnswers({ ...answers, birth: event.currentTarget.value })}
        />
        <TextInput
          id="postcode"
          label="Postcode"
          description="Leave it empty when it is not known."
          autoComplete="off"
          autoCapitalize="characters"
          disabled={noAddress}
          error={faultOf(errors, "postcode")}
          value={noAddress ? "" : answers.postcode}
          onChange={(event) => setAnswers({ ...answers, postcode: event.currentTarget.value })}
        />
        <Checkbox
          label="No fixed address"
          checked={noAddress}
          onChange={(event) => setNoAddress(event.currentTarget.checked)}
        />
        <div className={form["actions"]}>
          <Button type="submit" loading={add.isPending}>
            Add and log a contact
          </Button>
          <Button variant="subtle" onClick={onCancel}>
            Cancel
          </Button>
        </div>
      </div>
    </form>
  );
}

/** "dawn hetherington" as a given and a family name; anything with a digit was a reference or a date. */
function namesOf(text: string): [string, string] {
  if (/\d/.test(text)) return ["", ""];
  const words = text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => word.slice(0, 1).toLocaleUpperCase("en-GB") + word.slice(1));
  return [words[0] ?? "", words.slice(1).join(" ")];
}
