/**
 * How the share of people with no event fell in each of two groups, told at a few days and joined by straight lines:
 * not every step may be told outside.
 */
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { CurvesChart } from "../../../server/domain/impact/paper";
import { ChartCanvas, type ChartLook, paletteOf } from "./chart-canvas";
import { type ChartKey, ChartKeys, heightOfKeys } from "./chart-keys";

interface TwoCurvesProps extends Pick<CurvesChart, "days" | "treated" | "comparison" | "names"> {
  width: number;
  label: string;
  look?: ChartLook;
}

const HEIGHT = 190;
const LEFT = 44;
const RIGHT = 46;
const AXIS = 48;

export function TwoCurves({ width, days, treated, comparison, names, label, look }: TwoCurvesProps) {
  const palette = paletteOf(look);
  const keys: ChartKey[] = [
    { words: names.treated, mark: { fill: palette.subject } },
    { words: names.comparison, mark: { fill: palette.ink2 } },
  ];
  const top = heightOfKeys(keys, width) + 8;
  const floor = top + HEIGHT;
  const all = [...treated, ...comparison];
  // From the tens below the lowest share: what is shown of the scale is said on it.
  const lowest = Math.max(0, Math.floor((Math.min(100, ...all) - 5) / 10) * 10);
  const x = scaleLinear([0, Math.max(1, ...days)], [LEFT, width - RIGHT]);
  const y = scaleLinear([lowest, 100], [floor, top]);
  const path = (shares: readonly number[]) =>
    line<[number, number]>(
      ([day]) => x(day),
      ([, share]) => y(share),
    )([[0, 100], ...days.map((day, at): [number, number] => [day, shares[at] ?? 100])]) ?? "";
  const series = [
    { name: names.comparison, shares: comparison, colour: palette.ink2, dash: "6 4" },
    { name: names.treated, shares: treated, colour: palette.subject, dash: undefined },
  ];
  const last = days.length - 1;
  const ends = endsApart(y(treated[last] ?? 100), y(comparison[last] ?? 100));
  return (
    <ChartCanvas width={width} height={floor + AXIS} label={label} look={look}>
      <ChartKeys keys={keys} width={width} palette={palette} hatch="" />
      {y.ticks(4).map((share) => (
        <g key={share}>
          <line x1={LEFT} x2={width - RIGHT} y1={y(share)} y2={y(share)} stroke={palette.line} />
          <text x={LEFT - 8} y={y(share) + 4} fontSize={12.5} textAnchor="end" fill={palette.ink3}>
            {`${share}%`}
          </text>
        </g>
      ))}
      {series.map(({ name, shares, colour, dash }, at) => (
        <g key={name}>
          <path d={path(shares)} fill="none" stroke={colour} strokeWidth={2.5} strokeDasharray={dash} />
          {days.map((day, place) => (
            <circle key={day} cx={x(day)} cy={y(shares[place] ?? 100)} r={4} fill={colour} />
          ))}
          <text
            x={x(days[last] ?? 0) + 9}
            y={(at === 0 ? ends.comparison : ends.treated) + 5}
            fontSize={13.5}
            fontWeight={700}
            fill={colour}
          >
            {`${shares[last] ?? 100}%`}
          </text>
        </g>
      ))}
      {[0, ...days].map((day) => (
        <text key={day} x={x(day)} y={floor + 18} fontSize={12.5} textAnchor="middle" fill={palette.ink3}>
          {day}
        </text>
      ))}
      <text x={width - RIGHT} y={floor + 38} fontSize={12.5} textAnchor="end" fill={palette.ink3}>
        days
      </text>
    </ChartCanvas>
  );
}

/** Two heights for words that must not touch, as near to their own as that allows. */
function endsApart(treated: number, comparison: number) {
  const between = comparison - treated;
  if (Math.abs(between) >= 16) return { treated, comparison };
  const middle = (treated + comparison) / 2;
  const side = between < 0 ? -1 : 1;
  return { treated: middle - side * 8, comparison: middle + side * 8 };
}
