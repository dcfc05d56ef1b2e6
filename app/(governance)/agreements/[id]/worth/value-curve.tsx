/** What remains against what it costs, step by step, with the chord that the knee is measured from. */
import { scaleLinear } from "d3-scale";
import { DETAIL_WORDS, PLACE_WORDS } from "../../../../../server/domain/agreements/in-words";
import type { LadderStep } from "../../../../../server/domain/agreements/value-map";
import { ChartCanvas, paletteOf } from "../../../../_ui/charts/chart-canvas";
import { linesOf, widthOf } from "../../../../_ui/charts/text-width";

interface ValueCurveProps {
  width: number;
  steps: readonly LadderStep[];
  bend: LadderStep | null;
  /** The value of everything. */
  most: number;
}

const HEIGHT = 240;
const LEFT = 44;
const RIGHT = 12;
const TOP = 14;
const BOTTOM = 40;
const SIZE = 12.5;

export function ValueCurve({ width, steps, bend, most }: ValueCurveProps) {
  const palette = paletteOf(undefined);
  const costs = steps.map(({ cost }) => cost);
  const x = scaleLinear([Math.min(...costs), Math.max(...costs)], [LEFT + 8, width - RIGHT - 8]);
  const y = scaleLinear([0, most], [HEIGHT - BOTTOM, TOP]);
  const [top, bottom] = [steps[0], steps.at(-1)];
  const kneeWords =
    bend &&
    `The knee: ${PLACE_WORDS[bend.place].toLowerCase()}, ${DETAIL_WORDS[bend.detail].name.toLowerCase()}`;
  return (
    <ChartCanvas
      width={width}
      height={HEIGHT}
      label={`Value that remains against cost, in ${steps.length} steps${kneeWords ? `. ${kneeWords}` : ""}`}
    >
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <line
            x1={LEFT}
            x2={width - RIGHT}
            y1={y(share * most)}
            y2={y(share * most)}
            stroke={palette.line}
          />
          <text x={LEFT - 8} y={y(share * most) + 4} fontSize={SIZE} textAnchor="end" fill={palette.ink3}>
            {share * 100}%
          </text>
        </g>
      ))}
      {top && bottom && (
        <line
          x1={x(bottom.cost)}
          y1={y(bottom.value)}
          x2={x(top.cost)}
          y2={y(top.value)}
          stroke={palette.edge}
          strokeDasharray="4 4"
        />
      )}
      <polyline
        points={steps.map((step) => `${x(step.cost)},${y(step.value)}`).join(" ")}
        fill="none"
        stroke={palette.subject}
        strokeWidth={2.5}
      />
      {steps.map((step) => (
        <circle
          key={`${step.place} ${step.detail}`}
          cx={x(step.cost)}
          cy={y(step.value)}
          r={step === bend ? 7.5 : 4}
          fill={step === bend ? palette.ink : palette.subject}
          stroke={palette.surface}
          strokeWidth={2}
        />
      ))}
      {bend && kneeWords && (
        <g
          fontSize={KNEE.size}
          fontWeight={650}
          fill={palette.ink}
          stroke={palette.surface}
          strokeWidth={5}
          strokeLinejoin="round"
          paintOrder="stroke"
        >
          {kneeLines(kneeWords, { x: x(bend.cost), y: y(bend.value) }, width).map(({ line, ...where }) => (
            <text key={line} {...where}>
              {line}
            </text>
          ))}
        </g>
      )}
      <text x={LEFT} y={HEIGHT - 12} fontSize={SIZE} fill={palette.ink2}>
        costs least
      </text>
      <text x={width - RIGHT} y={HEIGHT - 12} fontSize={SIZE} textAnchor="end" fill={palette.ink2}>
        costs most
      </text>
    </ChartCanvas>
  );
}

const KNEE = { size: 13.5, lineHeight: 17, gap: 12, mostLines: 4, leastRoom: 110 };

/**
 * Where the words stand beside the knee. The curve rises from left to right, so it never runs below and right of the
 * knee, nor above and left of it: below and right where there is room, else above and left.
 */
function kneeLines(words: string, knee: { x: number; y: number }, width: number) {
  const { size, lineHeight, gap, mostLines, leastRoom } = KNEE;
  const right = width - RIGHT - 4 - (knee.x + gap);
  const isRight = right >= leastRoom;
  const room = isRight ? right : knee.x - gap - LEFT - 4;
  // Words are measured as regular ones and drawn bold.
  const lines = linesOf(words, size, room * (widthOf(words, size) / widthOf(words, size, "bold")), mostLines);
  const first = isRight ? knee.y + 26 : Math.max(TOP, knee.y - 14 - (lines.length - 1) * lineHeight);
  return lines.map((line, at) => ({
    line,
    x: isRight ? knee.x + gap : knee.x - gap,
    y: first + at * lineHeight,
    textAnchor: isRight ? ("start" as const) : ("end" as const),
  }));
}
