"use client";
/** The password, or in the demo one press. When another tab is unlocked, this one is, too. */
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { UnlockWay } from "../../../server/domain/device-input";
import { openChannel } from "../../_offline/tabs";
import { isCallError, makeClient } from "../../_trpc/wire";
import button from "../../_ui/button.module.css";
import styles from "../../_ui/door-form.module.css";
import { TextField } from "../../_ui/field";
import form from "../../_ui/form.module.css";
import { signOutHere } from "../../_ui/sign-out";

const FAULTS = {
  wrong: "The password is not right. Try again.",
  throttled: "Too many attempts. Wait five minutes, then try again.",
  unreached: "There is no answer from Common Need. Check your connection and try again.",
};

export function Unlock({ back, isDemo }: { back: string; isDemo: boolean }) {
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    field.current?.focus();
    const channel = openChannel(({ kind }) => {
      if (kind === "opened") window.location.replace(back);
    });
    return () => channel.close();
  }, [back]);

  const unlock = async (way: UnlockWay) => {
    setBusy(true);
    setFault(undefined);
    try {
      const unlocked = await makeClient().session.unlock.mutate(way);
      if (unlocked.ok) {
        const channel = openChannel(() => {});
        channel.tell({ kind: "opened" });
        channel.close();
        window.location.replace(back);
        return;
      }
      setFault(FAULTS[unlocked.reason]);
    } catch (error) {
      const reason = isCallError(error) ? error.data?.reason : null;
      // Over, or ended from elsewhere: only signing in helps.
      if (reason) {
        window.location.replace(`/sign-in?because=${reason}`);
        return;
      }
      setFault(FAULTS.unreached);
    }
    setBusy(false);
    if (field.current) field.current.value = "";
    field.current?.focus();
  };
  const withPassword = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = field.current?.value ?? "";
    if (password === "") {
      setFault("Enter your password.");
      field.current?.focus();
    } else void unlock({ password });
  };

  return (
    <>
      {isDemo ? (
        <div className={styles["form"]}>
          {fault && <p role="alert">{fault}</p>}
          <button
            type="button"
            className={button["button"]}
            disabled={busy}
            onClick={() => void unlock({ demo: true })}
          >
            {busy ? "Unlocking" : "Unlock"}
          </button>
          <p className={form["note"]}>This is the demo: outside it, your password is asked for here.</p>
        </div>
      ) : (
        <form className={styles["form"]} method="post" onSubmit={withPassword} noValidate>
          <TextField
            ref={field}
            id="password"
            name="password"
            type="password"
            label="Password"
            autoComplete="current-password"
            error={fault}
          />
          <button type="submit" className={button["button"]} disabled={busy}>
            {busy ? "Unlocking" : "Unlock"}
          </button>
        </form>
      )}
      <div className={styles["others"]}>
        <button
          type="button"
          className={button["button"]}
          data-kind="quiet"
          onClick={() => void signOutHere()}
        >
          Not you? Sign out
        </button>
      </div>
    </>
  );
}

/** For a session that began at the organisation's own sign-in page: it asks again who sits there. */
export function UnlockAtOrganisation({ back }: { back: string }) {
  return (
    <>
      <form className={styles["form"]} method="post" action="/api/sso/start">
        <input type="hidden" name="for" value="unlock" />
        <input type="hidden" name="back" value={back} />
        <button type="submit" className={button["button"]}>
          Unlock with your organisation
        </button>
      </form>
      <div className={styles["others"]}>
        <button
          type="button"
          className={button["button"]}
          data-kind="quiet"
          onClick={() => void signOutHere()}
        >
          Not you? Sign out
        </button>
      </div>
    </>
  );
}
