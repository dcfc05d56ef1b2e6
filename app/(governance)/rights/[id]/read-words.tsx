"use client";
/**
 * One text in free words. Words are marked with the mouse, a finger or by word with the keyboard, and are blacked out;
 * or the whole text is released or withheld.
 */
import { Button, Checkbox, Select } from "@mantine/core";
import { useState } from "react";
import { REDACTION_REASONS } from "../../../../server/domain/rights/redaction";
import type { QueuedWords } from "../../../../server/rights-packs";
import form from "../../../_ui/form.module.css";
import styles from "./read-words.module.css";
import request from "./request.module.css";

type Reason = keyof typeof REDACTION_REASONS;

export type Decided =
  | { decision: "release" }
  | { decision: "black-out"; passages: [number, number][]; because: Reason; professionalId: string | null }
  | { decision: "withhold"; because: Reason; professionalId: string | null };

interface ReadWordsProps {
  words: QueuedWords;
  professionals: readonly { id: string; name: string }[];
  busy: boolean;
  onDecide: (decided: Decided) => void;
}

const REASONS = Object.entries(REDACTION_REASONS).map(([value, label]) => ({ value, label }));
const isReason = (code: string | null): code is Reason => code !== null && code in REDACTION_REASONS;

/** A text as words and what stands between them, each with where it begins. */
function piecesOf(text: string): { from: number; text: string; isWord: boolean }[] {
  return [...text.matchAll(/\S+|\s+/g)].map((found) => ({
    from: found.index,
    text: found[0],
    isWord: /\S/.test(found[0]),
  }));
}

export function ReadWords({ words, professionals, busy, onDecide }: ReadWordsProps) {
  const [marked, setMarked] = useState<ReadonlySet<number>>(new Set());
  const [because, setBecause] = useState<string | null>("third-party");
  const [professionalId, setProfessionalId] = useState<string | null>(null);
  const [isWhole, setWhole] = useState(false);
  const pieces = piecesOf(words.text);
  const hides = isWhole || marked.size > 0;
  const isHarm = because === "harm";
  const toggle = (from: number) => {
    const next = new Set(marked);
    if (!next.delete(from)) next.add(from);
    setMarked(next);
  };
  const decide = () => {
    if (!hides || !isReason(because)) return onDecide({ decision: "release" });
    const reason = { because, professionalId: isHarm ? professionalId : null };
    if (isWhole) return onDecide({ decision: "withhold", ...reason });
    const passages = pieces.flatMap(({ from, text }): [number, number][] =>
      marked.has(from) ? [[from, from + text.length]] : [],
    );
    return onDecide({ decision: "black-out", passages, ...reason });
  };
  return (
    <>
      <p className={request["about"]}>{words.title}. Press a word to black it out.</p>
      <p className={request["words"]} data-whole={isWhole || undefined}>
        {pieces.map(({ from, text, isWord }) =>
          isWord ? (
            <button
              key={from}
              type="button"
              className={styles["word"]}
              aria-pressed={isWhole || marked.has(from)}
              disabled={isWhole}
              onClick={() => toggle(from)}
            >
              {text}
            </button>
          ) : (
            text
          ),
        )}
      </p>
      <div className={form["form"]}>
        <Checkbox
          label="Withhold the whole text"
          checked={isWhole}
          onChange={(event) => setWhole(event.currentTarget.checked)}
        />
        {hides && (
          <Select
            label="Why is it taken out?"
            data={REASONS}
            allowDeselect={false}
            value={because}
            onChange={setBecause}
          />
        )}
        {hides && isHarm && (
          <Select
            label="Which professional says so?"
            description="You cannot judge this yourself. Ask them first: their name stands beside it."
            placeholder="Choose"
            data={professionals.map(({ id, name }) => ({ value: id, label: name }))}
            value={professionalId}
            onChange={setProfessionalId}
          />
        )}
        <Button loading={busy} disabled={hides && isHarm && professionalId === null} onClick={decide}>
          {isWhole
            ? "Withhold it and go on"
            : marked.size > 0
              ? `Black out ${marked.size === 1 ? "one word" : `${marked.size} words`} and go on`
              : "Release it as it is"}
        </Button>
      </div>
    </>
  );
}
