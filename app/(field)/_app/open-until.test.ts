import { expect, test } from "vitest";
import { stillOpen, untilNextEnd } from "./open-until";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 2, 9, minute));
const [sooner, later] = [{ endsAt: at(10) }, { endsAt: at(40) }];

test("What is open goes when its time is over, each at its own, and nothing is waited for after the last", () => {
  expect(untilNextEnd([later, sooner], at(0))).toBe(600_000);
  expect(stillOpen([later, sooner], at(9))).toEqual([later, sooner]);
  expect(stillOpen([later, sooner], at(10))).toEqual([later]);
  expect(untilNextEnd([later], at(50))).toBe(0);
  expect(stillOpen([later], at(50))).toEqual([]);
  expect(untilNextEnd([], at(50))).toBeNull();
});
