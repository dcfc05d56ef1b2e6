/**
 * One difference on a scale of its own: the 95% interval as a bar, the difference as its dot, and no difference marked.
 * Hollow where it is not clear which way it points.
 */
import { ticks } from "d3-array";
import { scaleLinear } from "d3-scale";
import { ChartCanvas, type ChartLook, paletteOf } from "./chart-canvas";
import { type Ends, endText, type Interval, reachOf } from "./lab-numbers";
import { widthOf } from "./text-width";

interface IntervalLineProps {
  width: number;
  of: Interval;
  ends: Ends;
  /** Whether the interval leaves out no difference. */
  clear: boolean;
  label: string;
  look?: ChartLook;
}

const HEIGHT = 56;
const MIDDLE = 16;
const SIZE = 12.5;
/** Room that the words of a tick need. */
const APART = 112;

export function IntervalLine({ width, of, ends, clear, label, look }: IntervalLineProps) {
  const palette = paletteOf(look);
  const reach = reachOf([of]);
  const count = Math.max(2, Math.floor(width / APART));
  // As much room at both ends as half of the longest words need, so that all stand in the middle of their tick.
  const longest = Math.max(...ticks(...reach, count).map((tick) => widthOf(endText(tick, ends), SIZE)));
  const room = Math.min(width / 4, Math.max(12, longest / 2 + 2));
  const x = scaleLinear(reach, [room, width - room]);
  const [from, to] = reach;
  return (
    <ChartCanvas width={width} height={HEIGHT} label={label} look={look}>
      <line x1={x(from)} x2={x(to)} y1={MIDDLE} y2={MIDDLE} stroke={palette.edge} />
      {ticks(from, to, count).map((tick) => {
        const isSame = tick === 0;
        const tall = isSame ? 13 : 4;
        return (
          <g key={tick}>
            <line
              x1={x(tick)}
              x2={x(tick)}
              y1={MIDDLE - tall}
              y2={MIDDLE + tall}
              stroke={isSame ? palette.ink2 : palette.edge}
              {...(isSame && { strokeDasharray: "3 3" })}
            />
            <text x={x(tick)} y={MIDDLE + 33} fontSize={SIZE} textAnchor="middle" fill={palette.ink2}>
              {endText(tick, ends)}
            </text>
          </g>
        );
      })}
      <line
        x1={x(of.low)}
        x2={x(of.high)}
        y1={MIDDLE}
        y2={MIDDLE}
        stroke={palette.subject}
        strokeWidth={clear ? 8 : 3}
      />
      <circle
        cx={x(of.difference)}
        cy={MIDDLE}
        r={7.5}
        fill={clear ? palette.subject : palette.surface}
        stroke={clear ? palette.surface : palette.subject}
        strokeWidth={3}
      />
    </ChartCanvas>
  );
}

/** Words near an edge stand inside it. */
export function anchorAt(x: number, width: number): "start" | "middle" | "end" {
  if (x < 30) return "start";
  return x > width - 30 ? "end" : "middle";
}
