/**
 * Every page is answered with its policy, whatever its address ends in; only files are not. The public pages take turns
 * and have no whole postcode in their addresses.
 */
import { NextRequest } from "next/server";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { config, proxy } from "../proxy";
import { MOST_A_MINUTE } from "../server/open-data/turns";
import { POST as find } from "./(open)/open/find/route";

const [matcher = ""] = config.matcher;
const isMatched = (path: string) => new RegExp(`^${matcher}$`).test(path);

describe("The content security policy", () => {
  test.each([
    "/",
    "/people/01a297d4-4280-7717-9715-5cbe0605ae42",
    "/referral/AAAA",
    "/referral/AAAA.png",
    "/directory/x.svg",
    "/manifesto",
  ])("goes along with %s", (path) => expect(isMatched(path)).toBe(true));

  test.each([
    "/api/trpc/session.me",
    "/_next/static/chunks/a.js",
    "/sw.js",
    "/icon.svg",
    "/icon-192.png",
    "/manifest.webmanifest",
  ])("is not asked for %s", (path) => expect(isMatched(path)).toBe(false));
});

const ORIGIN = "http://common-need.test";
const look = (path: string, address: string) =>
  proxy(new NextRequest(`${ORIGIN}${path}`, { headers: { "x-forwarded-for": address } }));

describe("A whole postcode", () => {
  test("leads from an address to one with its sector, before the page is made", () => {
    const answer = look("/open?find=SR1+3DW", "198.51.100.1");
    expect([answer.status, answer.headers.get("location")]).toEqual([303, `${ORIGIN}/open?find=SR1+3`]);
    expect(answer.headers.get("x-middleware-request-x-page")).toBeNull();
    expect(look("/open?find=SR1+3", "198.51.100.1").status).toBe(200);
  });

  test("typed into the form goes in its body, and no further than its sector", async () => {
    const body = new URLSearchParams({ find: "sr1 3dw" });
    const answer = await find(new Request(`${ORIGIN}/open/find`, { method: "POST", body }));
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/open?find=SR1+3"]);
  });
});

test("The public pages are put off when one address asks too often, and no other page is", () => {
  // One minute, however busy the machine is.
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-05-04T10:00:01Z") });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  for (let turn = 0; turn < MOST_A_MINUTE; turn += 1) look("/open/embed", "198.51.100.7");
  for (const path of ["/open", "/open/place?level=district&area=SR1", "/open/embed"]) {
    const answer = look(path, "198.51.100.7");
    expect([answer.status, Number(answer.headers.get("retry-after")) > 0]).toEqual([429, true]);
  }
  expect(look("/map", "198.51.100.7").status).toBe(200);
  expect(look("/open", "198.51.100.8").status).toBe(200);
});
