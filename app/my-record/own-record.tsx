"use client";
/** The record of the person who reads it: what, why, who looked, with whom, and what they can do about it. */
import { Button } from "@mantine/core";
import { useState } from "react";
import type { ConsentState } from "../../server/domain/consent";
import { dayInWords } from "../../server/domain/period";
import type { ResidentRecord } from "../../server/domain/resident-record";
import form from "../_ui/form.module.css";
import { WhyHeld } from "../_words/why-held";
import { AskUs } from "./ask-us";
import styles from "./my-record.module.css";
import { ObjectTo } from "./object-to";
import type { TypedKey } from "./typed-key";

interface OwnRecordProps {
  record: ResidentRecord;
  typed: TypedKey;
  onChange: (record: ResidentRecord) => void;
  onClose: () => void;
}

const LOOKS_FIRST = 8;

export function OwnRecord({ record, typed, onChange, onClose }: OwnRecordProps) {
  const { organisation, contact, needs, held, bases, looks, shares, consent, codeUntil } = record;
  const [all, setAll] = useState(false);
  return (
    <>
      <div className={styles["top"]}>
        <div>
          <h1 className={form["title"]} tabIndex={-1} ref={(title) => title?.focus({ preventScroll: true })}>
            Your record at {organisation}
          </h1>
          <p className={form["lead"]}>Your code works until {dayInWords(codeUntil)}.</p>
        </div>
        <div className={`${form["actions"]} no-print`}>
          <Button variant="default" onClick={() => window.print()}>
            Print
          </Button>
          <Button onClick={onClose}>Close my record</Button>
        </div>
      </div>

      <div className={styles["columns"]}>
        <div className={styles["stack"]}>
          <section className={styles["panel"]} aria-labelledby="needs">
            <h2 id="needs">What you told us that you need</h2>
            {needs.length === 0 ? (
              <p>Nothing that can be shown here.</p>
            ) : (
              <ul className={styles["lines"]}>
                {needs.map(({ need, status, on }) => (
                  <li key={`${need}${on}`}>
                    <strong>{need}</strong>
                    <span>
                      {status} {dayInWords(on)}
                    </span>
                  </li>
                ))}
              </ul>
            )}
            <p className={styles["quiet"]}>
              More private things, such as health of the mind or safety at home, are never shown here. Neither
              are our notes or your address. Ask us for a copy to see everything.
            </p>
          </section>

          <section className={styles["panel"]} aria-labelledby="held">
            <h2 id="held">What we hold about you</h2>
            <details className={styles["more"]}>
              <summary>
                Show {held.length === 1 ? "the one kind of thing" : `the ${held.length} kinds of things`}
              </summary>
              <ul className={styles["lines"]}>
                {held.map(({ title, why, count }) => (
                  <li key={title}>
                    <strong>
                      {title}: {count}
                    </strong>
                    <span>{why}</span>
                  </li>
                ))}
              </ul>
            </details>
          </section>

          <section className={styles["panel"]} aria-labelledby="why">
            <h2 id="why">Why we may hold it</h2>
            <WhyHeld bases={bases} />
          </section>

          <section className={styles["panel"]} aria-labelledby="looks">
            <h2 id="looks">Who has looked, and why</h2>
            <ul className={styles["lines"]}>
              {looks.slice(0, all ? looks.length : LOOKS_FIRST).map(({ on, who, what, why, times }) => (
                <li key={`${on}${who}${what}${why}`}>
                  <strong>
                    {who} {what}
                    {times > 1 ? `, ${times} times` : ""}.
                  </strong>
                  <span>
                    {dayInWords(on)}
                    {why && `. ${why}.`}
                  </span>
                </li>
              ))}
            </ul>
            {looks.length > LOOKS_FIRST && !all && (
              <button type="button" className={`${styles["press"]} no-print`} onClick={() => setAll(true)}>
                Show all {looks.length}
              </button>
            )}
            <p className={styles["quiet"]}>We do not show names of workers here. Ask us who it was.</p>
          </section>

          <section className={styles["panel"]} aria-labelledby="shares">
            <h2 id="shares">With whom we shared it</h2>
            {shares.length === 0 ? (
              <p>With nobody.</p>
            ) : (
              <ul className={styles["lines"]}>
                {shares.map(({ on, with: other, what }, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes its order
                  <li key={at}>
                    <strong>{other}</strong>
                    <span>
                      {what} {dayInWords(on)}
                    </span>
                  </li>
                ))}
              </ul>
            )}
            <p className={styles["quiet"]}>{consentInWords(consent)}</p>
          </section>
        </div>

        <div className={`${styles["stack"]} no-print`}>
          <ObjectTo record={record} typed={typed} onChange={onChange} />
          <AskUs record={record} typed={typed} onChange={onChange} />
          {contact && (
            <section className={styles["panel"]} aria-labelledby="contact">
              <h2 id="contact">Talk to us</h2>
              <p>{contact.team}</p>
              {contact.phone && (
                <p>
                  <a href={`tel:${contact.phone.replace(/\s/g, "")}`}>{contact.phone}</a>
                </p>
              )}
              {contact.email && (
                <p>
                  <a href={`mailto:${contact.email}`}>{contact.email}</a>
                </p>
              )}
            </section>
          )}
          <section className={styles["panel"]} aria-labelledby="unhappy">
            <h2 id="unhappy">Not happy?</h2>
            <p>
              Tell us first. You can also complain to the Information Commissioner: phone{" "}
              <a href="tel:03031231113">0303 123 1113</a>.
            </p>
          </section>
        </div>
      </div>
    </>
  );
}

function consentInWords(state: ConsentState): string {
  switch (state.answer) {
    case "given":
      return `You said yes to sharing with other services. It holds until ${dayInWords(state.until)}. Tell us if you change your mind.`;
    case "lapsed":
      return `Your yes to sharing ended on ${dayInWords(state.until)}.`;
    case "declined":
      return "You said no to sharing with other services.";
    case "withdrawn":
      return "You took back your yes to sharing.";
    case "not-asked":
      return "We have not asked you yet whether we may share it.";
  }
}
