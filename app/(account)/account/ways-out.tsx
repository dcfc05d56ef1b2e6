"use client";
/** Signing out here, or everywhere: the second ends every session of the account at its next call. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";
import { signOutHere } from "../../_ui/sign-out";

export function WaysOut() {
  const trpc = useTRPC();
  const everywhere = useMutation(trpc.session.signOutEverywhere.mutationOptions());
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const leaveEverywhere = async () => {
    try {
      await everywhere.mutateAsync();
      await signOutHere();
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  return (
    <div className={form["form"]}>
      <ErrorSummary errors={errors} />
      <Button onClick={() => void signOutHere()}>Sign out</Button>
      <div>
        <Button variant="default" loading={everywhere.isPending} onClick={() => void leaveEverywhere()}>
          Sign out everywhere
        </Button>
        <p className={form["lead"]}>
          Ends every session of yours, this one too. Use it when you are not sure where you left yourself
          signed in.
        </p>
      </div>
      <p>
        <Link href="/forgotten-password">Set a new password</Link>
      </p>
    </div>
  );
}
