"use client";
/** Inviting somebody: name, address, what they may do, and the service that they log for. */
import { Checkbox, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { mayGrant, ROLE_LABELS, ROLES, type Role } from "../../../server/domain/access";
import { newMember } from "../../../server/domain/account";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultOf, faultsIn, faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { FormActions } from "../../_ui/form-actions";

const FIELDS: Readonly<Record<string, string>> = {
  name: "member-name",
  email: "member-email",
  roles: "role-caseworker",
  serviceId: "member-service",
};

const WHAT_ROLES_DO: Readonly<Record<Role, string>> = {
  caseworker: "Finds people and logs contacts",
  manager: "Does all that, and invites, sets need lists and exports summaries",
  commissioner: "Sees figures on the map, down to need and sector",
  analyst: "Reads figures and summaries",
  officer: "Reads who saw and changed what",
  steward: "Reviews links between records",
  administrator: "Adds organisations and gives every role; sees nobody’s record",
};

interface InviteProps {
  services: readonly { id: string; name: string }[];
  ownRoles: readonly Role[];
  onDone: (words: string) => void;
  onCancel: () => void;
}

export function Invite({ services, ownRoles, onDone, onCancel }: InviteProps) {
  const trpc = useTRPC();
  const invite = useMutation(trpc.members.invite.mutationOptions());
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [roles, setRoles] = useState<readonly Role[]>(["caseworker"]);
  const [serviceId, setServiceId] = useState<string | null>(services[0]?.id ?? null);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const read = newMember.safeParse({ name, email, roles, serviceId });
    if (!read.success) {
      setErrors(faultsIn(read.error, FIELDS));
      return;
    }
    try {
      const { mailSent } = await invite.mutateAsync(read.data);
      onDone(
        mailSent
          ? `${read.data.name} is invited. The link in the mail works once, for seven days.`
          : `${read.data.name} is a member, but the mail was not sent. Invite them again to send a new link.`,
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
      aria-label="Invite somebody"
    >
      <div className={`${form["form"]} ${form["inside"]}`}>
        <ErrorSummary errors={errors} />
        <div className={form["beside"]}>
          <TextInput
            id="member-name"
            label="Name"
            autoComplete="off"
            data-autofocus
            error={faultOf(errors, "member-name")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            id="member-email"
            label="E-mail address"
            type="email"
            autoComplete="off"
            error={faultOf(errors, "member-email")}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
        </div>
        <Checkbox.Group
          label="What they may do"
          error={faultOf(errors, "role-caseworker")}
          value={[...roles]}
          onChange={(chosen) => setRoles(ROLES.filter((role) => chosen.includes(role)))}
        >
          {ROLES.filter((role) => mayGrant(ownRoles, [role])).map((role) => (
            <Checkbox
              key={role}
              id={`role-${role}`}
              value={role}
              mt={10}
              label={ROLE_LABELS[role]}
              description={WHAT_ROLES_DO[role]}
            />
          ))}
        </Checkbox.Group>
        {services.length > 0 && (
          <Select
            id="member-service"
            label="Service they log for"
            data={services.map((service) => ({ value: service.id, label: service.name }))}
            error={faultOf(errors, "member-service")}
            value={serviceId}
            onChange={setServiceId}
          />
        )}
        <FormActions act="Send the invitation" busy={invite.isPending} onLeave={onCancel} />
      </div>
    </form>
  );
}
