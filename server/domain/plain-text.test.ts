import fc from "fast-check";
import { expect, test } from "vitest";
import { plainLine, plainText } from "./plain-text";

test.each([
  ["<p>Free advice.</p><p>Ring first.</p>", "Free advice.\nRing first."],
  ["<ul><li>Food</li><li>Fuel</li></ul>", "- Food\n\n- Fuel"],
  ["Tea &amp; toast &#163;2 &pound;3 &#x2013; daily", "Tea & toast £2 £3 – daily"],
  ["<script>alert(1)</script>Help<style>p{}</style>", "Help"],
  ["<scr<script>x</script>ipt>alert(1)</script>Help", "alert(1)Help"],
  ["<!-- hidden -->Shown", "Shown"],
  ["&lt;b&gt;Bold&lt;/b&gt; words", "Bold words"],
  ["Under 5 < 10 people", "Under 5 < 10 people"],
  ["zero\u0000width\u200b \u202eturned\u202c", "zerowidth turned"],
  ["line one\r\n\r\n\r\n\r\nline two", "line one\n\nline two"],
  ['<a href="javascript:alert(1)">Web</a>', "Web"],
  ["<img src=x onerror=alert(1)>Picture", "Picture"],
])("%j becomes plain", (html, plain) => {
  expect(plainText(html, 500)).toBe(plain);
});

test("a long text is cut at a word, and says that it goes on", () => {
  expect(plainText(`${"word ".repeat(40)}`, 22)).toBe("word word word word …");
  expect(plainText("x".repeat(100), 20)).toHaveLength(20);
});

test("a line has no line breaks", () => {
  expect(plainLine("<p>One</p><p>two</p>", 50)).toBe("One two");
});

test("whatever is published, the text has no control or turning characters, no half characters, and keeps its length", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.integer({ min: 10, max: 80 }),
      (text, most) => {
        const plain = plainText(text, most);
        expect(plain.length).toBeLessThanOrEqual(most);
        expect(plain).not.toMatch(/[^\P{Cc}\n\t]|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u);
      },
    ),
  );
});

test.each(["<", "<script>", "<!--", "&lt;", "<li ", "<br ", "&#x"])(
  "hundreds of fields of endless %s are read to their end: a rule that looks from each for its end would take minutes",
  (piece) => {
    const text = `Ring first. ${piece.repeat(60_000)}`;
    for (let field = 0; field < 300; field += 1) expect(plainText(text, 60)).toMatch(/^Ring first\./);
  },
);
