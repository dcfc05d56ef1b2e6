/** Text in Windows Latin (code page 1252), as older spreadsheets save it. Node's own decoder reads it as ISO 8859-1. */

/** What stands for the bytes from 0x80 to 0x9F; the five that stand for nothing stay control characters. */
const FROM_80 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** The text of some bytes: those from 0x80 to 0x9F are quotation marks, dashes and the euro, the rest as in Unicode. */
export function fromWindowsLatin(bytes: Uint8Array): string {
  return new TextDecoder("latin1")
    .decode(bytes)
    .replace(/[\u0080-\u009f]/g, (control) => FROM_80.charAt(control.charCodeAt(0) - 0x80));
}
