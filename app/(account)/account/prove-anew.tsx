"use client";
/** Password and code once more, before anything about signing in is changed. Fetched when it is wanted. */
import { Button, Modal, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultOf, faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";

/** What is to be changed. */
export type Wanted = "phone" | "codes";

const TITLES: Readonly<Record<Wanted, string>> = {
  phone: "Set up another phone",
  codes: "Make new recovery codes",
};

interface ProveAnewProps {
  wanted: Wanted;
  onCodes: (codes: readonly string[]) => void;
  onCancel: () => void;
}

export function ProveAnew({ wanted, onCodes, onCancel }: ProveAnewProps) {
  const trpc = useTRPC();
  const renew = useMutation(trpc.secondFactor.renewRecoveryCodes.mutationOptions());
  const change = useMutation(trpc.secondFactor.change.mutationOptions());
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const ids = { password: "own-password", code: "own-code" };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const both = { password: String(given.get("password") ?? ""), code: String(given.get("code") ?? "") };
    try {
      if (wanted === "codes") onCodes((await renew.mutateAsync(both)).recoveryCodes);
      else {
        await change.mutateAsync(both);
        window.location.assign("/second-factor/set-up");
      }
    } catch (error) {
      setErrors(faultsOf(error, ids));
    }
  };

  return (
    <Modal opened onClose={onCancel} title={TITLES[wanted]} closeButtonProps={{ "aria-label": "Close" }}>
      <p>
        {wanted === "codes"
          ? "The codes that you have now stop working."
          : "The phone that you have now goes on working until the new one does."}{" "}
        First show that it is you.
      </p>
      <form className={form["form"]} method="post" onSubmit={(event) => void submit(event)} noValidate>
        <ErrorSummary errors={errors} />
        <PasswordInput
          id={ids.password}
          name="password"
          label="Password"
          autoComplete="current-password"
          data-autofocus
          error={faultOf(errors, ids.password)}
          visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
        />
        <TextInput
          id={ids.code}
          name="code"
          label="Code from your app, or a recovery code"
          autoComplete="one-time-code"
          error={faultOf(errors, ids.code)}
        />
        <Button type="submit" loading={renew.isPending || change.isPending}>
          Continue
        </Button>
      </form>
    </Modal>
  );
}
