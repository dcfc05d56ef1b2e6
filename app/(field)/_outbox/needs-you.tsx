"use client";
/** One thing that was not accepted as it is: why, in the server's words, and what can be done about it. */
import { useState } from "react";
import type { OutboxItem } from "../../_offline/device-state";
import button from "../../_ui/button.module.css";
import { timeOf } from "../../_ui/dates";
import { contactWith, detailsOf } from "../_app/address";
import { FieldLink } from "../_app/field-link";
import { useOpenDevice } from "../_app/open-device";
import { isTwoValues, whoInWords } from "./item-words";
import styles from "./outbox.module.css";

export function NeedsYou({ item }: { item: OutboxItem }) {
  const { verbs } = useOpenDevice();
  const [asks, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  const during = async (work: () => Promise<unknown>) => {
    setBusy(true);
    await work();
    setBusy(false);
  };
  // Somebody must choose between the two: here, or anywhere else.
  const isSent = isTwoValues(item);
  const clientId = item.contact?.anonymous ? null : item.clientId;
  return (
    <li className={styles["needsYou"]}>
      <p>
        <strong>{whoInWords(item)}</strong>
        <span className={styles["what"]}>
          {item.summary} · saved {timeOf(item.savedAt)}
        </span>
      </p>
      <p className={styles["why"]}>
        {item.state === "refused" ? "Not accepted: " : ""}
        {item.reason ?? "Common Need gave no reason."} Nothing is lost.
      </p>
      {asks ? (
        <div className={styles["warning"]} role="alert">
          <p>
            <strong>Remove it for good?</strong> It is on this device only. Once removed, it cannot be brought
            back.
          </p>
          <div className={styles["buttons"]}>
            <button
              type="button"
              className={button["button"]}
              data-kind="danger"
              disabled={busy}
              onClick={() => void during(() => verbs.remove(item.id))}
            >
              Remove it
            </button>
            <button
              type="button"
              className={button["button"]}
              data-kind="outline"
              onClick={() => setAsks(false)}
            >
              Keep it
            </button>
          </div>
        </div>
      ) : (
        <div className={styles["buttons"]}>
          {item.kind === "contact" && item.contact && (
            <FieldLink
              href={contactWith(clientId, { itemId: item.id })}
              className={button["button"]}
              data-kind="outline"
            >
              Put it right
            </FieldLink>
          )}
          {item.kind === "profile" && item.clientId && (
            <FieldLink
              href={detailsOf(item.clientId, { itemId: isSent ? undefined : item.id })}
              className={button["button"]}
              data-kind="outline"
            >
              {isSent ? "Choose which is right" : "Put it right"}
            </FieldLink>
          )}
          {!isSent && (
            <button
              type="button"
              className={button["button"]}
              data-kind="quiet"
              disabled={busy}
              onClick={() => void during(() => verbs.resend(item.id))}
            >
              Send it again
            </button>
          )}
          <button
            type="button"
            className={button["button"]}
            data-kind="quiet"
            disabled={busy}
            onClick={() => (isSent ? void during(() => verbs.remove(item.id)) : setAsks(true))}
          >
            {isSent ? "Leave it to others" : "Remove"}
          </button>
        </div>
      )}
    </li>
  );
}
