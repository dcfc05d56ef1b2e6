"use client";
/**
 * Words of the paper that can be changed where they stand: a button beside them opens them, everything typed is kept at
 * once, Escape takes back what was typed since, and the drafted words are one press away.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { MOST_TEXT, type TextKey } from "../../../server/domain/impact/plan";
import { inDigits } from "../../../server/domain/number-text";
import styles from "./editable-words.module.css";
import { EditedMark, type PaperWords } from "./paper-view";

interface EditableWordsProps {
  words: PaperWords;
  /** What was drafted from the numbers. */
  drafted: string;
  /** Numbers of a text that would leave the organisation exact. */
  exactNumbers: (text: string) => readonly string[];
  /** Null: back to the drafted words. */
  onWrite: (text: string | null) => void;
  children: ReactNode;
}

/** The button that opens the words of a part. */
export const changeButtonOf = (key: TextKey) => `change-${key}`;

/** From how many letters on the count is said: before that it only disturbs. */
const COUNT_FROM = MOST_TEXT - 200;

export function EditableWords({ words, drafted, exactNumbers, onWrite, children }: EditableWordsProps) {
  const [before, setBefore] = useState<string | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  const isOpen = before !== null;

  // Whoever closes the box with a key goes on from where they were.
  useEffect(() => {
    if (wasOpen.current && !isOpen) opener.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);

  if (before !== null) {
    return (
      <WordsBox
        words={words}
        drafted={drafted}
        exactNumbers={exactNumbers}
        onWrite={onWrite}
        onClose={() => setBefore(null)}
        onTakeBack={() => {
          onWrite(before === drafted ? null : before);
          setBefore(null);
        }}
      />
    );
  }
  return (
    <div className={styles["words"]}>
      {children}
      <div className={`${styles["line"]} no-print`}>
        {words.edited && <EditedMark />}
        <button
          ref={opener}
          id={changeButtonOf(words.key)}
          type="button"
          className={styles["change"]}
          aria-label={`Change the words of ${words.called}`}
          onClick={() => setBefore(words.text)}
        >
          Change the words
        </button>
      </div>
      {words.edited && <ExactNumbers numbers={exactNumbers(words.text)} />}
    </div>
  );
}

interface WordsBoxProps extends Omit<EditableWordsProps, "children"> {
  onClose: () => void;
  onTakeBack: () => void;
}

function WordsBox({ words, drafted, exactNumbers, onWrite, onClose, onTakeBack }: WordsBoxProps) {
  const [text, setText] = useState(words.text);
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  useEffect(() => area.current?.focus(), []);

  const write = (next: string) => {
    setText(next);
    const said = next.trim();
    onWrite(said === "" || said === drafted ? null : said);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") onTakeBack();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onClose();
  };
  const left = MOST_TEXT - text.length;
  return (
    <div className={`${styles["box"]} no-print`}>
      {words.key === "title" && <h1 className="visually-hidden">{words.text}</h1>}
      <label htmlFor={id} className={styles["label"]}>
        Your words for {words.called}
      </label>
      <textarea
        ref={area}
        id={id}
        className={styles["area"]}
        data-title={words.key === "title" || undefined}
        maxLength={MOST_TEXT}
        value={text}
        aria-describedby={`${id}-about`}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={onKey}
      />
      <p id={`${id}-about`} className={styles["about"]}>
        Up to {inDigits(MOST_TEXT)} letters. Kept as you type.
      </p>
      <p role="status" className={styles["about"]}>
        {text.length >= COUNT_FROM && `${inDigits(left)} letters left.`}
      </p>
      {text.trim() !== drafted && <ExactNumbers numbers={exactNumbers(text)} />}
      <div className={styles["acts"]}>
        <button type="button" className={styles["done"]} onClick={onClose}>
          Done
        </button>
        {text.trim() !== drafted && (
          <button
            type="button"
            className={styles["change"]}
            onClick={() => {
              onWrite(null);
              onClose();
            }}
          >
            Back to the drafted words
          </button>
        )}
      </div>
    </div>
  );
}

function ExactNumbers({ numbers }: { numbers: readonly string[] }) {
  if (numbers.length === 0) return null;
  return (
    <p className={`${styles["exact"]} no-print`}>
      Your words are not rounded, so {new Intl.ListFormat("en-GB").format(numbers)} would leave exact. Round{" "}
      {numbers.length === 1 ? "it" : "them"} yourself, or leave {numbers.length === 1 ? "it" : "them"} out.
    </p>
  );
}
