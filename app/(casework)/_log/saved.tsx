"use client";
/** The screen after Save: that it is safe comes first, then what was said, then where to go. */
import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { Icon } from "../../_ui/icon";
import { LinkButton } from "../../_ui/link-button";
import { StatusTag } from "../../_ui/status";
import { nameOf, SEVERITY_WORDS, whoseInWords } from "../../_words/issue-words";
import { contactWords, type Draft } from "../../(field)/_log/draft";
import styles from "./log-screen.module.css";

interface SavedProps {
  draft: Draft;
  /** Null for somebody who gave no name. */
  personName: string | null;
  /** It had arrived at an earlier try; it counts once. */
  alreadyThere: boolean;
  onAnother: () => void;
}

export function Saved({ draft, personName, alreadyThere, onAnother }: SavedProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <main id="main" className={styles["screen"]} data-saved>
      <div className={styles["savedBody"]}>
        <span className={styles["savedMark"]}>
          <Icon name="check" size={30} />
        </span>
        <h1 ref={title} tabIndex={-1}>
          Saved
        </h1>
        <p>
          {contactWords(draft)} {personName ? `for ${personName}` : "for somebody who gave no name"}.{" "}
          {alreadyThere && "It had already arrived at the first try, and counts once."}
        </p>
        <ul className={styles["savedList"]}>
          {draft.issues.map((issue) => (
            <li key={issue.issueId}>
              <strong>
                {nameOf(issue.need, issue.kind === "new" ? issue.label : null)}
                <small>
                  {whoseInWords(issue.ours)}, {SEVERITY_WORDS[issue.severity]}
                </small>
              </strong>
              <StatusTag status={issue.kind === "new" ? "new" : issue.status} />
            </li>
          ))}
        </ul>
        <div className={styles["savedNext"]}>
          <Button variant="default" onClick={onAnother}>
            {personName ? "Log another" : "Log another without a name"}
          </Button>
          {personName && (
            <LinkButton variant="subtle" href={`/people/${draft.clientId}`}>
              Back to {personName}
            </LinkButton>
          )}
        </div>
      </div>
      <div className={styles["dock"]}>
        <div className={`${styles["save"]} ${styles["savedSave"]}`}>
          <LinkButton href="/people" className={styles["saveButton"] ?? ""}>
            Next person
          </LinkButton>
        </div>
      </div>
    </main>
  );
}
