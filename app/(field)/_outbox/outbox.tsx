"use client";
/**
 * What this device holds and where it stands: what needs a person, with the fault and the way to mend it; what waits
 * and why; what was sent lately. Nothing is removed here unless its owner says so, after a warning.
 */
import { useState } from "react";
import { dayOf } from "../../../server/domain/period";
import type { OutboxItem } from "../../_offline/device-state";
import button from "../../_ui/button.module.css";
import { dayNear, timeOf } from "../../_ui/dates";
import { Icon } from "../../_ui/icon";
import { EmptyState, Page } from "../../_ui/page-title";
import rows from "../../_ui/rows.module.css";
import { Tag } from "../../_ui/tag";
import { PEOPLE } from "../_app/address";
import { FieldLink } from "../_app/field-link";
import { deviceWord, useOpenDevice } from "../_app/open-device";
import { syncInWords } from "../_app/sync-words";
import { isParked, isUnsent, signOfItem, whoInWords } from "./item-words";
import { Leaving } from "./leaving";
import { NeedsYou } from "./needs-you";
import styles from "./outbox.module.css";
import { ThisDevice } from "./this-device";

const SENT_SHOWN = 12;

export function Outbox({ leaving }: { leaving: boolean }) {
  const { open, verbs } = useOpenDevice();
  const { items, sync, othersWaiting } = open;
  const [busy, setBusy] = useState(false);
  const parked = items.filter(isParked);
  const waiting = items.filter((item) => isUnsent(item) && !isParked(item));
  const settled = items.filter((item) => !isUnsent(item)).slice(0, SENT_SHOWN);
  const sendNow = async () => {
    setBusy(true);
    await verbs.sendNow();
    setBusy(false);
  };
  return (
    <Page narrow>
      <h1 className={styles["title"]}>On this {deviceWord()}</h1>
      <p className={styles["lead"]} role="status">
        {syncInWords(sync)}
      </p>
      {sync.state === "sending" && sync.total > 1 && (
        <progress
          className={styles["progress"]}
          aria-label="Sent of this round"
          max={sync.total}
          value={sync.done}
        />
      )}
      {leaving && sync.unsent > 0 && <Leaving unsent={sync.unsent} />}
      <div className={styles["actions"]}>
        {waiting.length > 0 && sync.state !== "needs-sign-in" && sync.state !== "other-account" && (
          <button
            type="button"
            className={button["button"]}
            disabled={busy || sync.state === "sending"}
            onClick={() => void sendNow()}
          >
            {busy ? "Sending" : sync.state === "no-signal" ? "Try to send now" : "Send now"}
          </button>
        )}
        {(sync.state === "needs-sign-in" || sync.state === "other-account") && (
          <a href="/sign-in" className={button["button"]}>
            Sign in to send
          </a>
        )}
        {waiting.length === 0 && parked.length === 0 && (
          <FieldLink href={PEOPLE} className={button["button"]}>
            Who are you with?
          </FieldLink>
        )}
        <span className={styles["inStep"]}>{lastInStep(sync.lastInStepAt)}</span>
      </div>

      {parked.length > 0 && (
        <section aria-labelledby="needs-you-title" className={styles["section"]}>
          <h2 id="needs-you-title" className={styles["h2"]}>
            Needs you
          </h2>
          <ul className={styles["parked"]}>
            {parked.map((item) => (
              <NeedsYou key={item.id} item={item} />
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="waiting-title" className={styles["section"]}>
        <h2 id="waiting-title" className={styles["h2"]}>
          Waiting
        </h2>
        {waiting.length === 0 ? <EmptyState>Nothing waits.</EmptyState> : <Items items={waiting} />}
      </section>
      <section aria-labelledby="sent-title" className={styles["section"]}>
        <h2 id="sent-title" className={styles["h2"]}>
          Sent lately
        </h2>
        {settled.length === 0 ? (
          <EmptyState>Nothing yet. What you save shows up here once it has arrived.</EmptyState>
        ) : (
          <Items items={settled} />
        )}
      </section>
      {othersWaiting > 0 && (
        <p className={styles["others"]}>
          <Icon name="lock" size={18} />
          {othersWaiting === 1 ? "1 thing waits" : `${othersWaiting} things wait`} here for somebody else who
          uses this {deviceWord()}. It is sealed: only they can open and send it.
        </p>
      )}
      <ThisDevice />
    </Page>
  );
}

function lastInStep(at: Date | null): string {
  if (!at) return "Not in step yet.";
  const day = dayOf(at);
  const today = dayOf(new Date());
  return `Last in step ${day === today ? "" : `${dayNear(day, today)}, `}${timeOf(at)}.`;
}

function Items({ items }: { items: readonly OutboxItem[] }) {
  return (
    <ul className={rows["rows"]}>
      {items.map((item) => {
        const { words, tone, icon } = signOfItem(item);
        return (
          <li key={item.id} className={rows["line"]}>
            <span className={rows["words"]}>
              <strong>{whoInWords(item)}</strong>
              <span>
                {item.summary} · {timeOf(item.savedAt)}
              </span>
            </span>
            <Tag tone={tone} icon={icon}>
              {words}
            </Tag>
          </li>
        );
      })}
    </ul>
  );
}
