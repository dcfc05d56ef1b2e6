"use client";
/** Scores of one person: each instrument as a small slope from first to latest with its words, and a form. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import {
  courseInWords,
  courseOf,
  type Instrument,
  type ShownScore,
} from "../../../../server/domain/instrument";
import { type Day, dayOf } from "../../../../server/domain/period";
import { useTRPC } from "../../../_trpc/client";
import { dayNear } from "../../../_ui/dates";
import { EmptyState } from "../../../_ui/page-title";
import { Tag, type Tone } from "../../../_ui/tag";
import rail from "../../_actions/rail.module.css";
import { ScoreForm, VoidScore } from "./score-forms";
import { ScoreSlope } from "./score-slope";
import styles from "./scores.module.css";

export interface InstrumentScores {
  instrument: Instrument;
  scores: readonly ShownScore[];
}

interface ScoreSectionProps {
  clientId: string;
  today: Day;
  given: InstrumentScores[];
}

export function ScoreSection({ clientId, today, given }: ScoreSectionProps) {
  const trpc = useTRPC();
  const read = useQuery(
    trpc.instruments.scores.queryOptions(
      { clientId },
      { initialData: given.map(({ instrument, scores }) => ({ instrument, scores: [...scores] })) },
    ),
  );
  const [recording, setRecording] = useState(false);
  const [voiding, setVoiding] = useState<{ score: ShownScore; instrument: Instrument } | null>(null);
  const [said, setSaid] = useState("");
  const saved = async (words: string) => {
    await read.refetch();
    setSaid(words);
  };
  const usable = read.data.map(({ instrument }) => instrument).filter(({ closed }) => !closed);
  const scored = read.data.filter(({ scores }) => scores.length > 0);
  return (
    <section className={rail["section"]} aria-labelledby="scores-title">
      <div className={rail["head"]}>
        <h2 id="scores-title">Scores</h2>
        {usable.length > 0 && (
          <button
            type="button"
            className={`${rail["add"]} no-print`}
            aria-label="Record a score"
            onClick={() => setRecording(true)}
          >
            Record
          </button>
        )}
      </div>
      <div role="status" className={styles["said"]}>
        {said}
      </div>
      {scored.length === 0 && (
        <EmptyState>No scores yet. The first one is what later ones start from.</EmptyState>
      )}
      {scored.map(({ instrument, scores }) => (
        <ScoreCourse
          key={instrument.id}
          instrument={instrument}
          scores={scores}
          today={today}
          onVoid={(score) => setVoiding({ score, instrument })}
        />
      ))}
      <ScoreForm
        opened={recording}
        clientId={clientId}
        instruments={usable}
        today={today}
        onClose={() => setRecording(false)}
        onSaved={saved}
      />
      <VoidScore of={voiding} today={today} onClose={() => setVoiding(null)} onSaved={saved} />
    </section>
  );
}

const TURNS: Readonly<Record<"better" | "worse" | "same", { word: string; tone: Tone }>> = {
  better: { word: "Better", tone: "brand" },
  worse: { word: "Worse", tone: "wait" },
  same: { word: "The same", tone: "plain" },
};

interface ScoreCourseProps {
  instrument: Instrument;
  scores: readonly ShownScore[];
  today: Day;
  onVoid: (score: ShownScore) => void;
}

function ScoreCourse({ instrument, scores, today, onVoid }: ScoreCourseProps) {
  const course = courseOf(instrument.direction, scores);
  const turn = course && course.scores.length > 1 ? TURNS[course.turn] : null;
  return (
    <div className={styles["course"]}>
      <h3 className={styles["name"]}>
        {instrument.name} {turn && <Tag tone={turn.tone}>{turn.word}</Tag>}
      </h3>
      {course ? (
        <>
          <ScoreSlope instrument={instrument} course={course} />
          <p className={styles["words"]}>
            {courseInWords(instrument.direction, course)}.{" "}
            {course.scores.length > 1
              ? `${dayNear(course.first.scoredOn, today)} to ${dayNear(course.latest.scoredOn, today)}.`
              : `${dayNear(course.first.scoredOn, today)}.`}
          </p>
        </>
      ) : (
        <p className={styles["words"]}>Every score was voided.</p>
      )}
      <details className={rail["more"]}>
        <summary>
          {scores.length === 1 ? "The one score" : `All ${scores.length} scores`}
          <span className="visually-hidden"> of {instrument.name}</span>
        </summary>
        <ul className={styles["scores"]}>
          {[...scores].reverse().map((score) => (
            <li key={score.id} data-void={score.voided !== null || undefined}>
              <span>
                <strong>{score.score}</strong> {dayNear(score.scoredOn, today)}
                {score.memberName && `, ${score.memberName}`}
                {score.voided && (
                  <em>
                    Voided {dayNear(dayOf(score.voided.at), today)}: {score.voided.reason}
                  </em>
                )}
              </span>
              {!score.voided && (
                <button
                  type="button"
                  className={`${rail["add"]} no-print`}
                  aria-label={`Void the score of ${score.score} of ${dayNear(score.scoredOn, today)}`}
                  onClick={() => onVoid(score)}
                >
                  Void
                </button>
              )}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
