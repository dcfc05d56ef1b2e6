/** Text that strangers publish, made plain: no markup, no hidden or direction-changing characters, no endless length. */

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ndash: "–",
  mdash: "—",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  hellip: "…",
  bull: "•",
  pound: "£",
  euro: "€",
  eacute: "é",
  middot: "·",
};

/** Longer than any field that is kept, and short enough to read at once. */
const MOST_READ = 60_000;

/** Paragraphs and list items become lines; everything else that is markup goes. Keeps at most `most` characters. */
export function plainText(text: string, most: number): string {
  let plain = text.slice(0, MOST_READ);
  // Markup is often escaped once more on its way through another system.
  for (let round = 0; round < 2 && /<[a-z!/]|&[a-z#]/i.test(plain); round += 1) {
    plain = decode(withoutTags(plain));
  }
  const lines = clean(plain)
    .split("\n")
    .map((line) => line.replace(/[^\S\n]+/g, " ").trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return cut(lines, most);
}

/** The same on one line. */
export function plainLine(text: string, most: number): string {
  return cut(plainText(text, MOST_READ).replace(/\s+/g, " "), most);
}

/** Each kind of tag, and what stands in its place. */
const TAGS: readonly (readonly [RegExp, string])[] = [
  [/<li\b[^>]*>/gi, "\n- "],
  [/<(?:br|hr)\b[^>]*>|<\/(?:p|div|li|ul|ol|h[1-6]|tr|table|section|blockquote)\s*>/gi, "\n"],
  [/<\/?[a-z][^>]*>/gi, ""],
];

function withoutTags(text: string): string {
  let plain = text
    .replace(/<!--[\s\S]*?(?:-->|$)/g, " ")
    .replace(/<(script|style|template|iframe|object|svg)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, " ");
  for (const [tag, instead] of TAGS) {
    // No tag is closed behind the last ">". To look for its end from each "<" there would take seconds.
    const end = plain.lastIndexOf(">") + 1;
    plain = plain.slice(0, end).replace(tag, instead) + plain.slice(end);
  }
  return plain;
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      ? String.fromCodePoint(code)
      : " ";
  });
}

/** Without control characters, halves of characters, and characters that hide or turn text round. */
export function clean(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(
      /[^\P{Cc}\n\t]|\p{Cs}|[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffd-\uffff]/gu,
      "",
    )
    .normalize("NFC");
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.lastIndexOf(" ", most - 2);
  // Half of a character at the cut is dropped.
  return `${text.slice(0, end > most / 2 ? end : most - 2).replace(/[\ud800-\udbff]$/, "")} …`;
}
