"use client";
/** A study while it runs: where it is, stage by stage, and that nobody has to wait for it. */
import { useEffect, useRef } from "react";
import { SHOWN_STAGES, type ShownStage } from "../../../../server/domain/lab/study";
import { Icon } from "../../../_ui/icon";
import type { StepOfStudy } from "../[id]/step-of-study";
import { Withdraw } from "../[id]/withdraw";
import styles from "./send.module.css";

const STAGE_WORDS: Readonly<Record<ShownStage, { title: string; means: string }>> = {
  opening: { title: "Opening the file", means: "with a key that only this run has" },
  reading: { title: "Reading it", means: "row by row, as your browser did" },
  "looking-for": {
    title: "Looking for your people and comparing them",
    means:
      "what happened is looked at last, and the file is destroyed. How far it is stays unsaid here: it would tell who was found",
  },
};

/** Those of a study for which nothing is sent. */
const WITHOUT_FILE: readonly ShownStage[] = ["looking-for"];

export function Running({ study, onMoved }: StepOfStudy) {
  const stages = study.needsFile ? SHOWN_STAGES : WITHOUT_FILE;
  const at = study.stage === null ? -1 : stages.indexOf(study.stage);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className={styles["columns"]}>
      <section className={styles["card"]} aria-labelledby="running">
        <h2 id="running" ref={heading} tabIndex={-1} className={styles["h2"]}>
          The study runs
        </h2>
        <p className={styles["text"]}>
          It takes from a few seconds to some minutes. You can leave this page: the result will be here when
          you come back.
        </p>
        <ol className={styles["stages"]}>
          {stages.map((stage, place) => {
            const state = place < at ? "done" : place === at ? "now" : "later";
            return (
              <li key={stage} data-state={state} aria-current={state === "now" ? "step" : undefined}>
                <span className={styles["dot"]}>{state === "done" && <Icon name="check" size={14} />}</span>
                <span>
                  <b>{STAGE_WORDS[stage].title}</b>
                  <span>{STAGE_WORDS[stage].means}</span>
                </span>
                <span className="visually-hidden">
                  {state === "done" ? "done" : state === "now" ? "now" : "still to come"}
                </span>
              </li>
            );
          })}
        </ol>
        <p className="visually-hidden" role="status">
          {study.stage === null ? "Waiting for its turn" : STAGE_WORDS[study.stage].title}
        </p>
      </section>
      <div className={styles["side"]}>
        <Withdraw study={study} onMoved={onMoved} />
      </div>
    </div>
  );
}
