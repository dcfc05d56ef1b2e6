"use client";
/** A new draft from four answers. Everything else has a careful default that the editor shows next. */
import { MultiSelect, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import {
  PURPOSES,
  type Purpose,
  type Terms,
  termsSchema,
} from "../../../../server/domain/agreements/agreement";
import { PURPOSE_WORDS } from "../../../../server/domain/agreements/in-words";
import { addDays, addMonths, type Day } from "../../../../server/domain/period";
import { newId } from "../../../_offline/new-id";
import { useTRPC } from "../../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../../_ui/error-summary";
import { faultOf, faultsOf } from "../../../_ui/faults";
import form from "../../../_ui/form.module.css";
import { FormActions } from "../../../_ui/form-actions";
import { TERM_FIELDS, termFaultsOf } from "../term-faults";

/** Days until an agreement starts, so that the others have time to read it. */
const DAYS_TO_SIGN = 14;

interface StartFormProps {
  /** The own organisation first. */
  organisations: readonly { organisationId: number; name: string }[];
  today: Day;
}

export function StartForm({ organisations, today }: StartFormProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const saving = useMutation(trpc.agreements.saveDraft.mutationOptions());
  const [id] = useState(() => newId());
  const [title, setTitle] = useState("");
  const [others, setOthers] = useState<string[]>([]);
  const [purposes, setPurposes] = useState<Purpose[]>(["direct-support"]);
  const [reason, setReason] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [own, ...rest] = organisations;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const parties = [own?.organisationId ?? 0, ...others.map(Number)];
    const read = termsSchema.safeParse(firstTerms({ title, reason, purposes, parties, today }));
    if (!read.success) return setErrors(inOrder(termFaultsOf(read.error)));
    try {
      await saving.mutateAsync({ id, version: 1, terms: read.data });
      router.push(`/agreements/${id}`);
    } catch (error) {
      setErrors(faultsOf(error, TERM_FIELDS));
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className={form["form"]}>
      <ErrorSummary errors={errors} />
      <TextInput
        id={TERM_FIELDS.title}
        label="Name of the agreement"
        description="Short, as people will call it: “Known to, advice and housing”."
        autoComplete="off"
        error={faultOf(errors, TERM_FIELDS.title)}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <MultiSelect
        id={TERM_FIELDS.parties}
        label="With whom?"
        description="Each one’s officer signs."
        data={rest.map(({ organisationId, name }) => ({ value: String(organisationId), label: name }))}
        error={faultOf(errors, TERM_FIELDS.parties)}
        value={others}
        onChange={setOthers}
        searchable
      />
      <MultiSelect
        id={TERM_FIELDS.purposes}
        label="What for?"
        description="Whoever looks names one of these each time."
        data={PURPOSES.map((value) => ({ value, label: PURPOSE_WORDS[value] }))}
        error={faultOf(errors, TERM_FIELDS.purposes)}
        value={purposes}
        onChange={(chosen) => setPurposes(PURPOSES.filter((each) => chosen.includes(each)))}
      />
      <Textarea
        id={TERM_FIELDS.reason}
        label="What will you do with it?"
        description="In your own words. The people it is about may read this."
        autosize
        minRows={3}
        error={faultOf(errors, TERM_FIELDS.reason)}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FormActions act="Start the draft" busy={saving.isPending} onLeave={() => router.push("/agreements")} />
    </form>
  );
}

/** The fields as they stand on this form: what is wrong is told in their order. */
const ORDER: readonly (string | undefined)[] = [
  TERM_FIELDS.title,
  TERM_FIELDS.parties,
  TERM_FIELDS.purposes,
  TERM_FIELDS.reason,
];
const inOrder = (faults: readonly FieldError[]): FieldError[] =>
  faults.toSorted((one, other) => ORDER.indexOf(one.fieldId) - ORDER.indexOf(other.fieldId));

interface Start {
  title: string;
  reason: string;
  purposes: Purpose[];
  parties: readonly number[];
  today: Day;
}

/** A year from two weeks on, reviewed half way, a month's notice, and the least that can be shared about a person. */
function firstTerms({ title, reason, purposes, parties, today }: Start): Terms {
  const startsOn = addDays(today, DAYS_TO_SIGN);
  return {
    ...{ title, reason, purposes, basis: "public-task", condition: "social-care", needs: ["*"] },
    parties: parties.map((organisationId) => ({ organisationId, gives: true, receives: true })),
    cells: [{ place: "person", detail: "known-to", group: "caseworker", rests: "basis" }],
    ...{ startsOn, reviewOn: addMonths(startsOn, 6), endsOn: addDays(addMonths(startsOn, 12), -1) },
    noticeDays: 30,
  };
}
