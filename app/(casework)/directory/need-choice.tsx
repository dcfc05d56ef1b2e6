"use client";
/** Choosing the needs that a service helps with: chosen ones as chips, more by searching. */
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { HAND_FIELDS } from "../../../server/domain/directory";
import { searchNeeds } from "../../../server/domain/need-search";
import { findNeed } from "../../../server/domain/needs";
import { Chip } from "../../_ui/chip";
import styles from "./directory.module.css";

const MOST_FOUND = 6;

interface NeedChoiceProps {
  id: string;
  codes: readonly string[];
  onChange: (codes: string[]) => void;
}

export function NeedChoice({ id, codes, onChange }: NeedChoiceProps) {
  const [text, setText] = useState("");
  const found = searchNeeds(text, { limit: MOST_FOUND }).filter(({ need }) => !codes.includes(need.code));
  return (
    <div>
      <TextInput
        id={id}
        label={HAND_FIELDS.needs}
        description="Search by any words and choose; press a chosen need to take it away"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.preventDefault();
        }}
      />
      <div className={styles["chips"]}>
        {codes.map((code) => (
          <Chip
            key={code}
            kind="chosen"
            icon="close"
            aria-label={`Take away ${findNeed(code)?.label ?? code}`}
            onClick={() => onChange(codes.filter((other) => other !== code))}
          >
            {findNeed(code)?.label ?? code}
          </Chip>
        ))}
        {found.map(({ need }) => (
          <Chip
            key={need.code}
            kind="offer"
            onClick={() => {
              onChange([...codes, need.code]);
              setText("");
            }}
          >
            {need.label}
          </Chip>
        ))}
      </div>
      <p className="visually-hidden" role="status">
        {text.trim() !== "" && `${found.length} needs found`}
      </p>
    </div>
  );
}
