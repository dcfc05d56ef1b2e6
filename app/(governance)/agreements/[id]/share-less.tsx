"use client";
/** Ways to share less than is drafted, each with how many of the wanted actions it leaves. One press takes it. */
import type { Cell } from "../../../../server/domain/agreements/agreement";
import { type Lesser, lesserWays, type ValueAction } from "../../../../server/domain/agreements/value-map";
import styles from "../agreements.module.css";

const NAMES: Readonly<Record<Lesser<Cell>["name"], string>> = {
  "as-drafted": "As drafted",
  "no-names": "No names or numbers",
  "colours-only": "Colours only",
  "known-to-only": "“Known to”, no more",
  "figures-only": "Figures only",
};

interface ShareLessProps {
  cells: readonly Cell[];
  /** Those that the draft is to support. */
  actions: readonly ValueAction[];
  onChoose: (cells: Cell[]) => void;
}

export function ShareLess({ cells, actions, onChoose }: ShareLessProps) {
  const ways = lesserWays(cells, actions);
  if (ways.length < 2) return null;
  return (
    <section aria-labelledby="share-less">
      <h2 id="share-less" className={styles["h3"]}>
        Could you share less?
      </h2>
      <div className={styles["lesser"]}>
        {ways.map((way) => (
          <button
            key={way.name}
            type="button"
            className={styles["way"]}
            aria-pressed={way.name === "as-drafted"}
            disabled={way.cells.length === 0}
            onClick={() => way.name !== "as-drafted" && onChoose(way.cells)}
          >
            <strong>{NAMES[way.name]}</strong>
            {actions.length > 0 && <Dots full={way.supported} of={actions.length} />}
            <small>{lossWords(way, actions.length)}</small>
          </button>
        ))}
      </div>
      {actions.length === 0 && (
        <p className={styles["below"]}>
          Add what people will do with it to see what each of these would cost.
        </p>
      )}
    </section>
  );
}

function Dots({ full, of }: { full: number; of: number }) {
  return (
    <span className={styles["dots"]}>
      {Array.from({ length: of }, (_, at) => at + 1).map((number) => (
        <i key={number} data-full={number <= full || undefined} aria-hidden="true" />
      ))}
      {full} of {of}
    </span>
  );
}

function lossWords({ name, cells, supported }: Lesser<Cell>, of: number): string {
  if (name === "as-drafted")
    return of > 0 && supported === of ? "Every action works" : "What the grid says now";
  if (cells.length === 0) return "Would share nothing";
  if (of === 0) return `${cells.length} ${cells.length === 1 ? "cell" : "cells"} left`;
  return supported === of ? "Every action still works" : `${of - supported} could not be done`;
}
