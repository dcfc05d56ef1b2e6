import { expect, test } from "vitest";
import { dayChip } from "./day-words";

const today = "2026-11-22";
const openedAt = new Date("2026-11-22T10:42:00Z");

test.each([
  [{ day: today, isEarlier: false }, "Now, 10:42"],
  [{ day: today, isEarlier: true }, "Today"],
  [{ day: "2026-11-21", isEarlier: true }, "Yesterday"],
  [{ day: "2026-09-12", isEarlier: false }, "12 Sept"],
  [{ day: null, isEarlier: false }, "Which day?"],
])("%o is said as %s", (moment, words) => {
  expect(dayChip({ ...moment, today, openedAt })).toBe(words);
});

test("a device that does not know the day says the whole date", () => {
  expect(dayChip({ day: today, today: null, openedAt, isEarlier: false })).toBe("22 November 2026");
});
