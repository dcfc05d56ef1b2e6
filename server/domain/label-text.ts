/** The first letter of words: small where a label stands inside a sentence, a capital where words begin one. */

/** Words that keep their capital wherever they stand; so does whatever begins with an abbreviation. */
const KEPT = /^(?:[A-Z]{2}|English\b|National Insurance\b)/;

/** "phone", "rent or mortgage arrears"; but "NHS number" and "English language need". */
export const labelInSentence = (label: string): string =>
  KEPT.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);

/** "Two people came", "Postcode": the same words with a capital at their front. */
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
