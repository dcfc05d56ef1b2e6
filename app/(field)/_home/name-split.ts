/**
 * A name as somebody says it, parted into given and family name. A guess that the worker sees and can change: names
 * of many kinds have no such parts, and a single one counts as given.
 */

export interface NameParts {
  givenName: string;
  familyName: string;
}

/** Words that belong to the family name after them: "van der Berg", "de la Cruz", "Mac Donald", "St John". */
const PARTICLES = new Set(
  "al ap ben bin bint da dal de del della den der di do dos du el fitz ibn la le mac mc o san st ter van von zu".split(
    " ",
  ),
);

/** "dawn hetherington", "Hetherington, Dawn" and "Maria de la Cruz" in their two parts. */
export function splitName(text: string): NameParts {
  const said = text.normalize("NFC").trim().replace(/\s+/g, " ");
  const [before = "", ...after] = said.split(",").map((part) => part.trim());
  if (after.length > 0) return cased(after.join(" "), before);
  const words = said === "" ? [] : said.split(" ");
  if (words.length < 2) return cased(said, "");
  let begins = words.length - 1;
  while (begins > 1 && PARTICLES.has((words[begins - 1] ?? "").toLowerCase())) begins -= 1;
  return cased(words.slice(0, begins).join(" "), words.slice(begins).join(" "));
}

function cased(givenName: string, familyName: string): NameParts {
  return { givenName: capitals(givenName, false), familyName: capitals(familyName, true) };
}

/** Capitals where somebody typed none, or nothing else; a name with its own capitals stays as written. */
function capitals(name: string, isFamily: boolean): string {
  const lower = name.toLocaleLowerCase("en-GB");
  const isTypedPlain = name === lower || (name.length > 1 && name === name.toLocaleUpperCase("en-GB"));
  if (!isTypedPlain) return name;
  return lower
    .split(" ")
    .map((word, index, words) =>
      isFamily && index < words.length - 1 && PARTICLES.has(word) ? word : raised(word),
    )
    .join(" ");
}

/** Each part of "o'neill-smith" raised. */
const raised = (word: string) =>
  word.replace(
    /(^|[-'’])(\p{L})/gu,
    (_, before: string, letter: string) => before + letter.toLocaleUpperCase("en-GB"),
  );
