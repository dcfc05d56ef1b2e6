import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { completeLock } from "./complete-lock.mjs";

test("package-lock.json is complete, so that npm ci accepts it", () => {
  const lock = JSON.parse(readFileSync(join(import.meta.dirname, "../package-lock.json"), "utf8"));
  expect(completeLock(lock), "run `npm run lock`").toEqual([]);
});

test("a platform package that the registry did not serve gets an entry with its system and processor", () => {
  const lock = {
    packages: {
      "": {},
      "node_modules/tool": {
        version: "1.0.0",
        dev: true,
        optionalDependencies: {
          "@tool/linux-x64-musl": "1.0.0",
          "@tool/win32-arm64": "1.0.0",
          here: "1.0.0",
        },
      },
      "node_modules/here": { version: "1.0.0" },
    },
  };
  expect(completeLock(lock)).toEqual(["@tool/linux-x64-musl@1.0.0", "@tool/win32-arm64@1.0.0"]);
  expect(lock.packages).toMatchObject({
    "node_modules/@tool/linux-x64-musl": {
      version: "1.0.0",
      cpu: ["x64"],
      libc: ["musl"],
      os: ["linux"],
      dev: true,
      optional: true,
    },
    "node_modules/@tool/win32-arm64": { version: "1.0.0", cpu: ["arm64"], os: ["win32"] },
  });
});
