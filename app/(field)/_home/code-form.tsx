"use client";
/** Sets the code of this device. It is asked for twice as nobody sees what is typed, and needs signal once. */
import { type FormEvent, useEffect, useRef, useState } from "react";
import button from "../../_ui/button.module.css";
import { TextField } from "../../_ui/field";
import { useOpenDevice } from "../_app/open-device";
import styles from "./home.module.css";

interface CodeFormProps {
  onDone: () => void;
  onCancel: () => void;
}

export function CodeForm({ onDone, onCancel }: CodeFormProps) {
  const { verbs } = useOpenDevice();
  const [code, setCode] = useState("");
  const [again, setAgain] = useState("");
  const [problem, setProblem] = useState<{ field: "code" | "again"; words: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (code.length < 6) return setProblem({ field: "code", words: "Use 6 characters or more." });
    if (code !== again) return setProblem({ field: "again", words: "The two codes are not the same." });
    setBusy(true);
    const answer = await verbs.setCode(code);
    setBusy(false);
    if (answer.ok) onDone();
    else setProblem({ field: "code", words: answer.problem });
  };
  return (
    <form className={styles["codeForm"]} onSubmit={(event) => void submit(event)} noValidate>
      <TextField
        ref={first}
        id="new-code"
        type="password"
        label="Code"
        hint="6 characters or more: digits, letters or a few words."
        autoComplete="new-password"
        error={problem?.field === "code" ? problem.words : undefined}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <TextField
        id="new-code-again"
        type="password"
        label="The same code again"
        autoComplete="new-password"
        error={problem?.field === "again" ? problem.words : undefined}
        value={again}
        onChange={(event) => setAgain(event.currentTarget.value)}
      />
      <div className={styles["codeActions"]}>
        <button type="submit" className={button["button"]} data-kind="outline" disabled={busy}>
          {busy ? "Setting it" : "Set the code"}
        </button>
        <button type="button" className={button["button"]} data-kind="quiet" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}
