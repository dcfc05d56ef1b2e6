/**
 * How much room words take, without a browser to ask: advance widths of Atkinson Hyperlegible Next, so that words that
 * would run over are wrapped or shortened in the same place on screen and in a document.
 */

/** Widths of the characters from space to "~" at weight 400, in thousandths of the size. */
const WIDTHS = [
  280, 286, 301, 651, 592, 919, 731, 160, 299, 299, 485, 606, 210, 362, 210, 387, 648, 407, 548, 576, 614,
  588, 598, 510, 615, 595, 210, 210, 553, 628, 553, 480, 778, 626, 613, 645, 669, 569, 552, 694, 694, 392,
  512, 631, 541, 824, 693, 714, 592, 724, 614, 592, 558, 690, 593, 856, 623, 575, 607, 317, 387, 344, 552,
  372, 243, 525, 566, 485, 564, 538, 314, 558, 550, 252, 245, 492, 262, 845, 550, 548, 566, 574, 349, 471,
  326, 540, 461, 684, 481, 449, 460, 344, 237, 344, 555,
] as const;
const FIRST = 32;
/** For letters that are not in the list: as wide as a wide letter, so that words never run over. */
const OTHER = 700;
/** Weights from 650 on are at most this much wider. */
const BOLD = 1.09;

/** Width of a text in the unit of `size`. */
export function widthOf(text: string, size: number, weight: "regular" | "bold" = "regular"): number {
  let thousandths = 0;
  for (const letter of text) thousandths += WIDTHS[(letter.codePointAt(0) ?? 0) - FIRST] ?? OTHER;
  return (thousandths / 1000) * size * (weight === "bold" ? BOLD : 1);
}

/** The text, or as much of its beginning as the room takes, with "…" for the rest. */
export function shortened(text: string, size: number, room: number): string {
  if (widthOf(text, size) <= room) return text;
  const letters = [...text];
  while (letters.length > 1 && widthOf(`${letters.join("")}…`, size) > room) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

/** The text in lines that fit the room, broken between words; the last of `most` lines is shortened. */
export function linesOf(text: string, size: number, room: number, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || (widthOf(longer, size) > room && lines.length < most)) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line) => shortened(line, size, room));
}
