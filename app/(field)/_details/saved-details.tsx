"use client";
/** The screen after Save: that the change is safe, what it was, how to take it back, and the way on. */
import { useState } from "react";
import type { EditClientInput } from "../../../server/domain/profile-edit";
import { PROFILE_FIELD_LABELS, valueInWords } from "../../../server/domain/profile-terms";
import type { FieldPerson, ItemState, OutboxItem } from "../../_offline/device-state";
import { fullName } from "../../_words/person-words";
import { contactWith, detailsOf } from "../_app/address";
import { useOpenDevice } from "../_app/open-device";
import { UndoButton, useSecondsUntil } from "../_app/undo-button";
import screen from "../_log/log-screen.module.css";
import styles from "../_log/saved.module.css";
import { SavedFrame, SettleLink } from "../_log/saved-frame";
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
  const { changes } = edit;
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
    <SavedFrame
      what={`${changes.length === 1 ? "1 change" : `${changes.length} changes`} for ${fullName(person)}.`}
      whatNext={whatNext(state, item, open.sync.state === "no-signal")}
      next={{
        href: contactWith(person.id),
        words: fromContact ? "Back to the contact" : "Log a contact with them",
      }}
    >
      {isHeld && <UndoButton secondsLeft={left} onPress={() => void undo()} />}
      {isLate && (
        <p className={styles["later"]}>It was on its way already. Change it again to put it right.</p>
      )}
      {state === "refused" && (
        <SettleLink href={detailsOf(person.id, { itemId: edit.editId, fromContact })} words="Put it right" />
      )}
      {state === "needs-you" && (
        <SettleLink href={detailsOf(person.id, { fromContact })} words="Choose which is right" />
      )}
      <section aria-labelledby="said-title" className={styles["section"]}>
        <h2 id="said-title" className={screen["label"]}>
          What you changed
        </h2>
        <ul className={styles["list"]}>
          {changes.map(({ field, from, to }) => (
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
    </SavedFrame>
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
