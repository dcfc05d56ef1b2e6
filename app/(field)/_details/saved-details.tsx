"use client";
/** The screen after Save: that the change is safe, what it was, how to take it back, and the way on. */
import { useEffect, useRef, useState } from "react";
import type { EditClientInput } from "../../../server/domain/profile-edit";
import { PROFILE_FIELD_LABELS, valueInWords } from "../../../server/domain/profile-terms";
import type { FieldPerson, ItemState, OutboxItem } from "../../_offline/device-state";
import button from "../../_ui/button.module.css";
import { Icon } from "../../_ui/icon";
import { fullName } from "../../_words/person-words";
import { contactWith, detailsOf, PEOPLE } from "../_app/address";
import { FieldLink } from "../_app/field-link";
import { deviceWord, useOpenDevice } from "../_app/open-device";
import { StatusLine } from "../_app/status-line";
import { UndoButton, useSecondsUntil } from "../_app/undo-button";
import screen from "../_log/log-screen.module.css";
import styles from "../_log/saved.module.css";
import type { Typing } from "./details-draft";

export interface Saved {
  /** As they were known before. */
  person: FieldPerson;
  /** What was typed, should it be taken back. */
  typing: Typing;
  edit: EditClientInput;
  /** By this device's clock. */
  holdUntil: Date;
}

interface SavedDetailsProps extends Saved {
  fromContact: boolean;
  onUndone: () => void;
}

export function SavedDetails({ person, edit, holdUntil, fromContact, onUndone }: SavedDetailsProps) {
  const { open, verbs } = useOpenDevice();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const left = useSecondsUntil(holdUntil);
  const [isLate, setIsLate] = useState(false);
  const item = open.items.find(({ id }) => id === edit.editId);
  const state = item?.state ?? "waiting";
  const isHeld = left > 0 && !isLate && (state === "held" || state === "waiting");
  const undo = async () => {
    const answer = await verbs.undo(edit.editId);
    if (answer.ok) onUndone();
    else setIsLate(true);
  };
  return (
    <main id="main" className={screen["screen"]} data-saved>
      <div className={styles["head"]}>
        <FieldLink href={PEOPLE} className={screen["backLink"] ?? ""}>
          <Icon name="back" />
          <span className="visually-hidden">Back to people</span>
        </FieldLink>
        <span className={styles["status"]}>
          <StatusLine />
        </span>
      </div>
      <div className={styles["body"]}>
        <span className={styles["mark"]}>
          <Icon name="check" size={30} />
        </span>
        <h1 ref={title} tabIndex={-1} className={styles["title"]}>
          Saved on this {deviceWord()}
        </h1>
        <p className={styles["lead"]}>
          {edit.changes.length === 1 ? "1 change" : `${edit.changes.length} changes`} for {fullName(person)}.{" "}
          <span role="status">{whatNext(state, item, open.sync.state === "no-signal")}</span>
        </p>
        {isHeld && <UndoButton secondsLeft={left} onPress={() => void undo()} />}
        {isLate && (
          <p className={styles["later"]}>It was on its way already. Change it again to put it right.</p>
        )}
        {state === "refused" && (
          <div className={styles["takeBack"]}>
            <FieldLink
              href={detailsOf(person.id, { itemId: edit.editId, fromContact })}
              className={button["button"] ?? ""}
              data-kind="outline"
            >
              Put it right
            </FieldLink>
          </div>
        )}
        {state === "needs-you" && (
          <div className={styles["takeBack"]}>
            <FieldLink
              href={detailsOf(person.id, { fromContact })}
              className={button["button"] ?? ""}
              data-kind="outline"
            >
              Choose which is right
            </FieldLink>
          </div>
        )}
        <section aria-labelledby="said-title" className={styles["section"]}>
          <h2 id="said-title" className={screen["label"]}>
            What you changed
          </h2>
          <ul className={styles["list"]}>
            {edit.changes.map(({ field, from, to }) => (
              <li key={field}>
                <span>
                  <strong>{valueInWords(field, to ?? null)}</strong>
                  <small>
                    {PROFILE_FIELD_LABELS[field]}, before: {valueInWords(field, from ?? null)}
                  </small>
                </span>
              </li>
            ))}
          </ul>
        </section>
      </div>
      <div className={screen["dock"]}>
        <div className={`${screen["save"]} ${styles["next"]}`}>
          <FieldLink href={contactWith(person.id)} className={`${button["button"]} ${screen["saveButton"]}`}>
            {fromContact ? "Back to the contact" : "Log a contact with them"}
          </FieldLink>
        </div>
      </div>
    </main>
  );
}

function whatNext(state: ItemState, item: OutboxItem | undefined, isWithoutSignal: boolean): string {
  switch (state) {
    case "sent":
      return "Sent.";
    case "sending":
      return "It is being sent.";
    case "refused":
      return `It was not accepted: ${item?.reason ?? "see the outbox"} Nothing is lost.`;
    case "needs-you":
      return "Somebody else changed the same detail. Both values are kept.";
    case "undone":
      return "It was taken back.";
    case "held":
    case "waiting":
      return isWithoutSignal ? "It goes when you have signal." : "It goes in a moment.";
  }
}
