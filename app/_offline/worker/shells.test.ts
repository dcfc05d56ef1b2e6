import { describe, expect, test } from "vitest";
import { mayKeep, wayOf } from "./shells";

const ORIGIN = "https://need.test";
const way = (path: string, over: Partial<{ method: string; mode: string }> = {}) =>
  wayOf({ method: "GET", mode: "navigate", url: new URL(path, ORIGIN).href, ...over }, ORIGIN).kind;

describe("The service worker", () => {
  test.each(["/people", "/contact", "/contact?with=01a2", "/details?of=01a2", "/outbox"])(
    "opens %s from the device",
    (path) => {
      expect(way(path)).toBe("shell");
    },
  );

  test.each([
    "/people/01a2",
    "/people/01a2/contact",
    "/sign-in",
    "/account",
    "/map",
    "/contacts",
    "/today",
    "/apiary",
  ])("asks the network for the page %s, and knows a way back", (path) => {
    expect(way(path)).toBe("page");
  });

  test.each(["/api", "/api/trpc/contacts.log", "/api/export/people.csv", "https://elsewhere.test/people"])(
    "leaves %s alone",
    (path) => {
      expect(way(path)).toBe("leave");
    },
  );

  test("touches no call to the server, and nothing that changes something", () => {
    expect(way("/api/trpc/device.takeAlong", { method: "POST", mode: "cors" })).toBe("leave");
    expect(way("/api/figures/events", { mode: "cors" })).toBe("leave");
    expect(way("/people?_rsc=1", { mode: "cors" })).toBe("leave");
    expect(way("/people", { method: "POST" })).toBe("leave");
    expect(way("/sign-in", { method: "POST" })).toBe("leave");
    expect(way("/today?_rsc=1", { mode: "cors" })).toBe("leave");
  });

  test("takes files by their address, and begins at the front door", () => {
    expect(way("/_next/static/chunks/a.js", { mode: "no-cors" })).toBe("file");
    expect(way("/")).toBe("front-door");
  });
});

describe("A page is kept", () => {
  const answer = { ok: true, redirected: false, type: "basic" };
  const html = `<main data-field-shell></main><script src="/_next/static/chunks/a-1.js"></script>`;
  const files = new Set(["/_next/static/chunks/a-1.js"]);

  test("when it is the shell and all its files are here", () => {
    expect(mayKeep(answer, html, files)).toBe("yes");
  });

  test("not when it is another page under the address, a fault or a redirect", () => {
    expect(mayKeep(answer, "<main>Sign in</main>", files)).toBe("no");
    expect(mayKeep({ ...answer, ok: false }, html, files)).toBe("no");
    expect(mayKeep({ ...answer, redirected: true }, html, files)).toBe("no");
    expect(mayKeep({ ...answer, type: "opaqueredirect" }, html, files)).toBe("no");
  });

  test("not when it belongs to another build, whose files are not here", () => {
    expect(mayKeep(answer, html, new Set())).toBe("other-build");
  });
});
