"use client";
/** A new password, and for the very first administrator also who they are and which organisation runs this. */
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { PASSWORD_LENGTH, passwordFault } from "../../../server/domain/account";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultOf, faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";

const FIELDS = {
  password: "password",
  "first.organisation": "organisation",
  "first.name": "name",
  "first.email": "email",
};

interface SetPasswordFormProps {
  token: string;
  purpose: "invitation" | "reset" | "first-administrator";
  name: string;
  email: string;
}

export function SetPasswordForm({ token, purpose, name, email }: SetPasswordFormProps) {
  const trpc = useTRPC();
  const set = useMutation(trpc.password.set.mutationOptions());
  const [password, setPassword] = useState("");
  const [first, setFirst] = useState({ organisation: "", name: "", email: "" });
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const isFirst = purpose === "first-administrator";

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const fault = passwordFault(password);
    if (fault) {
      setErrors([{ message: fault, fieldId: "password" }]);
      return;
    }
    setErrors([]);
    try {
      const result = await set.mutateAsync({ token, password, first: isFirst ? first : null });
      if (result.ok) window.location.assign("/sign-in?because=password-set");
      else setErrors([{ message: "This link no longer works. Ask for a new one." }]);
    } catch (error) {
      setErrors(faultsOf(error, FIELDS));
    }
  };

  const firstField = (key: keyof typeof first, label: string, autoComplete: string, description?: string) => (
    <TextInput
      id={key}
      label={label}
      description={description}
      type={key === "email" ? "email" : "text"}
      autoComplete={autoComplete}
      error={faultOf(errors, key)}
      value={first[key]}
      onChange={(event) => setFirst({ ...first, [key]: event.currentTarget.value })}
    />
  );

  return (
    <>
      <h1 className={form["title"]}>{isFirst ? "Set up Common Need" : "Choose a password"}</h1>
      <p className={form["lead"]}>
        {isFirst
          ? "You are the first here, so you become its administrator."
          : `For ${name}, who signs in as ${email}.`}
      </p>
      <form className={form["form"]} onSubmit={(event) => void submit(event)} noValidate>
        <ErrorSummary errors={errors} />
        {isFirst && (
          <>
            {firstField("organisation", "Organisation", "organization", "Who runs this installation")}
            {firstField("name", "Your name", "name")}
            {firstField("email", "Your e-mail address", "username")}
          </>
        )}
        {!isFirst && <input type="hidden" autoComplete="username" value={email} readOnly />}
        <PasswordInput
          id="password"
          label="New password"
          description={`At least ${PASSWORD_LENGTH.least} characters. Three random words are easy to remember and hard to guess.`}
          autoComplete="new-password"
          error={faultOf(errors, "password")}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
        />
        <Button type="submit" loading={set.isPending}>
          Set password
        </Button>
      </form>
    </>
  );
}
