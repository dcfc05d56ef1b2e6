"use client";
/** One field for the code of the app; one press turns it into one for a recovery code. */
import { type FormEvent, useEffect, useRef, useState } from "react";
import button from "../../_ui/button.module.css";
import styles from "../../_ui/door-form.module.css";
import { TextField } from "../../_ui/field";
import { type Refusal, signInBy } from "../../_ui/sign-in";
import { signOutHere } from "../../_ui/sign-out";

const UNREACHED = "There is no answer from Common Need. Check your connection and try again.";

interface Way {
  label: string;
  hint: string;
  missing: string;
  faults: Readonly<Record<Exclude<Refusal, "over" | "organisation">, string>>;
}

const THROTTLED = "Too many attempts. Wait five minutes, then try again.";
const BLOCKED =
  "Too many wrong codes. Use one of your recovery codes, or ask your manager to reset your second step.";

const APP: Way = {
  label: "Code from your app",
  hint: "Six digits. Your app shows a new code every 30 seconds, and each works once.",
  missing: "Enter the six digits that your app shows.",
  faults: {
    wrong: "That code is not right, or was used before. Wait for the next one and enter it.",
    throttled: THROTTLED,
    blocked: BLOCKED,
  },
};
const PAPER: Way = {
  label: "Recovery code",
  hint: "One of the ten codes that you kept, such as K7QM-XW2P-9RTA. Each works once.",
  missing: "Enter one of your recovery codes.",
  faults: {
    wrong: "That recovery code is not right, or was used before. Check it, or try another.",
    throttled: THROTTLED,
    blocked: BLOCKED,
  },
};

export function CodeForm() {
  const [onPaper, setOnPaper] = useState(false);
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const way = onPaper ? PAPER : APP;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another way is another field to stand in
  useEffect(() => field.current?.focus(), [onPaper]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const code = field.current?.value.trim() ?? "";
    if (code === "") {
      setFault(way.missing);
      field.current?.focus();
      return;
    }
    setBusy(true);
    try {
      const refusal = await signInBy("second-factor", { code });
      if (refusal === null) return window.location.assign("/");
      if (refusal === "over" || refusal === "organisation") return window.location.assign("/sign-in");
      setFault(way.faults[refusal]);
    } catch {
      setFault(UNREACHED);
    }
    setBusy(false);
    if (field.current) field.current.value = "";
    field.current?.focus();
  };

  return (
    <>
      <form className={styles["form"]} method="post" onSubmit={(event) => void submit(event)} noValidate>
        <TextField
          key={way.label}
          ref={field}
          id="code"
          name="code"
          label={way.label}
          hint={way.hint}
          error={fault}
          inputMode={onPaper ? "text" : "numeric"}
          autoComplete={onPaper ? "off" : "one-time-code"}
          autoCapitalize="characters"
          spellCheck={false}
        />
        <button type="submit" className={button["button"]} disabled={busy}>
          {busy ? "Checking" : "Continue"}
        </button>
      </form>
      <div className={styles["others"]}>
        <button
          type="button"
          className={button["button"]}
          data-kind="quiet"
          onClick={() => {
            setFault(undefined);
            setOnPaper(!onPaper);
          }}
        >
          {onPaper ? "Use my app" : "I do not have my phone"}
        </button>
        <button
          type="button"
          className={button["button"]}
          data-kind="quiet"
          onClick={() => void signOutHere()}
        >
          Start again
        </button>
      </div>
      {onPaper && (
        <p>
          No phone and no recovery code? Ask your manager or an administrator to reset your second step. You
          then set it up anew.
        </p>
      )}
    </>
  );
}
