"use client";
/**
 * Offers a code for this device, once it is worth having: without one nothing can be opened here without signal. Can
 * be put off, and is then found in the outbox.
 */
import { useEffect, useState } from "react";
import button from "../../_ui/button.module.css";
import { deviceWord, useOpenDevice } from "../_app/open-device";
import { CodeForm } from "./code-form";
import styles from "./home.module.css";

const PUT_OFF = "code-put-off";

export function CodeOffer() {
  const { open, verbs } = useOpenDevice();
  const [isPutOff, setIsPutOff] = useState(true);
  const [isSetting, setIsSetting] = useState(false);
  const [isDone, setIsDone] = useState(false);
  useEffect(() => {
    void verbs.kept(PUT_OFF).then((kept) => setIsPutOff(kept === true));
  }, [verbs]);

  if (isDone) {
    return (
      <p className={styles["codeDone"]} role="status">
        Your code is set. It opens Common Need on this {deviceWord()} with or without signal.
      </p>
    );
  }
  if (open.hasCode || isPutOff) return null;
  return (
    <section className={styles["code"]} aria-labelledby="code-title">
      <h2 id="code-title" className={styles["codeTitle"]}>
        Working where there is no signal?
      </h2>
      <p>Set a code for this {deviceWord()}. With it you can open Common Need and log contacts offline.</p>
      {isSetting ? (
        <CodeForm onDone={() => setIsDone(true)} onCancel={() => setIsSetting(false)} />
      ) : (
        <div className={styles["codeActions"]}>
          <button
            type="button"
            className={button["button"]}
            data-kind="outline"
            onClick={() => setIsSetting(true)}
          >
            Set a code
          </button>
          <button
            type="button"
            className={button["button"]}
            data-kind="quiet"
            onClick={() => {
              setIsPutOff(true);
              void verbs.keep(PUT_OFF, true);
            }}
          >
            Not now
          </button>
        </div>
      )}
    </section>
  );
}
