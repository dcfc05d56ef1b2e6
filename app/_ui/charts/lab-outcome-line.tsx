/** A difference in a row of a table: its point and interval round the line of no difference, with the numbers below. */
import { scaleLinear } from "d3-scale";
import { type Interval, reachOf } from "./lab-numbers";
import { SCREEN_PALETTE } from "./palette";
import { widthOf } from "./text-width";

interface OutcomeLineProps {
  of: Interval;
  /** Whether the interval leaves out no difference. */
  clear: boolean;
  /** "−12 (−19 to −5)". */
  words: string;
  label: string;
}

const WIDTH = 232;
const HEIGHT = 44;
const MIDDLE = 13;
const SIZE = 12.5;

export function OutcomeLine({ of, clear, words, label }: OutcomeLineProps) {
  const { ink2, edge, subject, surface } = SCREEN_PALETTE;
  const [low, high] = reachOf([of]);
  const reach = Math.max(-low, high);
  // No difference stands in the middle, so that rows of several units share its place.
  const x = scaleLinear([-reach, reach], [8, WIDTH - 8]);
  const half = widthOf(words, SIZE) / 2;
  const middle = Math.max(half, Math.min(WIDTH - half, x(of.difference)));
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <line x1={x(0)} x2={x(0)} y1={0} y2={26} stroke={edge} strokeDasharray="3 3" />
      <path
        d={`M${x(of.low)} ${MIDDLE - 6}v12M${x(of.low)} ${MIDDLE}H${x(of.high)}M${x(of.high)} ${MIDDLE - 6}v12`}
        fill="none"
        stroke={subject}
        strokeWidth={2.4}
      />
      <circle
        cx={x(of.difference)}
        cy={MIDDLE}
        r={6.5}
        fill={clear ? subject : surface}
        stroke={subject}
        strokeWidth={2.2}
      />
      <text x={middle} y={40} fontSize={SIZE} textAnchor="middle" fill={ink2}>
        {words}
      </text>
    </svg>
  );
}
