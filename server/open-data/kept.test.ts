/** What is kept in memory for open data: as much as was said and no more, and nothing is made twice at once. */

import { expect, test } from "vitest";
import { Kept } from "./kept";

test("things are kept up to so many bytes: the one used longest ago goes", async () => {
  const kept = new Kept<string>(10, ({ length }) => length);
  const made: string[] = [];
  const get = (name: string, text: string) =>
    kept.get(name, async () => {
      made.push(name);
      return text;
    });
  await get("a", "1234");
  await get("b", "1234");
  await get("a", "1234");
  await get("c", "1234");
  await get("a", "1234");
  await get("b", "1234");
  expect(made).toEqual(["a", "b", "c", "b"]);
  await get("whole", "more than ten bytes");
  await get("whole", "more than ten bytes");
  expect(made.slice(4)).toEqual(["whole", "whole"]);
});

test("a thing asked for while it is made is made once, and again when that failed", async () => {
  const kept = new Kept<string>(10, ({ length }) => length);
  let made = 0;
  const make = async () => {
    made += 1;
    await Promise.resolve();
    if (made === 1) throw new Error("not this time");
    return "made";
  };
  const both = await Promise.allSettled([kept.get("a", make), kept.get("a", make)]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await Promise.all([kept.get("a", make), kept.get("a", make)])).toEqual(["made", "made"]);
  expect(made).toBe(2);
});
