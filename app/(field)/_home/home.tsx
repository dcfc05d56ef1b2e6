"use client";
/**
 * Where a worker begins: who are you with? One box over name, reference, birth date and identifier, on the device
 * first and then with the server; the people seen last; a way for who is not there yet. Pressing a person goes
 * straight to logging; their record is one step aside.
 */
import { useEffect, useRef, useState } from "react";
import { MOST_LETTERS } from "../../../server/domain/client-search";
import type { DeviceVerbs, Found } from "../../_offline/device-state";
import { Icon } from "../../_ui/icon";
import { Page } from "../../_ui/page-title";
import rows from "../../_ui/rows.module.css";
import search from "../../_ui/search-field.module.css";
import { contactWith } from "../_app/address";
import { FieldLink } from "../_app/field-link";
import { go } from "../_app/location";
import { useOpenDevice } from "../_app/open-device";
import { lastPerson, listUnfinished, type Unfinished } from "../_log/kept";
import { CodeOffer } from "./code-offer";
import styles from "./home.module.css";
import { FoundPeople, KnownPeople } from "./people-lists";
import type { LastPerson } from "./people-order";
import { QuickAdd } from "./quick-add";
import { SafeHere } from "./safe-here";

/** Long enough that a word typed at ease is one question to the server. */
const PAUSE_MS = 200;
const LEAST_LETTERS = 2;

export function Home() {
  const { verbs } = useOpenDevice();
  const [text, setText] = useState("");
  const [adding, setAdding] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const answer = useFound(verbs, text);
  const found = answer?.found ?? null;
  const [entered, setEntered] = useState<string | null>(null);
  const { last, unfinished } = useKept(verbs);

  useEffect(() => {
    // At a desk the field is ready to type in; on a phone the keyboard would hide the recent people.
    if (window.matchMedia("(min-width: 64em)").matches) input.current?.focus({ preventScroll: true });
    const onKey = (event: KeyboardEvent) => {
      const inField = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
      if (event.key !== "/" || inField) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  // Enter opens the first of those who fit what stands there, also when it was pressed before they were found.
  const first = answer?.isCurrent ? firstOf(answer.found) : null;
  useEffect(() => {
    if (entered === null || entered !== text) return;
    if (first) go(contactWith(first));
  }, [entered, text, first]);

  const clear = () => {
    setText("");
    setAdding(false);
    input.current?.focus();
  };

  return (
    <Page narrow>
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
            enterKeyHint="go"
            maxLength={MOST_LETTERS}
            value={text}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
              // The key that is still down must not press what comes next.
              event.preventDefault();
              setEntered(text);
            }}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setEntered(null);
              setAdding(false);
            }}
          />
          {text !== "" && (
            <button type="button" className={search["clear"]} aria-label="Clear the search" onClick={clear}>
              <Icon name="close" size={17} />
            </button>
          )}
        </div>
      </search>
      <SafeHere />

      {found ? (
        <FoundPeople text={text.trim()} found={found} />
      ) : (
        <KnownPeople lastPerson={last} unfinished={unfinished} />
      )}

      {adding ? (
        <QuickAdd startingWith={text} onCancel={() => setAdding(false)} />
      ) : (
        <div className={styles["otherwise"]}>
          <button type="button" className={styles["otherwiseRow"]} onClick={() => setAdding(true)}>
            <span className={styles["round"]}>
              <Icon name="add" />
            </span>
            <span className={rows["words"]}>
              <strong>Add somebody new</strong>
              <span>A name is enough, then straight to the contact</span>
            </span>
          </button>
          <FieldLink href={contactWith(null)} className={styles["otherwiseRow"] ?? ""}>
            <span className={styles["round"]}>
              <Icon name="no-name" />
            </span>
            <span className={rows["words"]}>
              <strong>Somebody who gives no name</strong>
              <span>Log what came up; they cannot be found again</span>
            </span>
          </FieldLink>
        </div>
      )}
      <CodeOffer />
    </Page>
  );
}

/** The first of the list, as it shows; null when nobody was found. */
const firstOf = ({ onDevice, elsewhere }: Found) => (onDevice[0] ?? elsewhere[0])?.id ?? null;

/** Who fits what is typed, or what was typed a moment ago; null while too little is typed to ask. */
function useFound(verbs: DeviceVerbs, typed: string): { found: Found; isCurrent: boolean } | null {
  const [answer, setAnswer] = useState<{ asked: string; found: Found } | null>(null);
  const asked = typed.trim();
  useEffect(() => {
    if (asked.length < LEAST_LETTERS) return;
    let stop = () => {};
    const timer = setTimeout(() => {
      stop = verbs.findPeople(asked, (people) => setAnswer({ asked, found: people }));
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [verbs, asked]);
  if (asked.length < LEAST_LETTERS) return null;
  const found: Found = answer?.found ?? { onDevice: [], elsewhere: [], scope: "looking" };
  return { found, isCurrent: answer?.asked === asked };
}

function useKept(verbs: DeviceVerbs): { last: LastPerson | null; unfinished: readonly Unfinished[] } {
  const [kept, setKept] = useState<{ last: LastPerson | null; unfinished: readonly Unfinished[] }>({
    last: null,
    unfinished: [],
  });
  useEffect(() => {
    void Promise.all([lastPerson(verbs), listUnfinished(verbs)]).then(([person, drafts]) =>
      setKept({ last: person, unfinished: drafts }),
    );
  }, [verbs]);
  return kept;
}
