"use client";
/** The list, and one form: an organisation is added together with its first manager, who gets an invitation. */
import { Button, Checkbox, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { newOrganisation } from "../../../server/domain/account";
import type { Organisation } from "../../../server/organisations";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultOf, faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";
import { Icon } from "../../_ui/icon";
import { PageTitle } from "../../_ui/page-title";
import rows from "../../_ui/rows.module.css";

const FIELDS: Readonly<Record<string, string>> = {
  name: "organisation-name",
  "manager.name": "manager-name",
  "manager.email": "manager-email",
};

export function Organisations({ organisations }: { organisations: readonly Organisation[] }) {
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  return (
    <>
      <PageTitle
        title="Organisations"
        action={
          !adding && (
            <Button
              leftSection={<Icon name="add" size={18} />}
              onClick={() => {
                setDone(null);
                setAdding(true);
              }}
            >
              Add an organisation
            </Button>
          )
        }
      >
        Each keeps its own records. Its manager invites everybody else.
      </PageTitle>
      <div role="status">{done && <p className={form["good"]}>{done}</p>}</div>
      {adding && (
        <AddOrganisation
          onDone={(words) => {
            setAdding(false);
            setDone(words);
            router.refresh();
          }}
          onCancel={() => setAdding(false)}
        />
      )}
      <ul className={rows["rows"]} style={{ marginTop: 12 }}>
        {organisations.map((organisation) => (
          <li key={organisation.id} className={rows["line"]} data-folds>
            <span className={rows["words"]}>
              <strong>{organisation.name}</strong>
              <span>{organisation.members === 1 ? "1 member" : `${organisation.members} members`}</span>
            </span>
            <Link href={`/admin/${organisation.id}`} aria-label={`Sign-in of ${organisation.name}`}>
              Sign-in
            </Link>
            <HoldsOutcomes organisation={organisation} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Lets an organisation hold outcome data for the data lab, or no more. What it holds is not offered then. */
function HoldsOutcomes({ organisation: { id, name, holdsOutcomes } }: { organisation: Organisation }) {
  const trpc = useTRPC();
  const router = useRouter();
  const letHold = useMutation(trpc.organisations.letHold.mutationOptions());
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const change = async (holds: boolean) => {
    setErrors([]);
    try {
      await letHold.mutateAsync({ organisationId: id, holds });
      router.refresh();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };
  return (
    <span className={rows["acts"]}>
      <Checkbox
        checked={holdsOutcomes}
        disabled={letHold.isPending}
        label="Holds outcome data"
        aria-label={`${name} holds outcome data`}
        onChange={(event) => void change(event.currentTarget.checked)}
      />
      <ErrorSummary errors={errors} />
    </span>
  );
}

interface AddOrganisationProps {
  onDone: (words: string) => void;
  onCancel: () => void;
}

function AddOrganisation({ onDone, onCancel }: AddOrganisationProps) {
  const trpc = useTRPC();
  const add = useMutation(trpc.organisations.add.mutationOptions());
  const [name, setName] = useState("");
  const [manager, setManager] = useState({ name: "", email: "" });
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const read = newOrganisation.safeParse({ name, manager });
    if (!read.success) {
      setErrors(
        read.error.issues.map(({ path, message }) => {
          const fieldId = FIELDS[path.join(".")];
          return fieldId ? { message, fieldId } : { message };
        }),
      );
      return;
    }
    try {
      const { mailSent } = await add.mutateAsync(read.data);
      onDone(
        mailSent
          ? `${read.data.name} is added, and ${read.data.manager.name} is invited.`
          : `${read.data.name} is added, but the mail to ${read.data.manager.name} was not sent. Invite them again.`,
      );
    } catch (error) {
      setErrors(faultsOf(error, FIELDS));
    }
  };

  return (
    <form
      className={form["card"]}
      onSubmit={(event) => void submit(event)}
      noValidate
      aria-label="Add an organisation"
    >
      <div className={`${form["form"]} ${form["inside"]}`}>
        <ErrorSummary errors={errors} />
        <TextInput
          id="organisation-name"
          label="Name of the organisation"
          autoComplete="off"
          error={faultOf(errors, "organisation-name")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={form["beside"]}>
          <TextInput
            id="manager-name"
            label="First manager’s name"
            autoComplete="off"
            error={faultOf(errors, "manager-name")}
            value={manager.name}
            onChange={(event) => setManager({ ...manager, name: event.currentTarget.value })}
          />
          <TextInput
            id="manager-email"
            label="First manager’s e-mail address"
            type="email"
            autoComplete="off"
            error={faultOf(errors, "manager-email")}
            value={manager.email}
            onChange={(event) => setManager({ ...manager, email: event.currentTarget.value })}
          />
        </div>
        <FormActions act="Add and invite" busy={add.isPending} onLeave={onCancel} />
      </div>
    </form>
  );
}
