"use client";
/** One outcome: its code and words, and needs found by any word that people use for them. */
import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { Outcome } from "../../../server/domain/impact/own-framework";
import { searchNeeds } from "../../../server/domain/need-search";
import { findNeed } from "../../../server/domain/needs";
import { Chip } from "../../_ui/chip";
import type { FieldError } from "../../_ui/error-summary";
import { faultOf } from "../../_ui/faults";
import { Icon } from "../../_ui/icon";
import type { EditedOutcome } from "./framework-editor";
import styles from "./outcomes.module.css";

const MOST_FOUND = 8;

interface OutcomeFieldsProps {
  /** Its place, from 1. */
  number: number;
  outcome: EditedOutcome;
  errors: readonly FieldError[];
  onChange: (with_: Partial<Outcome>) => void;
  /** Missing for the only one. */
  onRemove?: () => void;
}

export function OutcomeFields({ number, outcome, errors, onChange, onRemove }: OutcomeFieldsProps) {
  const [text, setText] = useState("");
  const id = (part: string) => `outcome-${outcome.key}-${part}`;
  const { code, label, needs } = outcome;
  const found = searchNeeds(text, { limit: MOST_FOUND }).filter(({ need }) => !needs.includes(need.code));
  return (
    <fieldset className={styles["outcome"]}>
      <legend className="visually-hidden">Outcome {number}</legend>
      <div className={styles["words"]}>
        <TextInput
          id={id("code")}
          label="Code"
          maxLength={12}
          autoComplete="off"
          error={faultOf(errors, id("code"))}
          value={code}
          onChange={(event) => onChange({ code: event.currentTarget.value })}
        />
        <TextInput
          id={id("label")}
          label="Outcome"
          maxLength={140}
          autoComplete="off"
          error={faultOf(errors, id("label"))}
          value={label}
          onChange={(event) => onChange({ label: event.currentTarget.value })}
        />
      </div>
      {needs.length > 0 && (
        <ul className={styles["chips"]} aria-label={`Needs of outcome ${number}`}>
          {needs.map((need) => (
            <li key={need}>
              <Chip
                kind="chosen"
                icon="close"
                aria-label={`Take ${labelOf(need)} off`}
                onClick={() => onChange({ needs: needs.filter((other) => other !== need) })}
              >
                {labelOf(need)}
              </Chip>
            </li>
          ))}
        </ul>
      )}
      <TextInput
        id={id("needs")}
        label={`Needs that stand for it`}
        description="Search by any word, such as “skint” or “evicted”."
        autoComplete="off"
        leftSection={<Icon name="search" size={18} />}
        error={faultOf(errors, id("needs"))}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          // Enter takes the best match, and does not send the form.
          event.preventDefault();
          const [best] = found;
          if (best) {
            onChange({ needs: [...needs, best.need.code] });
            setText("");
          }
        }}
      />
      {text.trim() !== "" && (
        <div className={styles["chips"]}>
          {found.length === 0 && (
            <p className={styles["quiet"]}>Nothing by that word, or it is chosen already.</p>
          )}
          {found.map(({ need }) => (
            <Chip
              key={need.code}
              kind="offer"
              onClick={() => {
                onChange({ needs: [...needs, need.code] });
                setText("");
              }}
            >
              {need.label}
            </Chip>
          ))}
        </div>
      )}
      {onRemove && (
        <button type="button" className={styles["remove"]} onClick={onRemove}>
          Take outcome {number} out
        </button>
      )}
    </fieldset>
  );
}

const labelOf = (code: string) => findNeed(code)?.label ?? code;
