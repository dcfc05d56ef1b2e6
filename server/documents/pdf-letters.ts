/**
 * The letters of a PDF: the reading face of the screens, and a second face for scripts that it does not have (Greek,
 * Cyrillic, Arabic, Hebrew and more). A letter that neither has is drawn as an empty box: the web page is the form
 * that has every letter.
 */

import { createRequire } from "node:module";
import { openSync } from "fontkit";
import type { TFontDictionary } from "pdfmake/interfaces";

/** Named as charts name it, so that their letters are the letters round them. */
export const FACE = "Atkinson Hyperlegible Next";
export const OTHER_FACE = "DejaVu Sans";

const { resolve } = createRequire(import.meta.url);
const atkinson = (weight: string) =>
  resolve(`@expo-google-fonts/atkinson-hyperlegible-next/${weight}/AtkinsonHyperlegibleNext_${weight}.ttf`);
const dejavu = (name: string) => resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);

export const FACES: TFontDictionary = {
  [FACE]: { normal: atkinson("400Regular"), bold: atkinson("700Bold") },
  [OTHER_FACE]: { normal: dejavu("DejaVuSans"), bold: dejavu("DejaVuSans-Bold") },
};

/** The only files that a document may read. */
export const FACE_FILES: ReadonlySet<string> = new Set(
  Object.values(FACES).flatMap(({ normal, bold }) => [String(normal), String(bold)]),
);

const known = new Map<string, ReadonlySet<number>>();

function lettersOf(file: string): ReadonlySet<number> {
  const letters = known.get(file);
  if (letters) return letters;
  const font = openSync(file);
  if (!("characterSet" in font)) throw new Error(`${file} is not one face`);
  const read = new Set(font.characterSet);
  known.set(file, read);
  return read;
}

function has(file: string, text: string): boolean {
  const letters = lettersOf(file);
  for (const letter of text) {
    if (letter !== "\n" && !letters.has(letter.codePointAt(0) ?? 0)) return false;
  }
  return true;
}

/** Whether the reading face has every letter of a text. */
export const isCovered = (text: string): boolean => has(atkinson("400Regular"), text);

/** A stretch of text in one face. */
export interface Stretch {
  text: string;
  font?: string;
  noWrap?: true;
  fontFeatures?: [];
  wordBreak?: "break-all";
}

/** Words written from right to left, with what stands between them: laid out together, or they would change places. */
const FROM_RIGHT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{M}]+(?:[\s\p{P}]+[\p{Script=Arabic}\p{Script=Hebrew}\p{M}]+){0,5}/u;
/** Longer than any word that is read, and perhaps than the line. */
const ENDLESS = 30;
/** Stands for a letter that neither face has. */
const UNKNOWN = "□";

/** A text as stretches for a document; the text itself when one face has it all. Words of more letters than `longest` may break anywhere. */
export function stretches(text: string, longest = ENDLESS): string | Stretch[] {
  const long = new RegExp(`[^\\s\\ud800-\\udfff]{${longest + 1},}`, "u");
  if (isCovered(text) && !long.test(text)) return text;
  return splitBy(FROM_RIGHT, text, (found) => [
    { text: found, font: OTHER_FACE, noWrap: true, fontFeatures: [] },
  ]).flatMap((part) =>
    typeof part === "string" ? splitBy(long, part, endless).flatMap((rest) => inFaces(rest)) : [part],
  );
}

const endless = (text: string): Stretch[] =>
  [inFaces(text)].flat().map((stretch) => ({ ...stretch, wordBreak: "break-all" }));

function inFaces(text: string | Stretch): Stretch[] {
  if (typeof text !== "string") return [text];
  const found: Stretch[] = [];
  for (const { segment } of new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)) {
    const font = isCovered(segment) ? FACE : OTHER_FACE;
    const letter = font === FACE || has(dejavu("DejaVuSans"), segment) ? segment : UNKNOWN;
    const last = found.at(-1);
    // A space keeps to the face of what it follows.
    if (last && (last.font === font || segment === " ")) last.text += letter;
    else found.push({ text: letter, font });
  }
  return found;
}

/** The parts of a text between what matches, as they stand, and what is made of each match. */
function splitBy(pattern: RegExp, text: string, make: (found: string) => Stretch[]): (string | Stretch)[] {
  const parts: (string | Stretch)[] = [];
  let from = 0;
  for (const match of text.matchAll(new RegExp(pattern, "gu"))) {
    if (match.index > from) parts.push(text.slice(from, match.index));
    parts.push(...make(match[0]));
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}
