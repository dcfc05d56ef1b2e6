/**
 * Who is in a result: a bar for each stage that people passed, with the part that was lost before it left open, and
 * beside it the reasons. A hidden number is hatched and has no length.
 */
import { max, sum } from "d3-array";
import { scaleLinear } from "d3-scale";
import { useId } from "react";
import type { FunnelChart } from "../../../server/domain/impact/paper";
import { HIDDEN } from "../../../server/domain/impact/words";
import { inDigits } from "../../../server/domain/number-text";
import { ChartCanvas, type ChartLook, paletteOf } from "./chart-canvas";
import { Hatch } from "./hatch";
import { linesOf, widthOf } from "./text-width";

interface StagesProps extends Pick<FunnelChart, "stages"> {
  width: number;
  label: string;
  look?: ChartLook;
}

const BAR = 24;
const WORDS = 14;
const NOTE = 13;
const LINE = 17;
const GAP = 18;
/** As long as a hidden stage is drawn: it says that something is there, not how much. */
const HIDDEN_LENGTH = 18;
/** The longest bar, in a wide page: beyond it the eye loses the proportions. */
const LONGEST = 0.78;

export function Stages({ width, stages, label, look }: StagesProps) {
  const own = useId();
  const hatch = look ? `${look.id}-few` : own;
  const palette = paletteOf(look);
  const x = scaleLinear([0, max(stages, ({ people }) => people ?? 0) || 1], [0, Math.floor(width * LONGEST)]);
  const rows = stages.map((stage, at) => {
    const reasons = stage.lost === "" ? [] : linesOf(stage.lost, NOTE, width, 4);
    const beside =
      reasons.length === 1 && widthOf(stage.label, WORDS, "bold") + 16 + widthOf(stage.lost, NOTE) <= width;
    const below = beside ? 0 : reasons.length * LINE;
    const before = at === 0 ? null : (stages[at - 1]?.people ?? null);
    return { stage, reasons, beside, before, words: 20 + below, height: 20 + below + BAR + GAP };
  });
  let head = 0;
  return (
    <ChartCanvas width={width} height={sum(rows, ({ height }) => height) - GAP + 2} label={label} look={look}>
      <defs>
        <Hatch id={hatch} palette={palette} />
      </defs>
      {rows.map(({ stage, reasons, beside, before, words, height }, at) => {
        const top = head;
        head += height;
        const isLast = at === stages.length - 1;
        const bar = top + words;
        const length = stage.people === null ? HIDDEN_LENGTH : x(stage.people);
        const says = stage.people === null ? HIDDEN : inDigits(stage.people);
        const fits = stage.people !== null && widthOf(says, WORDS, "bold") + 16 < length;
        return (
          <g key={stage.label}>
            <text x={0} y={top + 14} fontSize={WORDS} fontWeight={600} fill={palette.ink}>
              {stage.label}
            </text>
            {reasons.map((line, row) => (
              <text
                key={line}
                x={beside ? width : 0}
                y={beside ? top + 14 : top + 31 + row * LINE}
                fontSize={NOTE}
                textAnchor={beside ? "end" : "start"}
                fill={palette.ink2}
              >
                {line}
              </text>
            ))}
            {before !== null && stage.people !== null && x(before) - length > 2 && (
              <rect
                x={length}
                y={bar + 0.5}
                width={x(before) - length - 0.5}
                height={BAR - 1}
                fill="none"
                stroke={palette.edge}
                strokeDasharray="3 3"
              />
            )}
            <rect
              x={stage.people === null ? 0.5 : 0}
              y={stage.people === null ? bar + 0.5 : bar}
              width={stage.people === null ? length - 1 : Math.max(2, length)}
              height={stage.people === null ? BAR - 1 : BAR}
              rx={stage.people === null ? 0 : 3}
              fill={stage.people === null ? `url(#${hatch})` : isLast ? palette.subject : palette.rest}
              {...(stage.people === null
                ? { stroke: palette.hatch }
                : !isLast && { stroke: palette.edge, strokeWidth: 0.75 })}
            />
            <text
              x={fits ? length - 8 : (stage.people === null ? length : Math.max(length, x(before ?? 0))) + 8}
              y={bar + 17}
              fontSize={WORDS}
              fontWeight={stage.people === null ? 400 : 700}
              textAnchor={fits ? "end" : "start"}
              fill={fits && isLast ? palette.surface : palette.ink}
            >
              {says}
            </text>
          </g>
        );
      })}
    </ChartCanvas>
  );
}
