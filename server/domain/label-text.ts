/** Labels of needs and details, which begin with a capital, as words inside a sentence. */

/** Words that keep their capital wherever they stand; so does whatever begins with an abbreviation. */
const KEPT = /^(?:[A-Z]{2}|English\b|National Insurance\b)/;

/** "phone", "rent or mortgage arrears"; but "NHS number" and "English language need". */
export const labelInSentence = (label: string): string =>
  KEPT.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
