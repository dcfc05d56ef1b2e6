"use client";
/** Asks where, why, in which words and for how long; then whoever sits there shows again that it is they. */
import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import type { GlassParty } from "../../../../../server/break-glass";
import {
  GLASS_HOURS,
  GLASS_REASON_LABELS,
  GLASS_REASONS,
  type GlassReason,
  openGlassSchema,
} from "../../../../../server/domain/break-glass";
import { newId } from "../../../../_offline/new-id";
import { useTRPCClient } from "../../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../../_ui/error-summary";
import { faultOf, faultsOf } from "../../../../_ui/faults";
import { TextArea } from "../../../../_ui/field";
import { Segmented } from "../../../../_ui/segmented";
import { useStepUp } from "../../../../_ui/step-up";
import styles from "./emergency.module.css";
import { WhoIsTold } from "./who-is-told";

interface OpenGlassFormProps {
  clientId: string;
  parties: readonly GlassParty[];
  /** Whoever comes back to one that is over is told so. */
  hasEnded: boolean;
}

export function OpenGlassForm({ clientId, parties, hasEnded }: OpenGlassFormProps) {
  const router = useRouter();
  const client = useTRPCClient();
  const { ensure, dialog } = useStepUp();
  const [party, setParty] = useState<number | null>(
    parties.length === 1 ? (parties[0]?.organisationId ?? null) : null,
  );
  const [reason, setReason] = useState<GlassReason | null>(null);
  const [words, setWords] = useState("");
  const [hours, setHours] = useState<"1" | "2" | "4">("1");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [busy, setBusy] = useState(false);

  const open = async (event: FormEvent) => {
    event.preventDefault();
    const read = openGlassSchema.safeParse({
      ...{ id: newId(), clientId, givingOrganisationId: party ?? 0, reason, words, hours: Number(hours) },
    });
    if (!read.success) {
      const field: Readonly<Record<string, string>> = {
        givingOrganisationId: "party-0",
        reason: "reason-0",
        words: "words",
      };
      return setErrors(
        read.error.issues.map(({ path, message }) => ({
          message: path[0] === "givingOrganisationId" ? "Choose an organisation." : message,
          ...(field[String(path[0])] !== undefined && { fieldId: field[String(path[0])] ?? "" }),
        })),
      );
    }
    setBusy(true);
    setErrors([]);
    try {
      if (await ensure()) {
        await client.desk.openGlass.mutate(read.data);
        router.push(`/people/${clientId}/emergency?open=${read.data.id}`);
        router.refresh();
      }
    } catch (error) {
      setErrors(faultsOf(error));
    }
    setBusy(false);
  };

  return (
    <form className={styles["form"]} onSubmit={(event) => void open(event)}>
      {hasEnded && <p role="status">Your emergency access is over. You can open it again if you must.</p>}
      <ErrorSummary errors={errors} />
      <fieldset className={styles["choices"]}>
        <legend>Whose record?</legend>
        <Fault>{faultOf(errors, "party-0")}</Fault>
        {parties.map(({ organisationId, organisationName, title }, at) => (
          <label key={organisationId}>
            <input
              id={`party-${at}`}
              type="radio"
              name="party"
              checked={party === organisationId}
              onChange={() => setParty(organisationId)}
            />
            <span>
              {organisationName}
              <small>Under “{title}”. We do not know yet whether they know this person.</small>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset className={styles["choices"]}>
        <legend>Why can it not wait?</legend>
        <Fault>{faultOf(errors, "reason-0")}</Fault>
        {GLASS_REASONS.map((value, at) => (
          <label key={value}>
            <input
              id={`reason-${at}`}
              type="radio"
              name="reason"
              checked={reason === value}
              onChange={() => setReason(value)}
            />
            <span>{GLASS_REASON_LABELS[value]}</span>
          </label>
        ))}
      </fieldset>
      <TextArea
        id="words"
        label="What has happened?"
        hint="A sentence or two. Your officers read it, and theirs if they know the person."
        error={faultOf(errors, "words")}
        rows={3}
        maxLength={600}
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      <div>
        <p className={styles["label"]}>For how long?</p>
        <Segmented
          label="For how long?"
          value={hours}
          options={GLASS_HOURS.map((value) => ({
            value: String(value) as "1" | "2" | "4",
            label: value === 1 ? "1 hour" : `${value} hours`,
          }))}
          onChange={setHours}
        />
      </div>
      <WhoIsTold />
      <Button type="submit" loading={busy}>
        Open emergency access
      </Button>
      {dialog}
    </form>
  );
}

/** What is wrong with a group of choices, under what it asks. */
function Fault({ children }: { children: string | undefined }) {
  if (!children) return null;
  return (
    <p className={styles["fault"]}>
      <span className="visually-hidden">Error: </span>
      {children}
    </p>
  );
}
