/**
 * How alike two folded words are. Jaro-Winkler as Winkler (1990) published it; the edit distance counts a letter
 * wrong, missing, too many, or two neighbours swapped (Damerau, in its restricted form).
 */

/** Letters at the start for which Winkler gives credit, and how much each. */
const PREFIX_LETTERS = 4;
const PREFIX_CREDIT = 0.1;

/** Jaro-Winkler likeness from 0 (nothing in common) to 1 (equal). */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const jaro = jaroOf(a, b);
  let prefix = 0;
  const most = Math.min(PREFIX_LETTERS, a.length, b.length);
  while (prefix < most && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix += 1;
  return jaro + prefix * PREFIX_CREDIT * (1 - jaro);
}

/** Kept between calls: names are compared by the million. Grown when a text is longer. */
let taken = new Uint8Array(64);
let matched = new Uint16Array(64);

function jaroOf(a: string, b: string): number {
  if (a.length === 0 || b.length === 0) return 0;
  if (Math.max(a.length, b.length) > taken.length) {
    taken = new Uint8Array(2 * Math.max(a.length, b.length));
    matched = new Uint16Array(taken.length);
  }
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  taken.fill(0, 0, b.length);
  let same = 0;
  for (let at = 0; at < a.length; at += 1) {
    const last = Math.min(b.length - 1, at + reach);
    const letter = a.charCodeAt(at);
    for (let other = Math.max(0, at - reach); other <= last; other += 1) {
      if (taken[other] === 1 || letter !== b.charCodeAt(other)) continue;
      taken[other] = 1;
      matched[same] = letter;
      same += 1;
      break;
    }
  }
  if (same === 0) return 0;
  let swapped = 0;
  let next = 0;
  for (let other = 0; next < same; other += 1) {
    if (taken[other] === 0) continue;
    if (matched[next] !== b.charCodeAt(other)) swapped += 1;
    next += 1;
  }
  return (same / a.length + same / b.length + (same - swapped / 2) / same) / 3;
}

/** Rows of the table of edits, kept between calls. */
let beforeLast = new Uint16Array(64);
let last = new Uint16Array(64);
let row = new Uint16Array(64);

/** Edits between two texts, neighbours swapped counting as one; gives `most + 1` as soon as there are more than `most`. */
export function editDistance(a: string, b: string, most = 2): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  // What both begin and end with needs no edit.
  let start = 0;
  while (start < a.length && start < b.length && a.charCodeAt(start) === b.charCodeAt(start)) start += 1;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA -= 1;
    endB -= 1;
  }
  const [lengthA, lengthB] = [endA - start, endB - start];
  if (lengthA === 0 || lengthB === 0) return Math.min(lengthA + lengthB, most + 1);
  if (most === 1) {
    if (lengthA === 1 && lengthB === 1) return 1;
    const isSwap =
      lengthA === 2 &&
      lengthB === 2 &&
      a.charCodeAt(start) === b.charCodeAt(start + 1) &&
      a.charCodeAt(start + 1) === b.charCodeAt(start);
    return isSwap ? 1 : 2;
  }
  return tableOfEdits(a.slice(start, endA), b.slice(start, endB), most);
}

function tableOfEdits(a: string, b: string, most: number): number {
  if (b.length >= last.length) {
    beforeLast = new Uint16Array(2 * b.length + 2);
    last = new Uint16Array(beforeLast.length);
    row = new Uint16Array(beforeLast.length);
  }
  for (let at = 0; at <= b.length; at += 1) last[at] = at;
  for (let at = 1; at <= a.length; at += 1) {
    row[0] = at;
    let least = at;
    for (let other = 1; other <= b.length; other += 1) {
      const same = a.charCodeAt(at - 1) === b.charCodeAt(other - 1);
      let edits = Math.min(
        (last[other] ?? 0) + 1,
        (row[other - 1] ?? 0) + 1,
        (last[other - 1] ?? 0) + (same ? 0 : 1),
      );
      const crossed =
        at > 1 &&
        other > 1 &&
        a.charCodeAt(at - 1) === b.charCodeAt(other - 2) &&
        a.charCodeAt(at - 2) === b.charCodeAt(other - 1);
      if (crossed) edits = Math.min(edits, (beforeLast[other - 2] ?? 0) + 1);
      row[other] = edits;
      least = Math.min(least, edits);
    }
    if (least > most) return most + 1;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return Math.min(last[b.length] ?? 0, most + 1);
}

const CODES: Readonly<Record<string, string>> = {
  b: "1",
  f: "1",
  p: "1",
  v: "1",
  c: "2",
  g: "2",
  j: "2",
  k: "2",
  q: "2",
  s: "2",
  x: "2",
  z: "2",
  d: "3",
  t: "3",
  l: "4",
  m: "5",
  n: "5",
  r: "6",
};

/** American Soundex of a folded word ("robert" is r163); a word of other letters than a to z stands for itself. */
export function soundex(word: string): string {
  if (!/^[a-z]/.test(word)) return word;
  let code = word.charAt(0);
  let last = CODES[code] ?? "";
  for (let at = 1; at < word.length && code.length < 4; at += 1) {
    const letter = word.charAt(at);
    const digit = CODES[letter];
    if (digit === undefined) {
      // A vowel parts two letters of one sound; h and w do not.
      if (letter !== "h" && letter !== "w") last = "";
      continue;
    }
    if (digit !== last) code += digit;
    last = digit;
  }
  return code.padEnd(4, "0");
}
