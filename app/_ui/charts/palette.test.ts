/**
 * The colours of paper, by numbers: they must tell part, whole and line apart when printed in grey, and for the three
 * ways in which people do not see all colours.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type ChartPalette, DOCUMENT_PALETTE, SCREEN_PALETTE } from "./palette";

type Rgb = readonly [number, number, number];

/** Linear light of a colour, 0 to 1 (IEC 61966-2-1). */
function linear(hex: string): Rgb {
  const part = (from: number) => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** WCAG 2.2 contrast ratio: what is left of a difference in grey print. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(linear(one)), luminance(linear(other))].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear light. */
const SEEN_BY = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const;
type Sight = keyof typeof SEEN_BY;

function seen(hex: string, sight: Sight): Rgb {
  const colour = linear(hex);
  const [r, g, b] = SEEN_BY[sight].map((row) =>
    Math.min(1, Math.max(0, row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2])),
  );
  return [r ?? 0, g ?? 0, b ?? 0];
}

/** Difference of two colours of linear light in OKLab (Ottosson 2020), times 100; about 2 is just noticeable. */
function difference(one: Rgb, other: Rgb): number {
  const [a, b] = [oklab(one), oklab(other)];
  return 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function oklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

const { surface, ink, ink2, ink3, edge, hatch, subject, rest } = DOCUMENT_PALETTE;

test.each([
  ["the part beside the rest of its whole", subject, rest, 4.5],
  ["the part on the page", subject, surface, 7],
  ["the edge of the whole on the page", edge, surface, 3],
  ["hatching on the page", hatch, surface, 3],
  ["the line held against, on its rim of the page", ink, surface, 15],
  ["words", ink2, surface, 7],
  ["numbers of an axis", ink3, surface, 4.5],
])("in grey print, %s can be told apart", (_, one, other, least) => {
  expect(contrast(one, other)).toBeGreaterThanOrEqual(least);
});

test.each(Object.keys(SEEN_BY) as Sight[])("with %s, part, whole and page differ at a glance", (sight) => {
  const colours = [subject, rest, surface].map((hex) => seen(hex, sight));
  for (const [at, one] of colours.entries()) {
    for (const other of colours.slice(at + 1)) expect(difference(one, other)).toBeGreaterThan(15);
  }
});

test("paper has the light colours of the theme, so a chart is one picture in both", () => {
  const theme = readFileSync(new URL("../../globals.css", import.meta.url), "utf8");
  for (const name of Object.keys(SCREEN_PALETTE) as (keyof ChartPalette)[]) {
    const token = SCREEN_PALETTE[name].match(/^var\((--[\w-]+)\)$/)?.[1] ?? "";
    const light = theme.match(new RegExp(`${token}: (#[0-9a-f]{6});`))?.[1];
    expect(DOCUMENT_PALETTE[name].toLowerCase(), name).toBe(light);
  }
});
