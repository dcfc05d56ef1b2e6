/** Every page is answered with its policy, whatever its address ends in; only files are not. */
import { describe, expect, test } from "vitest";
import { config } from "../proxy";

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
