import superjson from "superjson";
import { expect, test } from "vitest";
import { lightJson } from "./light-json";

/** As an answer travels: written by the server, through the wire, read on the phone. */
const travel = (value: unknown) =>
  lightJson.deserialize(JSON.parse(JSON.stringify(superjson.serialize(value))));
const AT = new Date("2026-11-22T10:42:00Z");

test.each([
  ["a date alone", AT],
  ["text that looks like a date", "2026-11-22T10:42:00.000Z"],
  ["nothing", undefined],
  ["null", null],
  ["dates deep in lists", { people: [{ seenAt: AT, name: "Dawn" }, { seenAt: null }], serverNow: AT }],
  ["names with dots and backslashes", { "a.b": { "c\\d": AT }, "entries.0.need": "Unknown" }],
  ["big numbers and undefined fields", { no: 12345678901234567890n, gone: undefined, list: [1n, 2n] }],
  ["the same object twice", (({ issue }) => [issue, issue])({ issue: { at: AT } })],
])("%s arrives as superjson would read it", (_, value) => {
  expect(travel(value)).toEqual(superjson.parse(superjson.stringify(value)));
  expect(travel(value)).toEqual(value);
});

test("a kind of value that is not known is refused, not guessed", () => {
  expect(() => travel({ who: new Set(["a"]) })).toThrow(/set/);
  expect(() => travel(new Map([["a", AT]]))).toThrow(/map/);
  expect(() => travel({ share: Number.NaN })).toThrow(/number/);
});

test("what is sent is read by the server", () => {
  const asked = { id: "1", text: "Dawn", left: undefined, list: [{ day: "2026-11-22" }] };
  const sent = JSON.parse(JSON.stringify(lightJson.serialize(asked)));
  expect(superjson.deserialize(sent)).toEqual(asked);
});
