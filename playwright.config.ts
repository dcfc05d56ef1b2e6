/**
 * Browser journeys against an installation of their own (e2e/installation.ts), at the width of a phone and of a
 * desk. Chromium comes from the machine or from npm; nothing is downloaded.
 */
import { createServer } from "node:net";
import { defineConfig } from "@playwright/test";
import { provideChromium } from "./bin/chromium";
import { ANY_WIDTH, DESK_ONLY } from "./e2e/widths";

// Chosen once; the test workers read this file again and inherit the environment.
process.env["E2E_PORT"] ??= String(await freePort());
process.env["E2E_FULL_PORT"] ??= String(await freePort());
// Where the sign-in provider of a journey listens, one for each width; the installation may ask them.
const providers = ["E2E_SSO_PORT_PHONE", "E2E_SSO_PORT_DESKTOP"];
for (const name of providers) process.env[name] ??= String(await freePort());
process.env["SSO_PRIVATE_HOSTS"] ??= providers.map((name) => `127.0.0.1:${process.env[name]}`).join(",");
const executablePath = await provideChromium();

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/journeys",
  globalSetup: "./e2e/installation.ts",
  workers: 3,
  fullyParallel: false,
  forbidOnly: !!process.env["CI"],
  // A busy machine may be late once; bin/check.ts names each that passed only at the second try.
  retries: process.env["CI"] ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    baseURL: `http://127.0.0.1:${process.env["E2E_PORT"]}`,
    locale: "en-GB",
    timezoneId: "Europe/London",
    // A trace is a third of a journey's work: walk one that failed again with `--trace on`.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath,
      args: ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
    },
  },
  projects: [
    {
      name: "phone",
      // It has the whole county to itself, once, and walks its screens at both widths.
      testIgnore: ["change.spec.ts"],
      grepInvert: new RegExp(DESK_ONLY.tag),
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
    {
      name: "desktop",
      use: { viewport: { width: 1280, height: 900 } },
      // What lies on a device and how it is sent, what a browser is told and when a period settles do not depend on
      // the width; the slow phone is a phone.
      testIgnore: [
        "contact-speed.spec.ts",
        "device-store.spec.ts",
        "field-shell.spec.ts",
        "no-secrets.spec.ts",
        "offline.spec.ts",
        "security.spec.ts",
        "settling.spec.ts",
      ],
      grepInvert: new RegExp(ANY_WIDTH.tag),
    },
  ],
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
