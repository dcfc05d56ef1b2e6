"use client";
/** Address and password. Whatever is wrong, the words never say which of the two, nor whether the person exists. */
import { Button, PasswordInput, TextInput } from "@mantine/core";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { ErrorSummary, type FieldError } from "../../_ui/error-summary";
import form from "../../_ui/form.module.css";
import { type Refusal, signInBy } from "../../_ui/sign-in";

const THROTTLED: FieldError = {
  message: "Too many attempts. Wait five minutes, then try again, or set a new password.",
};
const WRONG: FieldError = {
  message: "The e-mail address or the password is not right. Check both and try again.",
  fieldId: "email",
};
const ORGANISATION: FieldError = {
  message: "You sign in with your organisation. Choose it below.",
};
const UNREACHED: FieldError = {
  message: "There is no answer from Common Need. Check your connection and try again.",
};

const FAULTS: Readonly<Partial<Record<Refusal, FieldError>>> = {
  throttled: THROTTLED,
  organisation: ORGANISATION,
};

interface SignInFormProps {
  reason: string | undefined;
  isDemo: boolean;
  /** Whether some organisation here has its own sign-in. */
  atOrganisation: boolean;
}

export function SignInForm({ reason, isDemo, atOrganisation }: SignInFormProps) {
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // Read from the fields themselves: a password manager may have filled them before this page could listen.
    const fields = event.currentTarget;
    const given = new FormData(fields);
    const email = String(given.get("email") ?? "");
    const password = String(given.get("password") ?? "");
    const missing: FieldError[] = [];
    if (email.trim() === "") missing.push({ message: "Enter your e-mail address.", fieldId: "email" });
    if (password === "") missing.push({ message: "Enter your password.", fieldId: "password" });
    setErrors(missing);
    if (missing.length > 0) return;
    setBusy(true);
    try {
      const refusal = await signInBy("credentials", { email, password });
      if (refusal === null) {
        window.location.assign("/");
        return;
      }
      setErrors([FAULTS[refusal] ?? WRONG]);
    } catch {
      setErrors([UNREACHED]);
    }
    setBusy(false);
  };
  const faultOf = (id: string) => errors.find(({ fieldId }) => fieldId === id)?.message;

  const Title = isDemo ? "h2" : "h1";
  return (
    <section aria-labelledby="sign-in-title">
      <Title id="sign-in-title" className={form["title"]}>
        Sign in
      </Title>
      {reason && (
        <p className={form["note"]} style={{ marginTop: 12 }}>
          {reason}
        </p>
      )}
      <form className={form["form"]} method="post" onSubmit={(event) => void submit(event)} noValidate>
        <ErrorSummary errors={errors} />
        <TextInput
          id="email"
          label="E-mail address"
          type="email"
          autoComplete="username"
          name="email"
          error={faultOf("email")}
        />
        <PasswordInput
          id="password"
          label="Password"
          autoComplete="current-password"
          name="password"
          error={faultOf("password")}
          visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
        />
        <Button type="submit" loading={busy}>
          Sign in
        </Button>
        {atOrganisation && (
          <Button component={Link} href="/sign-in/organisation" variant="default">
            Sign in with your organisation
          </Button>
        )}
        <Link href="/forgotten-password">I have forgotten my password</Link>
        <Link href="/open" prefetch={false}>
          Open data
        </Link>
      </form>
    </section>
  );
}
