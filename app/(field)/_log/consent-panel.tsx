"use client";
/**
 * What was said today about sharing with other services. What is on file stands unless the worker says otherwise, and
 * nobody has to be asked at every contact.
 */
import type { ContactConsent } from "../../../server/domain/contact-terms";
import { SHARE_WORDS, SHARE_WORDS_VERSION } from "../../../server/domain/share-words";
import type { Sharing } from "../../../server/domain/take-along";
import { Chip } from "../../_ui/chip";
import type { Change, Draft } from "./draft";
import styles from "./log-screen.module.css";

/** What the chip says: today's answer, else what is on file. */
export function sharingSign(
  said: ContactConsent | null,
  onFile: Sharing,
): { words: string; mayShare: boolean } {
  if (said === "given") return { words: "May share", mayShare: true };
  if (said === "declined") return { words: "Do not share", mayShare: false };
  if (said === "emergency") return { words: "Emergency", mayShare: true };
  switch (onFile) {
    case "given":
      return { words: "May share", mayShare: true };
    case "declined":
    case "withdrawn":
      return { words: "Do not share", mayShare: false };
    case "lapsed":
      return { words: "Ask again to share", mayShare: false };
    case "not-asked":
      return { words: "Sharing not asked", mayShare: false };
  }
}

const ON_FILE: Readonly<Record<Sharing, string>> = {
  "not-asked": "They have not been asked yet.",
  given: "On file: they said yes.",
  declined: "On file: they said no.",
  withdrawn: "On file: they took their yes back.",
  lapsed: "On file: they said yes more than six months ago, so it no longer holds.",
};

const CHOICES: readonly { consent: ContactConsent; words: string }[] = [
  { consent: "given", words: "They say yes" },
  { consent: "declined", words: "They say no" },
  { consent: "not-asked", words: "Not asked today" },
  { consent: "emergency", words: "Emergency" },
];

interface ConsentPanelProps {
  draft: Draft;
  change: (change: Change) => void;
  sharing: Sharing;
  onDone: () => void;
}

export function ConsentPanel({ draft, change, sharing, onDone }: ConsentPanelProps) {
  const said = draft.consent ?? "not-asked";
  return (
    <fieldset className={styles["panel"]} id="panel-consent">
      <legend className={styles["label"]}>May we share with other services?</legend>
      <p className={styles["hint"]}>{ON_FILE[sharing]} To ask, read this out:</p>
      <blockquote className={styles["readOut"]}>{SHARE_WORDS[SHARE_WORDS_VERSION]}</blockquote>
      <div className={styles["chips"]}>
        {CHOICES.map(({ consent, words }) => (
          <Chip
            key={consent}
            kind={consent === said ? "chosen" : "setting"}
            aria-pressed={consent === said}
            onClick={() => {
              change({ type: "consent", consent: consent === "not-asked" ? null : consent });
              onDone();
            }}
          >
            {words}
          </Chip>
        ))}
      </div>
      <p className={styles["hint"]}>Emergency: somebody is in danger, and sharing rests on that.</p>
    </fieldset>
  );
}
