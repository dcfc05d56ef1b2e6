/** How typed text is compared with known words: case and accents folded, one slip forgiven. */

const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** Lower case without accents, apostrophes or other marks; words parted by one space. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f'’‘`]/g, "")
    .replace(/[ßæœøłđðþı]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** The words of a text, folded; none for a text without a letter or digit. */
export function wordsOf(text: string): string[] {
  const folded = fold(text);
  return folded === "" ? [] : folded.split(" ");
}

const IRREGULAR: Readonly<Record<string, string>> = {
  children: "child",
  feet: "foot",
  lives: "life",
  men: "man",
  people: "person",
  teeth: "tooth",
  wives: "wife",
  women: "woman",
};

/** A word without the ending of its plural, as far as its letters tell: "nappies" and "nappy" are one, and so are "bills" and "bill". */
export function singular(word: string): string {
  const other = IRREGULAR[word];
  if (other) return other;
  if (word.length < 4 || !word.endsWith("s") || /(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  return /(?:ch|sh|x|ss|z)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

/** Whether two words differ by one slip at most: a letter wrong, missing, too many, or two swapped. */
export function isOneSlip(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  ) {
    end += 1;
  }
  const restA = a.slice(start, a.length - end);
  const restB = b.slice(start, b.length - end);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}

/** Whether the typed text is one slip at most from how the word begins. */
export function beginsWithinOneSlip(word: string, typed: string): boolean {
  return [typed.length - 1, typed.length, typed.length + 1].some(
    (length) => length > 0 && length <= word.length && isOneSlip(word.slice(0, length), typed),
  );
}
