"use client";
/**
 * What was said today about sharing with other services. What is on file stands unless the worker says otherwise, and
 * nobody has to be asked at every contact.
 */
import { CHILD_LABELS, type ChildAnswer, childAnswersFor } from "../../../server/domain/consent";
import type { ContactConsent } from "../../../server/domain/contact-terms";
import { ageOn, type Day } from "../../../server/domain/period";
import { SHARE_WORDS, SHARE_WORDS_VERSION } from "../../../server/domain/share-words";
import type { Sharing } from "../../../server/domain/take-along";
import { Chip } from "../../_ui/chip";
import type { Change, Draft } from "./draft";
import styles from "./log-screen.module.css";

/** Who may have been asked about somebody under 16; null: they are older, or their age is not known. */
export const childAnswersAt = (dateOfBirth: Day | null, day: Day | null): readonly ChildAnswer[] | null =>
  dateOfBirth === null || day === null ? null : childAnswersFor(ageOn(day, dateOfBirth));

/** What the chip says: today's answer, else what is on file. */
export function sharingSign(
  said: ContactConsent | null,
  onFile: Sharing,
  waitsForWho = false,
): { words: string; mayShare: boolean } {
  if (said === "given" && waitsForWho) return { words: "Say who was asked", mayShare: false };
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
  /** Who may have been asked, once somebody under 16 said yes; null: nobody has to say. */
  asks: readonly ChildAnswer[] | null;
  isUnder16: boolean;
  onDone: () => void;
}

export function ConsentPanel({ draft, change, sharing, asks, isUnder16, onDone }: ConsentPanelProps) {
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
              if (!(consent === "given" && isUnder16)) onDone();
            }}
          >
            {words}
          </Chip>
        ))}
      </div>
      {asks && (
        <fieldset className={styles["within"]}>
          <legend className={styles["label"]}>They are under 16. Who was asked?</legend>
          <div className={styles["chips"]}>
            {asks.map((child) => (
              <Chip
                key={child}
                kind={child === draft.consentChild ? "chosen" : "setting"}
                aria-pressed={child === draft.consentChild}
                onClick={() => {
                  change({ type: "consent-child", child });
                  onDone();
                }}
              >
                {CHILD_LABELS[child]}
              </Chip>
            ))}
          </div>
          <p className={styles["hint"]}>Until you say who, their yes is not written down.</p>
        </fieldset>
      )}
      <p className={styles["hint"]}>Emergency: somebody is in danger, and sharing rests on that.</p>
    </fieldset>
  );
}
