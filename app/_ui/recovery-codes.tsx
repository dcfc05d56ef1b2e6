"use client";
/** The ten recovery codes, shown this once: to print, to keep as a file, or to write down. */
import { useEffect, useRef } from "react";
import button from "./button.module.css";
import form from "./form.module.css";
import { Icon } from "./icon";
import styles from "./recovery-codes.module.css";
import { saveFile } from "./save-file";

interface RecoveryCodesProps {
  codes: readonly string[];
  title: string;
  /** Of its heading. */
  level?: 1 | 2;
  onKept: () => void;
}

export function RecoveryCodes({ codes, title, level = 1, onKept }: RecoveryCodesProps) {
  const Heading = `h${level}` as const;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  const keepAsFile = () => {
    const text = `Common Need: recovery codes\nEach works once, in the place of the code from your phone.\n\n${codes.join("\n")}\n`;
    saveFile(new Blob([text], { type: "text/plain" }), "common-need-recovery-codes.txt");
  };

  return (
    <section aria-labelledby="recovery-title">
      <Heading id="recovery-title" ref={heading} tabIndex={-1} className={form["title"]}>
        {title}
      </Heading>
      <p className={form["lead"]}>
        Keep these recovery codes where you find them without your phone: on paper, or in a password manager.
        Each signs you in once when your phone is lost or flat. <strong>We show them only now.</strong>
      </p>
      <ol className={styles["codes"]} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className={`${styles["ways"]} no-print`}>
        <button type="button" className={button["button"]} data-kind="outline" onClick={() => window.print()}>
          <Icon name="print" size={18} />
          Print
        </button>
        <button type="button" className={button["button"]} data-kind="outline" onClick={keepAsFile}>
          <Icon name="down" size={18} />
          Keep as a file
        </button>
      </div>
      <div className={`${styles["ways"]} no-print`}>
        <button type="button" className={button["button"]} onClick={onKept}>
          I have kept them
        </button>
      </div>
    </section>
  );
}
