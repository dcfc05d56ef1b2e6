"use client";
/**
 * Asks for the code and the date of birth, keeps both in this page alone, and shows the record until the page is left.
 * Reloading it asks again: nothing is kept on a device that others may use.
 */
import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { residentKeySchema } from "../../server/domain/resident-code";
import type { ResidentRecord } from "../../server/domain/resident-record";
import { useTRPC } from "../_trpc/client";
import { DayField } from "../_ui/day-field";
import { ErrorSummary, type FieldError } from "../_ui/error-summary";
import { faultOf, faultsOf } from "../_ui/faults";
import form from "../_ui/form.module.css";
import { OwnRecord } from "./own-record";
import { REFUSED, type TypedKey } from "./typed-key";

const IDS = { code: "code", dateOfBirth: "date-of-birth" };

/** Minutes without a press after which the page closes itself. */
const CLOSES_AFTER_MS = 10 * 60_000;

export function MyRecord() {
  const trpc = useTRPC();
  const opening = useMutation(trpc.residents.open.mutationOptions());
  const [code, setCode] = useState("");
  const [dateOfBirth, setDateOfBirth] = useState("");
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [opened, setOpened] = useState<{ typed: TypedKey; record: ResidentRecord } | null>(null);
  const [closed, setClosed] = useState(false);
  const close = () => {
    setOpened(null);
    setCode("");
    setDateOfBirth("");
    setClosed(true);
  };
  useCloseWhenIdle(opened !== null, close);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setClosed(false);
    const key = { code, dateOfBirth };
    const read = residentKeySchema.safeParse(key);
    if (!read.success) {
      return setErrors(
        read.error.issues.map(({ path, message }) => ({
          message: path[0] === "code" ? message : "Enter your date of birth.",
          fieldId: path[0] === "code" ? IDS.code : IDS.dateOfBirth,
        })),
      );
    }
    try {
      const answer = await opening.mutateAsync(key);
      setErrors(answer.ok ? [] : [{ message: REFUSED[answer.reason], fieldId: IDS.code }]);
      if (answer.ok) setOpened({ typed: key, record: answer.record });
    } catch (error) {
      setErrors(faultsOf(error, IDS));
    }
  };

  if (opened) {
    return <OwnRecord {...opened} onChange={(record) => setOpened({ ...opened, record })} onClose={close} />;
  }
  return (
    <div style={{ maxWidth: 480 }}>
      <h1 className={form["title"]}>See your record</h1>
      <p className={form["lead"]}>
        A service that helps you gave you a code. With it you see what they hold about you, why, and who has
        looked.
      </p>
      <div role="status">{closed && <p className={form["note"]}>Your record is closed.</p>}</div>
      <form className={form["form"]} onSubmit={(event) => void submit(event)} noValidate autoComplete="off">
        <ErrorSummary errors={errors} />
        <TextInput
          id={IDS.code}
          label="Your code"
          description="16 letters and numbers, in four groups"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          error={faultOf(errors, IDS.code)}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <DayField
          id={IDS.dateOfBirth}
          label="Your date of birth"
          isBirth
          error={faultOf(errors, IDS.dateOfBirth)}
          value={dateOfBirth}
          onChange={setDateOfBirth}
        />
        <Button type="submit" loading={opening.isPending}>
          Show my record
        </Button>
        <p className={form["note"]}>
          Are you on a device that others use? Close this page when you have finished. Nothing is kept on the
          device.
        </p>
      </form>
    </div>
  );
}

/** Closes what is open when nobody has pressed anything for a while. */
function useCloseWhenIdle(isOpen: boolean, close: () => void): void {
  const closing = useRef(close);
  closing.current = close;
  useEffect(() => {
    if (!isOpen) return;
    let timer = setTimeout(() => closing.current(), CLOSES_AFTER_MS);
    const again = () => {
      clearTimeout(timer);
      timer = setTimeout(() => closing.current(), CLOSES_AFTER_MS);
    };
    const signs = ["pointerdown", "keydown", "scroll"] as const;
    for (const sign of signs) window.addEventListener(sign, again, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const sign of signs) window.removeEventListener(sign, again);
    };
  }, [isOpen]);
}
