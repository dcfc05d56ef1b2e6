"use client";
/** The code once more, or in the demo one press, or the organisation's own sign-in page. Fetched when it is wanted. */
import { Button, Modal, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { StepUpKind, StepUpWay } from "../../server/domain/step-up";
import { makeClient } from "../_trpc/wire";
import { ErrorSummary, type FieldError } from "./error-summary";
import { faultOf, faultsOf } from "./faults";
import form from "./form.module.css";

const CODE = "step-up-code";
const FAULTS = {
  wrong: "That code is not right, or was used before. Wait for the next one and enter it.",
  throttled: "Too many attempts. Wait five minutes, then try again.",
  blocked:
    "Too many wrong codes. Use one of your recovery codes, or ask your manager to reset your second step.",
};

interface StepUpDialogProps {
  kind: StepUpKind;
  onShown: () => void;
  onCancel: () => void;
}

export function StepUpDialog({ kind, onShown, onCancel }: StepUpDialogProps) {
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [busy, setBusy] = useState(false);

  const show = async (way: StepUpWay) => {
    setBusy(true);
    setErrors([]);
    try {
      const shown = await makeClient().session.stepUp.mutate(way);
      if (shown.ok) return onShown();
      setErrors([{ message: FAULTS[shown.reason], fieldId: CODE }]);
    } catch (error) {
      setErrors(faultsOf(error, { code: CODE }));
    }
    setBusy(false);
  };
  const withCode = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code") ?? "").trim();
    if (code !== "") return void show({ code });
    setErrors([{ message: "Enter the six digits that your app shows.", fieldId: CODE }]);
  };
  const back = () => `${window.location.pathname}${window.location.search}`;

  return (
    <Modal opened onClose={onCancel} title="Show that it is you" closeButtonProps={{ "aria-label": "Close" }}>
      {kind === "code" && (
        <form className={form["form"]} method="post" onSubmit={withCode} noValidate>
          <ErrorSummary errors={errors} />
          <TextInput
            id={CODE}
            name="code"
            label="Code from your app, or a recovery code"
            description="This needs your code again. It then holds for five minutes."
            autoComplete="one-time-code"
            autoCapitalize="characters"
            spellCheck={false}
            data-autofocus
            error={faultOf(errors, CODE)}
          />
          <Button type="submit" loading={busy}>
            Continue
          </Button>
        </form>
      )}
      {kind === "press" && (
        <div className={form["form"]}>
          <ErrorSummary errors={errors} />
          <p>This is the demo: outside it, the code of your app is asked for here.</p>
          <Button data-autofocus loading={busy} onClick={() => void show({ demo: true })}>
            It is me
          </Button>
        </div>
      )}
      {kind === "organisation" && (
        <form className={form["form"]} method="post" action="/api/sso/start">
          <p>
            Your organisation asks you to sign in once more. You then come back here and press again. What you
            typed on this page and did not save is not kept.
          </p>
          <input type="hidden" name="for" value="step-up" />
          <input type="hidden" name="back" value={back()} />
          <Button data-autofocus type="submit">
            Sign in again
          </Button>
        </form>
      )}
    </Modal>
  );
}
