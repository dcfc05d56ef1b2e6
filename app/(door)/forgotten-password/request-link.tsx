"use client";
/** The answer reads the same whether anybody has the address, so that nobody can ask who works where. */
import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { emailAddress } from "../../../server/domain/account";
import { useTRPC } from "../../_trpc/client";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import { faultsOf } from "../../_ui/faults";
import form from "../../_ui/form.module.css";

export function RequestLink() {
  const trpc = useTRPC();
  const request = useMutation(trpc.password.request.mutationOptions());
  const [email, setEmail] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const address = emailAddress.safeParse(email);
    if (!address.success) {
      setErrors([{ message: "Enter your e-mail address, such as name@example.org.", fieldId: "email" }]);
      return;
    }
    setErrors([]);
    try {
      await request.mutateAsync({ email: address.data });
    } catch (error) {
      setErrors(faultsOf(error));
    }
  };

  if (request.isSuccess) {
    return (
      <>
        <h1 className={form["title"]}>Look in your mail</h1>
        <p className={form["lead"]}>
          If {email} belongs to somebody here, a link is on its way to them. It works once, for one hour.
          Nothing came? Look among the spam, or ask your manager.
        </p>
        <p className={form["form"]}>
          <Link href="/sign-in">Back to sign-in</Link>
        </p>
      </>
    );
  }
  return (
    <>
      <h1 className={form["title"]}>Set a new password</h1>
      <p className={form["lead"]}>We send a link to your e-mail address.</p>
      <form className={form["form"]} onSubmit={(event) => void submit(event)} noValidate>
        <ErrorSummary errors={errors} />
        <TextInput
          id="email"
          label="E-mail address"
          type="email"
          autoComplete="username"
          error={errors.find(({ fieldId }) => fieldId === "email")?.message}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Button type="submit" loading={request.isPending}>
          Send the link
        </Button>
        <Link href="/sign-in">Back to sign-in</Link>
      </form>
    </>
  );
}
