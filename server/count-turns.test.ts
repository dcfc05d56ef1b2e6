import { expect, test } from "vitest";
import { inCountTurn } from "./count-turns";

test("one works at a time, in the order in which they asked, and a fault stops nobody", async () => {
  const done: string[] = [];
  let atOnce = 0;
  const work = (name: string, isFaulty = false) =>
    inCountTurn(async () => {
      atOnce += 1;
      expect(atOnce).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      atOnce -= 1;
      done.push(name);
      if (isFaulty) throw new Error(name);
      return name;
    });
  const [first, second, third] = [work("first"), work("second", true), work("third")];
  await expect(second).rejects.toThrow("second");
  expect([await first, await third]).toEqual(["first", "third"]);
  expect(done).toEqual(["first", "second", "third"]);
});
