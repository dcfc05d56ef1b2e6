import { expect, test } from "vitest";
import { lockedAddress, wayBack } from "./way-back";

test.each(["/people", "/people/019f?x=1&y=a%20b", "/summary?period=q%3A2026-Q1", "/"])(
  "goes back to %s, a page of ours",
  (path) => {
    expect(wayBack(path)).toBe(path);
    expect(new URL(lockedAddress(path), "https://here.test").searchParams.get("from")).toBe(path);
  },
);

test.each([
  "https://evil.test/",
  "//evil.test/people",
  "/\\evil.test",
  "/\t/evil.test",
  "\\\\evil.test",
  "/./\\evil.test",
  "/.//evil.test",
  "javascript:alert(1)",
  "people",
  "/locked?from=/locked",
  "/sign-in",
  "/second-factor/set-up",
  "/api/trpc/session.me",
  "",
  undefined,
  ["/people", "/team"],
])("goes to the front door instead of %s", (from) => {
  expect(wayBack(from)).toBe("/");
});
