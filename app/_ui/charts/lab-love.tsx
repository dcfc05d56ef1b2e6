/**
 * How alike two groups are, thing by thing: how far apart they were before matching (hollow) and after (filled), on
 * grounds that say which distances are good and which are fair. Distances are standardised differences.
 */
import { sum } from "d3-array";
import { scaleLinear } from "d3-scale";
import type { LoveChart } from "../../../server/domain/impact/paper";
import { ChartCanvas, type ChartLook, paletteOf } from "./chart-canvas";
import { type ChartKey, ChartKeys, heightOfKeys } from "./chart-keys";
import { signed } from "./lab-numbers";
import { linesOf, shortened } from "./text-width";

interface LoveProps extends Omit<LoveChart, "kind"> {
  width: number;
  label: string;
  look?: ChartLook;
}

/** Hundredths of a standard deviation: differences beyond this are drawn at the edge, with an arrow head. */
const FURTHEST = 50;
const NAME = 14;
const LINE = 17;
const NARROW = 480;
const AXIS = 46;
/** Room that a number on the axis needs. */
const APART = 27;

export function Love({ width, unit, good, fair, before, after, lines, label, look }: LoveProps) {
  const palette = paletteOf(look);
  const names = width < NARROW ? Math.round(width * 0.38) : Math.min(220, Math.round(width * 0.36));
  const furthest = Math.max(
    2 * fair,
    ...lines.flatMap((line) => [Math.abs(line.before), Math.abs(line.after)]),
  );
  const reach = Math.min(FURTHEST, furthest * 1.08);
  const x = scaleLinear([-reach, reach], [names + 16, width - 12]);
  const within = (value: number) => Math.max(-reach, Math.min(reach, value));
  const keys: ChartKey[] = [
    { words: before, mark: { ring: palette.ink2 } },
    { words: after, mark: { dot: palette.subject } },
    { words: `up to ${good}: good`, mark: { fill: palette.wash, edge: palette.edge } },
    { words: `up to ${fair}: fair`, mark: { fill: palette.caution, edge: palette.edge } },
  ];
  const top = heightOfKeys(keys, width) + 4;
  const placed = lines.map((line) => {
    const name = linesOf(line.label, NAME, names, 3);
    return { line, name, height: Math.max(30, name.length * LINE + 10) };
  });
  const floor = top + sum(placed, ({ height }) => height);
  const outermost = Math.floor(reach / 10) * 10;
  const sides = [...new Set([fair, outermost])].filter((tick) => x(tick) - x(0) > APART);
  const ticks = [0, ...sides, ...sides.map((tick) => -tick)];
  let head = top;
  return (
    <ChartCanvas width={width} height={floor + AXIS} label={label} look={look}>
      <ChartKeys keys={keys} width={width} palette={palette} hatch="" />
      {[
        { to: fair, fill: palette.caution },
        { to: good, fill: palette.wash },
      ].map(({ to, fill }) => (
        <rect key={to} x={x(-to)} y={top} width={x(to) - x(-to)} height={floor - top} fill={fill} />
      ))}
      <line x1={x(0)} x2={x(0)} y1={top} y2={floor} stroke={palette.edge} />
      {placed.map(({ line, name, height }) => {
        const y = head + height / 2;
        head += height;
        const isBeyond = Math.abs(line.before) > reach;
        return (
          <g key={line.label}>
            <title>{`${line.label}: ${signed(line.before)} ${before}, ${signed(line.after)} ${after}`}</title>
            <text fontSize={NAME} fill={palette.ink}>
              {name.map((text, at) => (
                <tspan key={text} x={0} y={y - ((name.length - 1) * LINE) / 2 + 5 + at * LINE}>
                  {text}
                </tspan>
              ))}
            </text>
            <line
              x1={x(within(line.before))}
              x2={x(within(line.after))}
              y1={y}
              y2={y}
              stroke={palette.edge}
            />
            {isBeyond ? (
              <path d={arrowAt(x(within(line.before)), y, Math.sign(line.before))} fill={palette.ink2} />
            ) : (
              <circle
                cx={x(line.before)}
                cy={y}
                r={4.6}
                fill={palette.surface}
                stroke={palette.ink2}
                strokeWidth={1.6}
              />
            )}
            <circle cx={x(within(line.after))} cy={y} r={5.2} fill={palette.subject} />
          </g>
        );
      })}
      {ticks.map((tick) => (
        <text key={tick} x={x(tick)} y={floor + 17} fontSize={12.5} textAnchor="middle" fill={palette.ink2}>
          {tick === 0 ? "0" : signed(tick)}
        </text>
      ))}
      <text x={x(0)} y={floor + 37} fontSize={12.5} textAnchor="middle" fill={palette.ink3}>
        {shortened(unit, 12.5, 2 * (width - x(0)))}
      </text>
    </ChartCanvas>
  );
}

const arrowAt = (x: number, y: number, side: number) => `M${x} ${y - 5}l${side * 8} 5l${-side * 8} 5z`;
