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

function jaroOf(a: string, b: string): number {
  if (a.length === 0 || b.length === 0) return 0;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Uint8Array(b.length);
  const matched: number[] = [];
  for (let at = 0; at < a.length; at += 1) {
    const last = Math.min(b.length - 1, at + reach);
    for (let other = Math.max(0, at - reach); other <= last; other += 1) {
      if (taken[other] === 1 || a.charCodeAt(at) !== b.charCodeAt(other)) continue;
      taken[other] = 1;
      matched.push(a.charCodeAt(at));
      break;
    }
  }
  if (matched.length === 0) return 0;
  let swapped = 0;
  let next = 0;
  for (let other = 0; other < b.length; other += 1) {
    if (taken[other] === 0) continue;
    if (matched[next] !== b.charCodeAt(other)) swapped += 1;
    next += 1;
  }
  const same = matched.length;
  return (same / a.length + same / b.length + (same - swapped / 2) / same) / 3;
}

/** Edits between two texts, neighbours swapped counting as one; gives `most + 1` as soon as there are more than `most`. */
export function editDistance(a: string, b: string, most = 2): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let at = 1; at <= a.length; at += 1) {
    const row = [at];
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
      row.push(edits);
      least = Math.min(least, edits);
    }
    if (least > most) return most + 1;
    [beforeLast, last] = [last, row];
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
