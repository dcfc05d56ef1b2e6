"use client";
/** The form for a request: what is asked, when it came, who asked. */
import { Radio, Select, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import type { Day } from "../../../../server/domain/period";
import {
  ASKERS,
  KIND_WORDS,
  openRequestSchema,
  REQUEST_KINDS,
  REQUEST_WAYS,
} from "../../../../server/domain/rights/request";
import { newId } from "../../../_offline/new-id";
import { useTRPC } from "../../../_trpc/client";
import { DayField } from "../../../_ui/day-field";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultOf, faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { FormActions } from "../../../_ui/form-actions";

const IDS = {
  kind: "request-kind",
  receivedOn: "request-received",
  way: "request-way",
  askerKind: "request-asker-kind",
  asker: "request-asker",
  words: "request-words",
} as const;

const choices = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

export function NewRequest({ today }: { today: Day }) {
  const trpc = useTRPC();
  const router = useRouter();
  const opening = useMutation(trpc.rights.open.mutationOptions());
  const [id] = useState(newId);
  const [kind, setKind] = useState<string | null>(null);
  const [receivedOn, setReceivedOn] = useState<string>(today);
  const [way, setWay] = useState<string | null>(null);
  const [askerKind, setAskerKind] = useState<string | null>("self");
  const [asker, setAsker] = useState("");
  const [words, setWords] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    const missing: FieldError[] = [
      ...(kind === null ? [{ message: "Choose what they ask for.", fieldId: IDS.kind }] : []),
      ...(way === null ? [{ message: "Choose how it came.", fieldId: IDS.way }] : []),
    ];
    const read = openRequestSchema.safeParse({ id, kind, receivedOn, way, askerKind, asker, words });
    if (!read.success) {
      const faults = read.error.issues.map(({ message, path }): FieldError => {
        const fieldId = Object.entries(IDS).find(([name]) => name === path[0])?.[1];
        return fieldId ? { message, fieldId } : { message };
      });
      const own = new Set<string | undefined>(missing.map(({ fieldId }) => fieldId));
      setErrors([...missing, ...faults.filter(({ fieldId }) => !own.has(fieldId))]);
      return;
    }
    try {
      await opening.mutateAsync(read.data);
      router.push(`/rights/${id}`);
    } catch (error) {
      setErrors(faultsOf(error, IDS));
    }
  };

  return (
    <form onSubmit={(event) => void save(event)} noValidate className={form["form"]}>
      <ErrorSummary errors={errors} />
      <Radio.Group
        label="What do they ask for?"
        value={kind}
        onChange={setKind}
        error={faultOf(errors, IDS.kind)}
      >
        {REQUEST_KINDS.map((value, at) => (
          <Radio
            key={value}
            mt={10}
            {...(at === 0 && { id: IDS.kind })}
            value={value}
            label={KIND_WORDS[value].label}
            description={KIND_WORDS[value].law}
          />
        ))}
      </Radio.Group>
      <div className={form["beside"]}>
        <DayField
          id={IDS.receivedOn}
          label="On which day did it come?"
          hint="The month begins here."
          value={receivedOn}
          error={faultOf(errors, IDS.receivedOn)}
          onChange={setReceivedOn}
        />
        <Select
          id={IDS.way}
          label="How did it come?"
          description="Any way counts."
          placeholder="Choose"
          data={choices(REQUEST_WAYS)}
          value={way}
          error={faultOf(errors, IDS.way)}
          onChange={setWay}
        />
      </div>
      <Select
        id={IDS.askerKind}
        label="Who asks?"
        data={choices(ASKERS)}
        allowDeselect={false}
        value={askerKind}
        onChange={setAskerKind}
      />
      <TextInput
        id={IDS.asker}
        label="Their name, and where to answer"
        description="Such as a name and an address or e-mail. It is kept sealed."
        value={asker}
        error={faultOf(errors, IDS.asker)}
        onChange={(event) => setAsker(event.currentTarget.value)}
      />
      <Textarea
        id={IDS.words}
        label="What they said, if it helps (optional)"
        autosize
        minRows={3}
        value={words}
        error={faultOf(errors, IDS.words)}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <FormActions act="Note this request" busy={opening.isPending} onLeave={() => router.push("/rights")} />
    </form>
  );
}
