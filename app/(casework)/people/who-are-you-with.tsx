"use client";
/**
 * One search over name, reference, birth date and identifier. Pressing a person goes straight to logging; their
 * record is one step aside. When nobody fits, adding takes four answers and goes on to the contact.
 */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import type { Day } from "../../../server/domain/period";
import type { ClientSummary, FoundClient } from "../../../server/domain/profile";
import { useTRPC } from "../../_trpc/client";
import { Avatar } from "../../_ui/avatar";
import { dayAgo } from "../../_ui/dates";
import { faultsOf } from "../../_ui/faults";
import { Icon } from "../../_ui/icon";
import { EmptyState } from "../../_ui/page-title";
import rows from "../../_ui/rows.module.css";
import { fullName, summaryLine } from "../../_words/person-words";
import { QuickAdd } from "./quick-add";
import styles from "./who-are-you-with.module.css";

/** Long enough that a word typed at ease is one question to the server. */
const PAUSE_MS = 200;
const LEAST_LETTERS = 2;

export function WhoAreYouWith({ recent, today }: { recent: readonly ClientSummary[]; today: Day }) {
  const trpc = useTRPC();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const [adding, setAdding] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    // What was typed while the page was still loading counts too.
    setText(input.current?.value ?? "");
    // At a desk the field is ready to type in; on a phone the keyboard would hide the recent people.
    if (window.matchMedia("(min-width: 64em)").matches) input.current?.focus();
  }, []);

  const searching = asked.length >= LEAST_LETTERS;
  const found = useQuery(
    trpc.clients.find.queryOptions({ text: asked }, { enabled: searching, staleTime: 0 }),
  );

  return (
    <>
      <h1 className={styles["title"]}>Who are you with?</h1>
      <search>
        <div className={styles["field"]}>
          <Icon name="search" />
          <input
            ref={input}
            id="find-person"
            className={styles["input"]}
            aria-label="Name, reference, birth date or identifier"
            placeholder="Name, reference or birth date"
            autoComplete="off"
            autoCapitalize="words"
            spellCheck={false}
            enterKeyHint="search"
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setAdding(false);
            }}
          />
          {text !== "" && (
            <button
              type="button"
              className={styles["clear"]}
              aria-label="Clear the search"
              onClick={() => {
                setText("");
                setAdding(false);
                input.current?.focus();
              }}
            >
              <Icon name="close" size={17} />
            </button>
          )}
        </div>
      </search>

      {searching && text.trim() !== "" ? (
        <Found
          text={asked}
          found={found.data}
          failure={found.isError ? (faultsOf(found.error)[0]?.message ?? "") : null}
          today={today}
        />
      ) : (
        <Recent recent={recent} today={today} />
      )}

      {adding ? (
        <QuickAdd startingWith={text} today={today} onCancel={() => setAdding(false)} />
      ) : (
        <div className={styles["otherwise"]}>
          <button type="button" className={styles["otherwiseRow"]} onClick={() => setAdding(true)}>
            <span className={styles["round"]}>
              <Icon name="add" />
            </span>
            <span className={rows["words"]}>
              <strong>Add somebody new</strong>
              <span>Four answers, then straight to the contact</span>
            </span>
          </button>
          <Link href="/contact" className={styles["otherwiseRow"]}>
            <span className={styles["round"]}>
              <Icon name="no-name" />
            </span>
            <span className={rows["words"]}>
              <strong>Somebody who gives no name</strong>
              <span>Log what came up; they cannot be found again</span>
            </span>
          </Link>
        </div>
      )}
    </>
  );
}

function Recent({ recent, today }: { recent: readonly ClientSummary[]; today: Day }) {
  return (
    <section aria-labelledby="recent-title" className={styles["list"]}>
      <h2 id="recent-title" className={styles["label"]}>
        Recent people
      </h2>
      {recent.length === 0 ? (
        <EmptyState>
          Nobody yet. People you log a contact with, or add, show up here. Search above to find somebody your
          organisation knows.
        </EmptyState>
      ) : (
        <PeopleList people={recent} today={today} />
      )}
    </section>
  );
}

interface FoundProps {
  text: string;
  found: readonly FoundClient[] | undefined;
  failure: string | null;
  today: Day;
}

function Found({ text, found, failure, today }: FoundProps) {
  return (
    <section aria-labelledby="found-title" className={styles["list"]}>
      <h2 id="found-title" className={styles["label"]} aria-live="polite">
        {found === undefined ? "Looking" : peopleInWords(found.length)}
        <span className="visually-hidden"> for {text}</span>
      </h2>
      {failure !== null && <EmptyState>{failure}</EmptyState>}
      {found?.length === 0 && (
        <EmptyState>
          Nobody here by that name. Check the spelling, or add them: it takes four answers.
        </EmptyState>
      )}
      {found && found.length > 0 && <PeopleList people={found} today={today} />}
    </section>
  );
}

/** The server gives the best hits and no more; then it says how to come closer. */
const MOST_FOUND = 20;

function peopleInWords(count: number): string {
  if (count >= MOST_FOUND) return `The first ${count} people. Type more to come closer`;
  return count === 1 ? "1 person" : `${count} people`;
}

interface PeopleListProps {
  people: readonly (ClientSummary | FoundClient)[];
  today: Day;
}

function PeopleList({ people, today }: PeopleListProps) {
  return (
    <ul className={rows["rows"]}>
      {people.map((person) => {
        const name = fullName(person);
        return (
          <li key={person.id} className={rows["line"]}>
            <Link href={`/people/${person.id}/contact`} className={rows["row"]} prefetch={false}>
              <Avatar name={name} />
              <span className={rows["words"]}>
                <strong>{name}</strong>
                <span>{summaryLine(person, "matched" in person && person.matched === "reference")}</span>
              </span>
              {person.lastContactOn && (
                <span className={rows["end"]}>{dayAgo(person.lastContactOn, today)}</span>
              )}
            </Link>
            <Link
              href={`/people/${person.id}`}
              className={styles["record"]}
              prefetch={false}
              aria-label={`Record of ${name}`}
            >
              <Icon name="record" />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
