"use client";
/** The organisations of somebody who works for several, each with their roles there. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ROLE_LABELS } from "../../../server/domain/access";
import type { Membership } from "../../../server/sessions";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { Icon } from "../../_ui/icon";
import rows from "../../_ui/rows.module.css";
import { signOutHere } from "../../_ui/sign-out";

export function ChooseOrganisation({
  name,
  memberships,
}: {
  name: string;
  memberships: readonly Membership[];
}) {
  const trpc = useTRPC();
  const choose = useMutation(trpc.session.choose.mutationOptions());
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const enter = async (organisationId: number) => {
    try {
      await choose.mutateAsync({ organisationId });
      window.location.assign("/");
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  if (memberships.length === 0) {
    return (
      <>
        <h1 className={form["title"]}>No organisation yet</h1>
        <p className={form["lead"]}>
          {name}, you are signed in, but no organisation has you as a member at present. Ask your manager to
          invite you.
        </p>
        <div className={form["form"]}>
          <Button variant="default" onClick={() => void signOutHere()}>
            Sign out
          </Button>
        </div>
      </>
    );
  }
  return (
    <>
      <h1 className={form["title"]}>Which organisation are you working for?</h1>
      <p className={form["lead"]}>You see its people only. To change later, sign out and in again.</p>
      <ErrorSummary errors={errors} />
      <ul className={rows["card"]} style={{ marginTop: 20 }}>
        {memberships.map(({ organisationId, organisationName, roles }) => (
          <li key={organisationId}>
            <button
              type="button"
              className={rows["row"]}
              disabled={choose.isPending}
              onClick={() => void enter(organisationId)}
            >
              <span className={rows["words"]}>
                <strong>{organisationName}</strong>
                <span>{roles.map((role) => ROLE_LABELS[role]).join(", ")}</span>
              </span>
              <Icon name="forward" size={18} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
