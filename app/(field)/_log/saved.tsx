"use client";
/**
 * The screen after Save: that it is safe comes first, then how to take it back, what to do at once where it was a
 * crisis, and what else waits. Nothing here has to be answered before the next person.
 */
import { useState } from "react";
import type { CrisisCard } from "../../../server/domain/crisis-cards";
import type { ItemState, OutboxItem } from "../../_offline/device-state";
import { Icon } from "../../_ui/icon";
import { StatusTag } from "../../_ui/status";
import { Tag } from "../../_ui/tag";
import { SEVERITY_WORDS, whoseInWords } from "../../_words/issue-words";
import { contactWith, OUTBOX, PEOPLE } from "../_app/address";
import { FieldLink } from "../_app/field-link";
import { deviceWord, useOpenDevice } from "../_app/open-device";
import { UndoButton, useSecondsUntil } from "../_app/undo-button";
import { isUnsent } from "../_outbox/item-words";
import { type Draft, issuesSaid } from "./draft";
import type { LogPerson } from "./log-person";
import screen from "./log-screen.module.css";
import styles from "./saved.module.css";
import { SavedFrame, SettleLink } from "./saved-frame";
import { cardsFor, issueName } from "./saved-words";

interface SavedProps {
  draft: Draft;
  person: LogPerson | null;
  /** By this device's clock; null when it goes at once. */
  holdUntil: Date | null;
  /** It was taken back: everything is on the log screen again. */
  onUndone: () => void;
}

export function Saved({ draft, person, holdUntil, onUndone }: SavedProps) {
  const { open } = useOpenDevice();
  const item = open.items.find(({ id }) => id === draft.contactId);
  const state = item?.state ?? "waiting";
  const waiting = open.items.filter((one) => isUnsent(one) && one.id !== draft.contactId);
  const cards = cardsFor(draft, open.crisisCards);
  return (
    <SavedFrame
      what={`${issuesSaid(draft)} ${person ? `for ${person.name}` : "for somebody who gave no name"}.`}
      whatNext={whatNext(state, item, open.sync.state === "no-signal")}
      next={{ href: PEOPLE, words: "Next person" }}
    >
      <TakeBack draft={draft} person={person} state={state} holdUntil={holdUntil} onUndone={onUndone} />
      {cards.map((card) => (
        <DoThisNow key={card.need} card={card} />
      ))}
      <section aria-labelledby="said-title" className={styles["section"]}>
        <h2 id="said-title" className={screen["label"]}>
          What you said
        </h2>
        <ul className={styles["list"]}>
          {draft.issues.map((issue) => (
            <li key={issue.issueId}>
              <span>
                <strong>{issueName(issue)}</strong>
                <small>
                  {whoseInWords(issue.ours)}, {SEVERITY_WORDS[issue.severity]}
                </small>
              </span>
              <StatusTag status={issue.status} />
            </li>
          ))}
        </ul>
        {person && draft.issues.some(isForOthers) && <ReferThem clientId={draft.clientId} state={state} />}
      </section>
      {waiting.length > 0 && <AlsoWaiting items={waiting} />}
    </SavedFrame>
  );
}

const isForOthers = ({ ours, status }: Draft["issues"][number]) =>
  !ours && status !== "resolved" && status !== "no-longer-relevant";

/** What is someone else's to resolve can be handed over once the server knows of it. */
function ReferThem({ clientId, state }: { clientId: string; state: ItemState }) {
  return (
    <p className={styles["later"]}>
      {state === "sent" ? (
        <FieldLink href={`/referrals/new?client=${clientId}`}>
          Refer them to a service that can help
        </FieldLink>
      ) : (
        "Once it has been sent you can refer them to a service that can help."
      )}
    </p>
  );
}

