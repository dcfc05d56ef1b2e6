"use client";
/**
 * One field over the whole taxonomy: what people say ("skint") finds what it is called. Results open upwards on
 * a phone, above the thumb, and downwards beside a keyboard; arrows, Enter and Escape work as in any combobox
 * (ARIA combobox pattern with a list).
 */
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { type NeedHit, searchNeeds } from "../../../server/domain/need-search";
import type { Need } from "../../../server/domain/needs";
import type { Day } from "../../../server/domain/period";
import { Icon } from "../../_ui/icon";
import search from "../../_ui/search-field.module.css";
import styles from "./need-search.module.css";

const MOST_SHOWN = 8;

interface NeedSearchProps {
  label: string;
  /** Needs retired before this day are not offered. */
  day: Day | null;
  /** Codes that this contact names already; they are not offered again. */
  taken: ReadonlySet<string>;
  /** Codes of issues that are open: picking one carries it on. */
  open: ReadonlySet<string>;
  onPick: (need: Need) => void;
}

export function NeedSearch({ label, day, taken, open: openNeeds, onPick }: NeedSearchProps) {
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  const hits = useMemo(() => searchNeeds(text, { limit: MOST_SHOWN, ...(day && { day }) }), [text, day]);
  const matches = useMemo(() => hits.filter(({ need }) => !taken.has(need.code)), [hits, taken]);
  const shown = open && text.trim() !== "";
  const current = Math.min(active, Math.max(0, matches.length - 1));

  useEffect(() => {
    // A slash reaches the search from anywhere but a field, as on other desks.
    const onKey = (event: KeyboardEvent) => {
      const inField = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
      if (event.key !== "/" || inField) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  useEffect(() => {
    if (shown) list.current?.children[current]?.scrollIntoView({ block: "nearest" });
  }, [shown, current]);

  const pick = (match: NeedHit | undefined) => {
    if (!match) return;
    onPick(match.need);
    setText("");
    setActive(0);
    input.current?.focus();
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive((current + step + matches.length) % Math.max(1, matches.length));
    } else if (event.key === "Enter" && shown) {
      event.preventDefault();
      pick(matches[current]);
    } else if (event.key === "Escape") {
      setText("");
      setOpen(false);
    }
  };

  return (
    <search
      className={styles["search"]}
      data-open={shown || undefined}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      {shown && (
        <div className={styles["results"]}>
          {matches.length === 0 ? (
            <p className={styles["none"]}>
              {hits.length > 0
                ? `${hits[0]?.need.label} is on the list above already.`
                : "Nothing by that word. Try another, or search “not listed” and say it in your own words."}
            </p>
          ) : (
            <div role="listbox" id={`${id}-list`} aria-label="Needs found" ref={list}>
              {matches.map((match, index) => (
                <div
                  key={match.need.code}
                  role="option"
                  tabIndex={-1}
                  id={`${id}-${match.need.code}`}
                  aria-selected={index === current}
                  data-active={index === current || undefined}
                  className={styles["option"]}
                  // Keeps the focus, and so the keyboard of the phone, in the field.
                  onPointerDown={(event) => event.preventDefault()}
                  onClick={() => pick(match)}
                  onKeyDown={(event) => event.key === "Enter" && pick(match)}
                >
                  <div className={styles["optionWords"]}>
                    <div className={styles["optionName"]}>{match.need.label}</div>
                    <div className={styles["optionLine"]}>
                      {openNeeds.has(match.need.code) ? (
                        "Open already: carry it on"
                      ) : (
                        <WhyFound match={match} />
                      )}
                    </div>
                  </div>
                  <span className={styles["plus"]}>
                    <Icon name="add" />
                  </span>
                </div>
              ))}
            </div>
          )}
        </div>
      )}
      <div className={styles["field"]}>
        <Icon name="search" size={18} />
        <input
          ref={input}
          id="need-search"
          className={styles["input"]}
          type="text"
          inputMode="search"
          enterKeyHint="search"
          role="combobox"
          aria-label={label}
          aria-expanded={shown}
          aria-controls={shown && matches.length > 0 ? `${id}-list` : undefined}
          aria-autocomplete="list"
          aria-activedescendant={
            shown && matches[current] ? `${id}-${matches[current].need.code}` : undefined
          }
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder={label}
          value={text}
          onFocus={() => setOpen(true)}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setActive(0);
            setOpen(true);
          }}
          onKeyDown={onKeyDown}
        />
        {text !== "" && (
          <button
            type="button"
            className={search["clear"]}
            aria-label="Clear the search"
            onClick={() => {
              setText("");
              input.current?.focus();
            }}
          >
            <Icon name="close" size={17} />
          </button>
        )}
      </div>
      <span className="visually-hidden" role="status">
        {shown && `${matches.length} ${matches.length === 1 ? "need" : "needs"} found`}
      </span>
    </search>
  );
}

/** "Also called skint, no money, cost of living", or the definition when the name itself was found. */
function WhyFound({ match: { need, synonym } }: { match: NeedHit }) {
  if (synonym === null) return need.definition;
  const others = need.synonyms.filter((other) => other !== synonym).slice(0, 2);
  return (
    <>
      Also called <mark>{synonym}</mark>
      {others.length > 0 && `, ${others.join(", ")}`}
    </>
  );
}
