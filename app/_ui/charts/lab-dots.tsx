/**
 * Groups as a hundred dots each, side by side: as many filled as people in every hundred of whom it is true. The same
 * dots stand for the same share, whatever the size of the groups; that is said below each.
 */
import { range } from "d3-array";
import type { DotsChart } from "../../../server/domain/impact/paper";
import { ChartCanvas, type ChartLook, paletteOf } from "./chart-canvas";
import type { ChartPalette } from "./palette";
import { linesOf, widthOf } from "./text-width";

interface HundredDotsProps extends Pick<DotsChart, "groups"> {
  width: number;
  label: string;
  look?: ChartLook;
}

const ACROSS = 10;
/** A wider picture would not be clearer. */
const WIDEST_SIDE = 234;
const WORDS = 15;
const LINE = 20;
const NOTE = 13;
const NOTE_LINE = 18;
const MOST_LINES = 4;

export function HundredDots({ width, groups, label, look }: HundredDotsProps) {
  const palette = paletteOf(look);
  const gap = width < 480 ? 26 : 46;
  const side = Math.min(WIDEST_SIDE, Math.floor((width + gap) / Math.max(1, groups.length)) - gap);
  const textTop = side + 24;
  const placed = groups.map((group, at) => {
    const share = `${group.filled} of 100`;
    // The share is bold and opens the first line; the words go on after it.
    const indent = widthOf(`${share} `, WORDS, "bold");
    const lines = linesAfter(group.label, indent, side);
    const notes = group.note === "" ? [] : linesOf(group.note, NOTE, side, MOST_LINES);
    const foot = textTop + (lines.length - 1) * LINE;
    return { ...group, x: at * (side + gap), isFirst: at === 0, share, indent, lines, notes, foot };
  });
  const height = Math.max(0, ...placed.map(({ foot, notes }) => foot + notes.length * NOTE_LINE)) + 6;
  return (
    <ChartCanvas width={width} height={height} label={label} look={look}>
      {placed.map((group) => (
        <g key={group.x} transform={`translate(${group.x} 0)`}>
          <Dots
            filled={group.filled}
            side={side}
            fill={group.isFirst ? palette.subject : palette.ink2}
            palette={palette}
          />
          <text fontSize={WORDS} fill={palette.ink}>
            <tspan x={0} y={textTop} fontWeight={700}>
              {group.share}
            </tspan>
            {group.lines.map((line, at) => (
              <tspan key={line} x={at === 0 ? group.indent : 0} y={textTop + at * LINE}>
                {line}
              </tspan>
            ))}
          </text>
          {group.notes.map((line, at) => (
            <text
              key={line}
              x={0}
              y={group.foot + (at + 1) * NOTE_LINE + 1}
              fontSize={NOTE}
              fill={palette.ink2}
            >
              {line}
            </text>
          ))}
        </g>
      ))}
    </ChartCanvas>
  );
}

/** Words in lines, of which the first is shorter by what stands before it, and empty when nothing fits there. */
function linesAfter(words: string, indent: number, room: number): string[] {
  const rest = words.split(" ");
  const first: string[] = [];
  while (rest[0] !== undefined && indent + widthOf([...first, rest[0]].join(" "), WORDS) <= room) {
    first.push(rest[0]);
    rest.shift();
  }
  return [first.join(" "), ...(rest.length > 0 ? linesOf(rest.join(" "), WORDS, room, MOST_LINES) : [])];
}

interface DotsProps {
  filled: number;
  side: number;
  fill: string;
  palette: ChartPalette;
}

function Dots({ filled, side, fill, palette }: DotsProps) {
  const pitch = side / ACROSS;
  const radius = pitch * 0.36;
  return range(ACROSS * ACROSS).map((at) => {
    const isFilled = at < filled;
    return (
      <circle
        key={at}
        cx={(at % ACROSS) * pitch + pitch / 2}
        cy={Math.floor(at / ACROSS) * pitch + pitch / 2}
        r={isFilled ? radius : radius - 0.5}
        fill={isFilled ? fill : "none"}
        {...(!isFilled && { stroke: palette.edge })}
      />
    );
  });
}
