import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { environmentSchema, parseEnvironment } from "./env";

test(".env.example names everything that is read, and nothing else", () => {
  const example = readFileSync(join(import.meta.dirname, "../.env.example"), "utf8");
  const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(named.sort()).toEqual(Object.keys(environmentSchema.shape).sort());
});

test("an empty value counts as none", () => {
  expect(parseEnvironment({ PORT: "", DATABASE_URL: "" })).toEqual(parseEnvironment({}));
});

test("DEMO=0 is false", () => {
  expect(parseEnvironment({ DEMO: "0" }).DEMO).toBe(false);
  expect(parseEnvironment({}).DEMO).toBe(true);
});

test("every value that cannot be used is named", () => {
  expect(() => parseEnvironment({ PORT: "many", DATABASE_URL: "here" })).toThrow(
    /PORT: [\s\S]*DATABASE_URL: /,
  );
});

test("a command is words, or a list where a word holds a space; anything else is refused", () => {
  const read = (text: string) => parseEnvironment({ KEY_WRAP_COMMAND: text }).KEY_WRAP_COMMAND;
  expect(read("/opt/keys/wrap  alias/x ")).toEqual(["/opt/keys/wrap", "alias/x"]);
  expect(read('["/opt/our keys/wrap", "a b"]')).toEqual(["/opt/our keys/wrap", "a b"]);
  for (const text of ['["/opt', "[]", "[1]"])
    expect(() => read(text)).toThrow("KEY_WRAP_COMMAND: Write words");
});
