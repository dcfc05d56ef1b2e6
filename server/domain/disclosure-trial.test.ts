import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { ROUNDED_TO, THRESHOLD } from "./disclosure";
import { runTrial, type Trial } from "./disclosure-trial";

const keyed = (key: string) => (words: string) => createHmac("sha256", key).update(words).digest();
const trial = (counts: number[], over: Partial<Trial> = {}): Trial => ({
  ...{
    counts: [...counts, ...Array<number>(12 - counts.length).fill(0)],
    samePeople: false,
    sensitive: false,
  },
  ...over,
});

test("Whatever the key, nothing under the threshold shows, and what shows is within the errors and rounded", () => {
  for (let key = 0; key < 200; key += 1) {
    const months = runTrial(keyed(`k${key}`), trial([0, 3, 4, 9, 12, 40, 120]));
    for (const { count, figure } of months) {
      if (count < 5) expect(figure).toBeNull();
      if (figure === null) expect(count).toBeLessThan(THRESHOLD + 5);
      else {
        expect(figure % ROUNDED_TO).toBe(0);
        expect(figure).toBeGreaterThanOrEqual(THRESHOLD);
        // Two errors of 2 and 3 at most, and rounding by 2.
        expect(Math.abs(figure - count)).toBeLessThanOrEqual(7);
      }
    }
  }
});

test("Where the same people come again, one person more moves nothing, and a drift shows in the end", () => {
  const counts = [30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41];
  const months = runTrial(keyed("drift"), trial(counts, { samePeople: true }));
  expect(months[1]).toMatchObject({ isHeld: true, figure: months[0]?.figure });
  expect(months.some(({ isHeld }, at) => at > 0 && !isHeld)).toBe(true);
  const others = runTrial(keyed("drift"), trial(counts));
  expect(others.every(({ isHeld }) => !isHeld)).toBe(true);
});