function whatNext(state: ItemState, item: OutboxItem | undefined, isWithoutSignal: boolean): string {
  switch (state) {
    case "sent":
      return "Sent.";
    case "sending":
      return "It is being sent.";
    case "refused":
    case "needs-you":
      return `It was not accepted: ${item?.reason ?? "see the outbox"} Nothing is lost.`;
    case "undone":
      return "It was taken back.";
    case "held":
    case "waiting":
      return isWithoutSignal
        ? `We will send it when you have signal. ${youCanGo()}`
        : `We will send it in a moment. ${youCanGo()}`;
  }
}

const youCanGo = () =>
  deviceWord() === "phone" ? "You can close the app or lock your phone." : "You can close this page.";

interface TakeBackProps extends SavedProps {
  state: ItemState;
}

/** Undo for ten seconds, told in words, in a number and on a bar; after that, how to put it right. */
function TakeBack({ draft, person, state, holdUntil, onUndone }: TakeBackProps) {
  const { verbs } = useOpenDevice();
  const left = useSecondsUntil(holdUntil);
  const [isLate, setIsLate] = useState(false);
  const isHeld = left > 0 && !isLate && (state === "held" || state === "waiting");
  const undo = async () => {
    const answer = await verbs.undo(draft.contactId);
    if (answer.ok) onUndone();
    else setIsLate(true);
  };
  if (state === "refused" || state === "needs-you") {
    const href = contactWith(person?.id ?? null, { itemId: draft.contactId });
    return <SettleLink href={href} words="Put it right" />;
  }
  if (!isHeld) {
    return (
      <p className={styles["later"]}>
        {isLate && "It was on its way already. "}
        Something wrong?{" "}
        {state === "sent" ? (
          <>
            <FieldLink href={contactWith(person?.id ?? null, { correctsId: draft.contactId })}>
              Correct it
            </FieldLink>
            , or void it on <FieldLink href={`/people/${draft.clientId}`}>the record</FieldLink>.
          </>
        ) : (
          "Once it has been sent you can correct it, or void it on the record."
        )}
      </p>
    );
  }
  return <UndoButton secondsLeft={left} onPress={() => void undo()} />;
}

/** What to do at once, in the organisation's own words. It helps; it never stands in the way. */
function DoThisNow({ card }: { card: CrisisCard }) {
  const id = `card-${card.need}`;
  return (
    <section className={styles["card"]} aria-labelledby={id}>
      <p className={styles["cardKind"]}>
        <Icon name="warn" size={16} />
        Do this now
      </p>
      <h2 id={id} className={styles["cardTitle"]}>
        {card.title}
      </h2>
      <ul className={styles["steps"]}>
        {card.words.split("\n").map((step) => (
          <li key={step} className={styles["step"]}>
            {step}
          </li>
        ))}
      </ul>
      {card.reviewedOn === null && (
        <p className={styles["unchecked"]}>
          These are suggested words. Nobody in your organisation has checked them yet.
        </p>
      )}
      {card.phones.length > 0 && (
        <ul className={styles["phones"]}>
          {card.phones.map(({ label, number }) => (
            <li key={`${label} ${number}`}>
              <a href={`tel:${number.replace(/[^\d+]/g, "")}`}>
                <Icon name="phone" size={18} />
                <span>
                  <strong>{label}</strong>
                  {number}
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function AlsoWaiting({ items }: { items: readonly OutboxItem[] }) {
  const SHOWN = 3;
  return (
    <section aria-labelledby="waiting-title" className={styles["section"]}>
      <h2 id="waiting-title" className={screen["label"]}>
        Also waiting on this {deviceWord()}
      </h2>
      <ul className={styles["waiting"]}>
        {items.slice(0, SHOWN).map((item) => (
          <li key={item.id}>
            <span>
              <strong>{item.personName ?? "Somebody without a name"}</strong>
              <small>{item.summary}</small>
            </span>
            <Tag tone="wait">Waiting</Tag>
          </li>
        ))}
      </ul>
      <FieldLink href={OUTBOX} className={screen["change"]}>
        {items.length > SHOWN ? `See all ${items.length + 1}` : "See the outbox"}
      </FieldLink>
    </section>
  );
}
