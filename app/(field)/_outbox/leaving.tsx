"use client";
/** Signing out with something unsent: what happens with it, by number, and three ways on. */
import { useEffect, useRef, useState } from "react";
import button from "../../_ui/button.module.css";
import { OUTBOX } from "../_app/address";
import { go } from "../_app/location";
import { deviceWord, useOpenDevice } from "../_app/open-device";
import styles from "./outbox.module.css";

export function Leaving({ unsent }: { unsent: number }) {
  const { verbs } = useOpenDevice();
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const leave = async () => {
    setBusy(true);
    await verbs.signOut({ leaveUnsent: true });
    setBusy(false);
  };
  const [things, they] = unsent === 1 ? ["1 thing has", "It stays"] : [`${unsent} things have`, "They stay"];
  return (
    <div ref={box} className={styles["warning"]} role="alert" tabIndex={-1}>
      <h2 className={styles["warningTitle"]}>{things} not been sent</h2>
      <p>
        {they} on this {deviceWord()}, sealed, until you sign in here again. Nobody else can read or send{" "}
        {unsent === 1 ? "it" : "them"}.
      </p>
      <div className={styles["buttons"]}>
        <button
          type="button"
          className={button["button"]}
          data-kind="outline"
          onClick={() => go(OUTBOX, "replace")}
        >
          Stay signed in
        </button>
        <button
          type="button"
          className={button["button"]}
          data-kind="danger"
          disabled={busy}
          onClick={() => void leave()}
        >
          Sign out and leave {unsent === 1 ? "it" : "them"} here
        </button>
      </div>
    </div>
  );
}
