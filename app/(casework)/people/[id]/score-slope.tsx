/**
 * The scores of one instrument from first to latest on its whole scale: a picture for the eye, the sentence under it
 * says the same. Up is a higher score, whether or not that is better.
 */
import type { Instrument, ScoreCourse } from "../../../../server/domain/instrument";
import { daysBetween } from "../../../../server/domain/period";
import styles from "./scores.module.css";

const WIDTH = 260;
const HEIGHT = 64;
/** Room for the numbers at both ends. */
const SIDE = 34;
const EDGE = 9;

export function ScoreSlope({ instrument, course }: { instrument: Instrument; course: ScoreCourse }) {
  const { lowest, highest } = instrument;
  const { first, latest, scores, days } = course;
  const x = (on: string) =>
    SIDE + (days === 0 ? 0.5 : daysBetween(first.scoredOn, on) / days) * (WIDTH - 2 * SIDE);
  const y = (score: number) => HEIGHT - EDGE - ((score - lowest) / (highest - lowest)) * (HEIGHT - 2 * EDGE);
  const points = scores.map(({ id, scoredOn, score }) => ({ id, x: x(scoredOn), y: y(score) }));
  return (
    <svg className={styles["slope"]} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
      {[lowest, highest].map((end) => (
        <line
          key={end}
          className={styles["end"]}
          x1={SIDE - 8}
          x2={WIDTH - SIDE + 8}
          y1={y(end)}
          y2={y(end)}
        />
      ))}
      <polyline
        className={styles["line"]}
        points={points.map((point) => `${point.x},${point.y}`).join(" ")}
      />
      {points.map((point) => (
        <circle key={point.id} className={styles["point"]} cx={point.x} cy={point.y} r={4} />
      ))}
      <text x={days === 0 ? x(first.scoredOn) - 10 : SIDE - 12} y={y(first.score) + 5} textAnchor="end">
        {first.score}
      </text>
      {scores.length > 1 && (
        <text x={days === 0 ? x(latest.scoredOn) + 10 : WIDTH - SIDE + 12} y={y(latest.score) + 5}>
          {latest.score}
        </text>
      )}
    </svg>
  );
}
