"use client";
/**
 * Somebody's work lies here, sealed. A code opens it with or without signal; with signal a password does too, and in
 * the demo one press. What was saved before is said to be safe, first.
 */
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { DeviceVerbs, Locked } from "../../_offline/device-state";
import button from "../../_ui/button.module.css";
import { Door } from "../../_ui/door";
import { TextField } from "../../_ui/field";
import { Icon } from "../../_ui/icon";
import styles from "./lock-screen.module.css";

interface LockScreenProps {
  state: Locked;
  verbs: DeviceVerbs;
  isDemo: boolean;
}

export function LockScreen({ state, verbs, isDemo }: LockScreenProps) {
  const [byPassword, setByPassword] = useState(false);
  const withPassword = state.canUnlockOnline && !state.offline && (byPassword || !state.hasCode);
  const { viewerName } = state;
  return (
    <Door>
      <span className={styles["mark"]}>
        <Icon name="lock" size={26} />
      </span>
      <h1 className={styles["title"]}>Locked</h1>
      <p className={styles["lead"]}>
        {viewerName ? `${viewerName}’s work is` : "What was saved here is"} safe on this device.{" "}
        {waitingInWords(state)}
      </p>
      {state.hasCode && !withPassword && <CodeForm verbs={verbs} triesLeft={state.triesLeft} />}
      {withPassword && !isDemo && <PasswordForm verbs={verbs} />}
      {withPassword && isDemo && <OnePress verbs={verbs} />}
      {!state.hasCode && state.offline && (
        <p className={styles["note"]}>
          There is no signal, and no code was set on this device, so it cannot be opened here. Nothing is
          lost. When you have signal, unlock it or sign in.
        </p>
      )}
      <div className={styles["others"]}>
        {state.hasCode && state.canUnlockOnline && !state.offline && (
          <button
            type="button"
            className={button["button"]}
            data-kind="quiet"
            onClick={() => setByPassword(!byPassword)}
          >
            {byPassword ? "Use your code" : isDemo ? "Unlock without the code" : "Use your password"}
          </button>
        )}
        {state.offline ? (
          <button
            type="button"
            className={button["button"]}
            data-kind="quiet"
            onClick={() => void verbs.tryAgain()}
          >
            Look for signal again
          </button>
        ) : (
          <a href="/sign-in?another=1" className={button["button"]} data-kind="quiet">
            {state.canUnlockOnline ? "Sign in as somebody else" : "Sign in"}
          </a>
        )}
      </div>
    </Door>
  );
}

function waitingInWords({ ownWaiting, othersWaiting }: Locked): string {
  const own =
    ownWaiting === 0
      ? ""
      : ownWaiting === 1
        ? "1 thing waits to be sent. "
        : `${ownWaiting} things wait to be sent. `;
  const others =
    othersWaiting === 0
      ? ""
      : `${othersWaiting} ${othersWaiting === 1 ? "more is" : "more are"} sealed for somebody else.`;
  return own + others;
}

function CodeForm({ verbs, triesLeft }: { verbs: DeviceVerbs; triesLeft: number | null }) {
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const unlock = async (event: FormEvent) => {
    event.preventDefault();
    if (code === "" || busy) return;
    setBusy(true);
    const answer = await verbs.unlock(code);
    setBusy(false);
    if (answer.ok) return;
    setCode("");
    setProblem(
      answer.reason === "wrong"
        ? "That is not the code. Try again."
        : "The code cannot be read here any more. Sign in instead.",
    );
    field.current?.focus();
  };
  const tries = triesLeft !== null && triesLeft <= 5 ? triesInWords(triesLeft) : undefined;
  return (
    <form className={styles["form"]} onSubmit={(event) => void unlock(event)}>
      <TextField
        ref={field}
        id="device-code"
        type="password"
        label="Your code for this device"
        hint={tries}
        error={problem}
        autoComplete="off"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <button type="submit" className={button["button"]} disabled={busy}>
        {busy ? "Opening" : "Unlock"}
      </button>
    </form>
  );
}

function triesInWords(left: number): string {
  if (left === 0) return "The code no longer works here. Sign in to open what was saved.";
  return `${left} ${left === 1 ? "try" : "tries"} left. After that the code is removed, and signing in opens what was saved.`;
}

const UNLOCK_FAULTS = {
  wrong: "The password is not right.",
  throttled: "Too many attempts. Wait five minutes, or use your code.",
  "no-signal": "There is no answer from Common Need. Check the signal and try again.",
  "signed-out": "You were signed out. Sign in again; nothing is lost.",
} as const;

function PasswordForm({ verbs }: { verbs: DeviceVerbs }) {
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const unlock = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (password === "") return setProblem("Enter your password.");
    setBusy(true);
    const answer = await verbs.unlockOnline(password);
    setBusy(false);
    if (!answer.ok) {
      setProblem(UNLOCK_FAULTS[answer.reason]);
      setPassword("");
      field.current?.focus();
    }
  };
  return (
    <form className={styles["form"]} onSubmit={(event) => void unlock(event)}>
      <TextField
        ref={field}
        id="unlock-password"
        type="password"
        label="Password"
        autoComplete="current-password"
        error={problem}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <button type="submit" className={button["button"]} disabled={busy}>
        {busy ? "Unlocking" : "Unlock"}
      </button>
    </form>
  );
}

function OnePress({ verbs }: { verbs: DeviceVerbs }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const unlock = async () => {
    setBusy(true);
    const answer = await verbs.unlockOnline(null);
    setBusy(false);
    if (!answer.ok) setProblem(UNLOCK_FAULTS[answer.reason]);
  };
  return (
    <div className={styles["form"]}>
      {problem && (
        <p role="alert" className={styles["problem"]}>
          {problem}
        </p>
      )}
      <button type="button" className={button["button"]} disabled={busy} onClick={() => void unlock()}>
        {busy ? "Unlocking" : "Unlock"}
      </button>
      <p className={styles["note"]}>This is the demo: outside it, a code or a password is asked for here.</p>
    </div>
  );
}
