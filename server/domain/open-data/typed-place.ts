/** What somebody types to find a place, without more of an address than open figures have. */

/** A whole postcode anywhere in a text: its sector, then the two letters that lead to a street. */
const WHOLE =
  /(?<![A-Z0-9])([A-Z]{1,2}[0-9][A-Z0-9]?)[^A-Z0-9]{0,3}([0-9])[^A-Z0-9]{0,3}[A-Z]{2}(?![A-Z0-9])/gi;

/** The text with every whole postcode cut to its sector: "SR1 3DW" to "SR1 3". */
export function withoutPostcodes(text: string): string {
  return text.replace(WHOLE, (_whole, outward: string, digit: string) => `${outward.toUpperCase()} ${digit}`);
}
