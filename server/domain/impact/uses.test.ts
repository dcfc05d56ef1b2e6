/** What a newer version says of what it uses besides numbers: each by name, and nothing of a story but that it is told. */

import { expect, test } from "vitest";
import { type Uses, usesChanged } from "./uses";

const uses: Uses = {
  framework: "f",
  names: "n",
  costs: [
    { id: "1", name: "An eviction", hash: "a" },
    { id: "2", name: "A night in a hostel", hash: "b" },
  ],
  stories: [
    { id: "s", hash: "c" },
    { id: "t", hash: "d" },
  ],
};

test("what is the same is not told", () => {
  expect(usesChanged(uses, structuredClone(uses))).toEqual([]);
});

test("unit costs are told by name, stories by their number alone, the rest for what it is", () => {
  expect(
    usesChanged(uses, {
      framework: null,
      names: "another",
      costs: [
        { id: "1", name: "An eviction", hash: "other" },
        { id: "3", name: "A crisis grant", hash: "e" },
        { id: "4", name: "A visit", hash: "f" },
      ],
      stories: [
        { id: "s", hash: "other" },
        { id: "u", hash: "g" },
        { id: "v", hash: "h" },
      ],
    }),
  ).toEqual([
    "The framework that it uses is another one.",
    "The name of the organisation or the service was changed.",
    "It uses new unit costs: “A crisis grant” and “A visit”.",
    "The unit cost “An eviction” was changed.",
    "The unit cost “A night in a hostel” is not used any more.",
    "Two stories were added.",
    "One story is told in other words.",
    "One story is not told any more.",
  ]);
});
