/** Files as spreadsheets save them: the same words from every encoding. */

import { describe, expect, test } from "vitest";
import { textOfFile } from "./table-rows";

const WORDS = "name,value\nCafé – “Zoë’s”,£1,250";

describe("the text of a file", () => {
  const utf8 = new TextEncoder().encode(WORDS);
  const windows = Uint8Array.from(WORDS, (letter) =>
    letter.charCodeAt(0) < 0x100
      ? letter.charCodeAt(0)
      : ({ "–": 0x96, "“": 0x93, "”": 0x94, "’": 0x92 }[letter] ?? 0),
  );
  const utf16 = Uint8Array.from([
    ...[0xff, 0xfe],
    ...[...WORDS].flatMap((letter) => [letter.charCodeAt(0) & 0xff, letter.charCodeAt(0) >> 8]),
  ]);
  const utf16BigEnd = Uint8Array.from(utf16, (_, at) => utf16[at ^ 1] ?? 0);

  test.each([
    ["UTF-8", utf8],
    ["UTF-8 with its mark", Uint8Array.from([0xef, 0xbb, 0xbf, ...utf8])],
    ["Windows Latin", windows],
    ["UTF-16", utf16],
    ["UTF-16 with its bytes the other way round", utf16BigEnd],
  ])("is the same in %s", (_, bytes) => {
    expect(textOfFile(bytes)).toBe(WORDS);
  });
});
