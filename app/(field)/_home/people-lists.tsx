"use client";
/** People to choose from: those found, and before anything is typed those most likely met next. */
import { useState } from "react";
import type { ClientSummary, FoundClient } from "../../../server/domain/profile";
import { PROFILE_FIELD_LABELS } from "../../../server/domain/profile-terms";
import type { FieldPerson, Found, FoundPerson } from "../../_offline/device-state";
import { Avatar } from "../../_ui/avatar";
import { dayAgo } from "../../_ui/dates";
import { Icon } from "../../_ui/icon";
import { EmptyState } from "../../_ui/page-title";
import rows from "../../_ui/rows.module.css";
import { Tag } from "../../_ui/tag";
import { fullName, listLine } from "../../_words/person-words";
import { contactWith, detailsOf } from "../_app/address";
import { FieldLink } from "../_app/field-link";
import { deviceWord, useOpenDevice } from "../_app/open-device";
import type { Unfinished } from "../_log/kept";
import styles from "./home.module.css";
import { type LastPerson, minutesAgo, orderPeople } from "./people-order";

/** Looked-after people that show until all are asked for. */
const FIRST_SHOWN = 8;

interface KnownPeopleProps {
  lastPerson: LastPerson | null;
  unfinished: readonly Unfinished[];
}

/** The one just seen, what was left unsaved, those seen last, those looked after. */
export function KnownPeople({ lastPerson, unfinished }: KnownPeopleProps) {
  const { open } = useOpenDevice();
  const [all, setAll] = useState(false);
  const now = Date.now();
  const { last, recent, assigned } = orderPeople(open.people, lastPerson, now);
  const shown = all ? assigned : assigned.slice(0, FIRST_SHOWN);
  const undecided = open.people.filter(({ conflicts }) => conflicts.length > 0);
  return (
    <>
      {undecided.length > 0 && (
        <section aria-labelledby="undecided-title" className={styles["list"]}>
          <h2 id="undecided-title" className={styles["label"]}>
            Two values: which is right?
          </h2>
          <ul className={rows["rows"]}>
            {undecided.map((person) => (
              <li key={person.id} className={rows["line"]}>
                <FieldLink href={detailsOf(person.id)} className={rows["row"] ?? ""}>
                  <Avatar name={fullName(person)} />
                  <span className={rows["words"]}>
                    <strong>{fullName(person)}</strong>
                    <span>{undecidedInWords(person.conflicts)}</span>
                  </span>
                  <Tag tone="wait">Choose</Tag>
                </FieldLink>
              </li>
            ))}
          </ul>
        </section>
      )}
      {unfinished.length > 0 && (
        <section aria-labelledby="unfinished-title" className={styles["list"]}>
          <h2 id="unfinished-title" className={styles["label"]}>
            Not saved yet
          </h2>
          <ul className={rows["rows"]}>
            {unfinished.map(({ keeper, href, personName }) => (
              <li key={keeper} className={rows["line"]}>
                <FieldLink href={href} className={rows["row"] ?? ""}>
                  <Avatar name={personName ?? "?"} />
                  <span className={rows["words"]}>
                    <strong>{personName ?? "Somebody who gives no name"}</strong>
                    <span>Go on where you left off</span>
                  </span>
                  <Tag tone="wait">Not saved</Tag>
                </FieldLink>
              </li>
            ))}
          </ul>
        </section>
      )}
      {last && lastPerson && (
        <section aria-labelledby="last-title" className={styles["list"]}>
          <h2 id="last-title" className={styles["label"]}>
            Opened {minutesAgo(lastPerson.at, now)}
          </h2>
          <PeopleList people={[summaryOf(last)]} />
        </section>
      )}
      <section aria-labelledby="recent-title" className={styles["list"]}>
        <h2 id="recent-title" className={styles["label"]}>
          Recent people
        </h2>
        {recent.length === 0 && !last ? (
          <EmptyState>
            Nobody yet. People you log a contact with, or add, show up here. Search above to find somebody
            your organisation knows.
          </EmptyState>
        ) : (
          <PeopleList people={recent.map(summaryOf)} />
        )}
      </section>
      {assigned.length > 0 && (
        <section aria-labelledby="assigned-title" className={styles["list"]}>
          <h2 id="assigned-title" className={styles["label"]}>
            Others you look after
          </h2>
          <PeopleList people={shown.map(summaryOf)} />
          {shown.length < assigned.length && (
            <button type="button" className={styles["more"]} onClick={() => setAll(true)}>
              Show all {assigned.length}
            </button>
          )}
        </section>
      )}
    </>
  );
}

