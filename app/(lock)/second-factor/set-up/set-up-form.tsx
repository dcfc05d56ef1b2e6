"use client";
/** The first code shows that the phone has the key; the recovery codes then take the place of everything else. */
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { isCallError, makeClient } from "../../../_trpc/wire";
import button from "../../../_ui/button.module.css";
import styles from "../../../_ui/door-form.module.css";
import { TextField } from "../../../_ui/field";
import { RecoveryCodes } from "../../../_ui/recovery-codes";
import { signOutHere } from "../../../_ui/sign-out";
import own from "./set-up.module.css";

const FAULTS = {
  wrong: "That code is not right. Check that the app shows Common Need, wait for its next code and enter it.",
  throttled: "Too many attempts. Wait five minutes, then try again.",
  unreached: "There is no answer from Common Need. Check your connection and try again.",
};

export function SetUpForm({ children, isAnother }: { children: ReactNode; isAnother: boolean }) {
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const field = useRef<HTMLInputElement>(null);

  const refuse = (words: string) => {
    setFault(words);
    setBusy(false);
    field.current?.focus();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const code = field.current?.value.trim() ?? "";
    if (code === "") return refuse("Enter the six digits that your app shows.");
    setBusy(true);
    try {
      const confirmed = await makeClient().secondFactor.confirm.mutate({ code });
      if (confirmed.ok) return setCodes(confirmed.recoveryCodes);
      refuse(FAULTS[confirmed.reason]);
    } catch (error) {
      if (!isCallError(error) || !error.data) return refuse(FAULTS.unreached);
      if (error.data.code === "UNAUTHORIZED") return window.location.assign("/sign-in");
      refuse(error.data.fields?.["code"] ?? error.message);
    }
  };

  if (codes) {
    return (
      <RecoveryCodes
        codes={codes}
        title={isAnother ? "Your new phone is set up" : "Your second step is set up"}
        onKept={() => window.location.assign(isAnother ? "/account" : "/")}
      />
    );
  }
  return (
    <>
      {children}
      <form
        className={`${styles["form"]} ${own["code"]}`}
        method="post"
        onSubmit={(event) => void submit(event)}
        noValidate
      >
        <TextField
          ref={field}
          id="code"
          name="code"
          label="Enter the code that the app shows"
          hint="Six digits."
          error={fault}
          inputMode="numeric"
          autoComplete="one-time-code"
        />
        <button type="submit" className={button["button"]} disabled={busy}>
          {busy ? "Checking" : "Continue"}
        </button>
      </form>
      <div className={styles["others"]}>
        {isAnother ? (
          <a href="/account" className={button["button"]} data-kind="quiet">
            Keep the phone I have
          </a>
        ) : (
          <button
            type="button"
            className={button["button"]}
            data-kind="quiet"
            onClick={() => void signOutHere()}
          >
            Sign out
          </button>
        )}
      </div>
    </>
  );
}
