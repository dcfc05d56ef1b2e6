/** Unit, database and property tests: `*.test.ts` beside what they test. Browser journeys are in e2e/. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{app,bench,bin,db,server}/**/*.test.{ts,tsx}"],
    globalSetup: ["bin/vitest-cluster.ts"],
    env: { LOG_LEVEL: "silent", TZ: "UTC" },
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