/** Who fits what was typed: on the device at once, then from the server; and how far was looked. */
export function FoundPeople({ text, found }: { text: string; found: Found }) {
  const { open } = useOpenDevice();
  const { onDevice, elsewhere, scope } = found;
  const count = onDevice.length + elsewhere.length;
  return (
    <section aria-labelledby="found-title" className={styles["list"]}>
      <h2 id="found-title" className={styles["label"]} aria-live="polite">
        {count === 0 && scope === "looking" ? "Looking" : peopleInWords(count)}
        <span className="visually-hidden"> for {text}</span>
      </h2>
      {onDevice.length > 0 && <PeopleList people={onDevice.map(summaryOf)} />}
      {elsewhere.length > 0 && <PeopleList people={elsewhere} />}
      {count === 0 && scope !== "looking" && (
        <EmptyState>
          Nobody {scope === "everybody" ? "here" : `on this ${deviceWord()}`} by that name. Check the
          spelling, or add them: it takes three answers.
        </EmptyState>
      )}
      <p className={styles["scope"]} role="status">
        {scope === "looking" && count > 0 && "On this device so far; looking further."}
        {scope === "everybody" && count > 0 && `Everybody at ${open.viewer.organisationName} was searched.`}
        {scope === "device-only" && (
          <>
            <Icon name="no-signal" size={15} />
            Only people on this {deviceWord()} were searched: there is no signal.
          </>
        )}
      </p>
    </section>
  );
}

/** "Phone, Postcode: both are kept until somebody chooses". */
function undecidedInWords(pairs: FieldPerson["conflicts"]): string {
  const fields = [...new Set(pairs.map(({ field }) => PROFILE_FIELD_LABELS[field]))];
  return `${fields.join(", ")}: both are kept until somebody chooses`;
}

/** The server gives the best hits and no more; then it says how to come closer. */
const MOST_FOUND = 20;

function peopleInWords(count: number): string {
  if (count === 0) return "Nobody found";
  if (count >= MOST_FOUND) return `The first ${count} people. Type more to come closer`;
  return count === 1 ? "1 person" : `${count} people`;
}

/** A line of a list. */
interface Listed extends Omit<ClientSummary, "closedOn"> {
  /** Null, or unknown on the device, while the organisation works with them. */
  closedOn?: ClientSummary["closedOn"];
  matched?: FoundClient["matched"];
  unsent?: boolean;
  changed?: FieldPerson["changed"];
}

/** Somebody on the device as a line of a list. */
export const summaryOf = (person: FieldPerson | FoundPerson): Listed => ({
  ...person,
  openIssues: person.openIssues.length,
});

/** Each row leads to logging; their details are beside it, and where there is room the record. */
export function PeopleList({ people }: { people: readonly Listed[] }) {
  const { today } = useOpenDevice().open;
  return (
    <ul className={rows["rows"]}>
      {people.map((person) => {
        const name = fullName(person);
        return (
          <li key={person.id} className={rows["line"]}>
            <FieldLink href={contactWith(person.id)} className={rows["row"] ?? ""}>
              <Avatar name={name} />
              <span className={rows["words"]}>
                <strong>{name}</strong>
                <span>{listLine(person, person.matched === "reference")}</span>
              </span>
              {person.closedOn && <Tag>Closed</Tag>}
              {person.unsent || person.changed?.length ? (
                <Tag tone="wait">{person.unsent ? "Not sent yet" : "Changed"}</Tag>
              ) : (
                person.lastContactOn &&
                today && <span className={rows["end"]}>{dayAgo(person.lastContactOn, today)}</span>
              )}
            </FieldLink>
            <FieldLink
              href={detailsOf(person.id)}
              className={styles["aside"] ?? ""}
              aria-label={`Details of ${name}`}
              title="Details"
            >
              <Icon name="person" />
            </FieldLink>
            {!person.unsent && (
              <FieldLink
                href={`/people/${person.id}`}
                className={styles["aside"] ?? ""}
                data-wide
                aria-label={`Record of ${name}`}
                title="Full record"
              >
                <Icon name="record" />
              </FieldLink>
            )}
          </li>
        );
      })}
    </ul>
  );
}
