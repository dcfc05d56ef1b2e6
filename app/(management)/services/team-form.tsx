"use client";
/** How other services reach the team of a service: shown to whoever may learn that this service knows somebody. */
import { TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type Service, setServiceTeamSchema } from "../../../server/domain/service";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultOf, faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";

const IDS: Readonly<Record<string, string>> = {
  "team.name": "team-name",
  "team.phone": "team-phone",
  "team.email": "team-email",
};

interface TeamFormProps {
  service: Service;
  onDone: (words: string) => void;
  onCancel: () => void;
}

export function TeamForm({ service, onDone, onCancel }: TeamFormProps) {
  const trpc = useTRPC();
  const set = useMutation(trpc.services.setTeam.mutationOptions());
  const [name, setName] = useState(service.team.name ?? "");
  const [phone, setPhone] = useState(service.team.phone ?? "");
  const [email, setEmail] = useState(service.team.email ?? "");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const sent = { id: service.id, team: { name, phone, email } };
    const read = setServiceTeamSchema.safeParse(sent);
    if (!read.success) {
      setErrors(
        read.error.issues.map(({ message, path }) => ({
          message,
          fieldId: IDS[path.join(".")] ?? "team-name",
        })),
      );
      return;
    }
    try {
      await set.mutateAsync(sent);
      onDone(`How others reach ${service.name} is saved.`);
    } catch (error) {
      setErrors(faultsOf(error, IDS));
    }
  };

  return (
    <form
      onSubmit={(event) => void submit(event)}
      noValidate
      aria-label={`How other services reach ${service.name}`}
    >
      <div className={`${form["form"]} ${form["inside"]}`}>
        <ErrorSummary errors={errors} />
        <p className={form["note"]}>
          Workers elsewhere see this when an agreement lets them know that you know somebody. Give a team’s
          number, not a worker’s own.
        </p>
        <TextInput
          id="team-name"
          label="Who answers"
          description="For example: Front desk, or Duty worker"
          autoComplete="off"
          data-autofocus
          error={faultOf(errors, "team-name")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          id="team-phone"
          type="tel"
          label="Telephone"
          autoComplete="off"
          error={faultOf(errors, "team-phone")}
          value={phone}
          onChange={(event) => setPhone(event.currentTarget.value)}
        />
        <TextInput
          id="team-email"
          type="email"
          label="E-mail"
          autoComplete="off"
          error={faultOf(errors, "team-email")}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <FormActions act="Save" busy={set.isPending} onLeave={onCancel} />
      </div>
    </form>
  );
}
