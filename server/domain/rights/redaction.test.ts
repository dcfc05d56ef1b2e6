/** Nothing that was blacked out is left, and nothing is given out that nobody has read. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Pack } from "./pack";
import { BLACKED_OUT, blackOut, redacted, WITHHELD } from "./redaction";

test.each([
  ["Her brother Sam called.", [[4, 15]], `Her ${BLACKED_OUT} called.`],
  ["Sam called.", [[0, 3]], `${BLACKED_OUT} called.`],
  ["About Sam", [[6, 99]], `About ${BLACKED_OUT}`],
  [
    "Sam and Jo",
    [
      [0, 5],
      [3, 10],
    ],
    BLACKED_OUT,
  ],
] as const)("%s", (words, passages, left) => {
  expect(blackOut(words, passages)).toBe(left);
});

test("However passages overlap, no character of any is left and every other one is", () => {
  const words = "abcdefghijklmnopqrstuvwxyz";
  const passage = fc.tuple(fc.integer({ min: 0, max: 26 }), fc.integer({ min: 1, max: 26 }));
  fc.assert(
    fc.property(fc.array(passage, { maxLength: 6 }), (passages) => {
      const left = blackOut(words, passages);
      for (const [at, letter] of [...words].entries()) {
        const isHidden = passages.some(([from, to]) => at >= from && at < to);
        expect(left.includes(letter)).toBe(!isHidden);
      }
    }),
  );
});

const pack: Pack = {
  organisation: { id: 1, name: "Quayside Advice" },
  clientIds: ["c"],
  asOf: new Date(0),
  held: [
    {
      place: "casework.contact",
      title: "Contacts",
      why: "To help.",
      count: 2,
      rows: [
        { key: "1", values: { note: "Sam called", channel: "phone" }, words: ["note"] },
        { key: "2", values: { note: "Fine" }, words: ["note", "late_reason"] },
      ],
    },
  ],
  looks: [],
  shares: [],
  explained: [],
};

test("A pack waits for every text to be read", () => {
  const outcome = redacted(pack, ({ key }) =>
    key === "1" ? { decision: "withhold", passages: [], because: "third-party" } : null,
  );
  expect(outcome).toMatchObject({ undecided: [{ key: "2", text: "Fine" }] });
});

test("What was decided is done, and the rest stays", () => {
  const outcome = redacted(pack, ({ key }) =>
    key === "1"
      ? { decision: "withhold", passages: [], because: "harm" }
      : { decision: "black-out", passages: [[0, 1]], because: "third-party" },
  );
  const rows = "pack" in outcome ? outcome.pack.held[0]?.rows : null;
  expect(rows?.map(({ values }) => values)).toEqual([
    { note: WITHHELD, channel: "phone" },
    { note: `${BLACKED_OUT}ine` },
  ]);
});
