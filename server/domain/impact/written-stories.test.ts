import { expect, test } from "vitest";
import { storiesWritten } from "./written-stories";

const STORY =
  "They had stopped opening the post. Their son noticed in autumn. Now they know what they owe, and who to ring.";

const written = (texts: Parameters<typeof storiesWritten>[0]["texts"]) =>
  storiesWritten({ texts, sections: ["needs", "stories"] }, [STORY]);

test("words of a story are found in another part, however they are set", () => {
  expect(written({ lead: "One of them said: “now they know WHAT they owe — and who to ring”." })).toEqual([
    "lead",
  ]);
  expect(written({ title: "Their son noticed in autumn. Now they know." })).toEqual(["title"]);
});

test("a few words that a story has too are anybody's", () => {
  expect(written({ lead: "Many people had stopped opening the post when they came to us." })).toEqual([]);
  expect(written({ needs: "Now they know what they owe." })).toEqual([]);
});

test("where stories are told they may be, and a part that is off says nothing", () => {
  expect(written({ stories: STORY })).toEqual([]);
  expect(written({ people: STORY })).toEqual([]);
});
