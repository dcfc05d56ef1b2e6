"use client";
/** Needs to pick without typing: those that often come with what was picked, and the service's own list. */
import { useState } from "react";
import type { NeedOffer } from "../../../server/domain/need-pairs";
import { findNeed } from "../../../server/domain/needs";
import { Chip } from "../../_ui/chip";
import styles from "./log-screen.module.css";

/** How many of the service's needs are offered until all are asked for. */
const OFFERED = 6;

interface OftenTogetherProps {
  offers: readonly NeedOffer[];
  onPick: (code: string) => void;
}

/** What people here often bring together, each with the reason for offering it. */
export function OftenTogether({ offers, onPick }: OftenTogetherProps) {
  if (offers.length === 0) return null;
  return (
    <section className={styles["section"]} aria-labelledby="together-title">
      <h2 id="together-title" className={styles["label"]}>
        Worth asking
      </h2>
      <ul className={styles["together"]}>
        {offers.map(({ need, reason }) => (
          <li key={need.code}>
            <Chip kind="offer" aria-describedby={`why-${need.code}`} onClick={() => onPick(need.code)}>
              {need.label}
            </Chip>
            <span id={`why-${need.code}`} className={styles["why"]}>
              {reason}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The service's need list as offers: the first few, then all of it. */
export function OftenHere({ codes, onPick }: { codes: readonly string[]; onPick: (code: string) => void }) {
  const [all, setAll] = useState(false);
  if (codes.length === 0) return null;
  return (
    <section className={styles["section"]} aria-labelledby="offers-title">
      <h2 id="offers-title" className={styles["label"]}>
        Often here
      </h2>
      <div className={styles["chips"]}>
        {(all ? codes : codes.slice(0, OFFERED)).map((code) => (
          <Chip key={code} kind="offer" onClick={() => onPick(code)}>
            {findNeed(code)?.label ?? code}
          </Chip>
        ))}
        {!all && codes.length > OFFERED && (
          <button type="button" className={styles["change"]} onClick={() => setAll(true)}>
            {codes.length - OFFERED} more
          </button>
        )}
      </div>
    </section>
  );
}
