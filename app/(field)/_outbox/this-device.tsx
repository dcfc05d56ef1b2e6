"use client";
/** What can be set on this device: its code, and locking it now. */
import { useState } from "react";
import button from "../../_ui/button.module.css";
import { deviceWord, useOpenDevice } from "../_app/open-device";
import { CodeForm } from "../_home/code-form";
import styles from "./outbox.module.css";

export function ThisDevice() {
  const { open, verbs } = useOpenDevice();
  const [isSetting, setIsSetting] = useState(false);
  const [said, setSaid] = useState("");
  return (
    <section aria-labelledby="device-title" className={styles["section"]}>
      <h2 id="device-title" className={styles["h2"]}>
        This {deviceWord()}
      </h2>
      <p className={styles["about"]}>
        {open.people.length} {open.people.length === 1 ? "person is" : "people are"} carried here, sealed:
        those you look after and those you saw last, at most 200, for at most 14 days.{" "}
        {open.hasCode
          ? "Your code opens them with or without signal."
          : "No code is set, so they can be opened only with signal."}
      </p>
      <p role="status" className={styles["about"]}>
        {said}
      </p>
      {isSetting ? (
        <CodeForm
          onDone={() => {
            setIsSetting(false);
            setSaid("Your code is set.");
          }}
          onCancel={() => setIsSetting(false)}
        />
      ) : (
        <div className={styles["buttons"]}>
          <button
            type="button"
            className={button["button"]}
            data-kind="outline"
            onClick={() => setIsSetting(true)}
          >
            {open.hasCode ? "Change the code" : "Set a code"}
          </button>
          {open.hasCode && (
            <button
              type="button"
              className={button["button"]}
              data-kind="quiet"
              onClick={() => void verbs.forgetCode().then(() => setSaid("The code is removed."))}
            >
              Remove the code
            </button>
          )}
          <button type="button" className={button["button"]} data-kind="quiet" onClick={() => verbs.lock()}>
            Lock now
          </button>
        </div>
      )}
    </section>
  );
}
