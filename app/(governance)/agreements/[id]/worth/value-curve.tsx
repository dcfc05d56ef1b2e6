/** What remains against what it costs, step by step, with the chord that the knee is measured from. */
import { scaleLinear } from "d3-scale";
import { DETAIL_WORDS, PLACE_WORDS } from "../../../../../server/domain/agreements/in-words";
import type { LadderStep } from "../../../../../server/domain/agreements/value-map";
import { ChartCanvas, paletteOf } from "../../../../_ui/charts/chart-canvas";
import { widthOf } from "../../../../_ui/charts/text-width";

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
        <text
          x={Math.max(
            LEFT + 4,
            Math.min(x(bend.cost) + 12, width - RIGHT - widthOf(kneeWords, 13.5, "bold") - 4),
          )}
          y={y(bend.value) + 26}
          fontSize={13.5}
          fontWeight={650}
          fill={palette.ink}
        >
          {kneeWords}
        </text>
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
