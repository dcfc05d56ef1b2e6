/** What the runners wrote is counted as it should be: a second try is named, a failure is named with how. */

import { resolve } from "node:path";
import { expect, test } from "vitest";
import { readJourneys, readTests } from "./check";

const journey = (title: string, status: string, ...messages: string[]) => ({
  title,
  tests: [{ projectName: "phone", status, results: [{ errors: messages.map((message) => ({ message })) }] }],
});

test("a journey that passes at the second try counts as passed and is named, one that fails twice fails", () => {
  const results = {
    suites: [
      {
        specs: [journey("a map opens", "expected")],
        suites: [
          {
            specs: [
              journey("a contact is saved", "flaky"),
              journey("a note is kept", "unexpected", "no note"),
            ],
          },
        ],
      },
    ],
    stats: { expected: 1, flaky: 1, skipped: 0 },
    errors: [],
  };
  expect(readJourneys(results)).toEqual({
    count: { passed: 2, skipped: 0, failures: ["a note is kept (phone)\n    no note"] },
    late: ["a contact is saved (phone)"],
  });
});

test("an error outside of all journeys is a failure", () => {
  const stats = { expected: 3, flaky: 0, skipped: 0 };
  const { count } = readJourneys({ suites: [], stats, errors: [{ message: "no browser" }] });
  expect(count).toEqual({ passed: 3, skipped: 0, failures: ["outside of all journeys\n    no browser"] });
});

test("a test that fails is named with its file and how, and a file that breaks before its first test too", () => {
  const passed = { fullName: "a list is made", status: "passed", failureMessages: [""] };
  const failed = {
    fullName: "a list ends",
    status: "failed",
    failureMessages: ["\u001b[31mexpected 3\u001b[39m"],
  };
  const file = (name: string, status: string, message: string, ...assertionResults: (typeof passed)[]) => ({
    name: resolve(import.meta.dirname, "..", name),
    status,
    message,
    assertionResults,
  });
  const results = {
    numPassedTests: 2,
    numPendingTests: 1,
    numTodoTests: 0,
    testResults: [
      file("server/lists.test.ts", "failed", "", passed, failed),
      file("server/broken.test.ts", "failed", "no such module"),
      file("server/good.test.ts", "passed", "", passed),
    ],
  };
  expect(readTests(results)).toEqual({
    passed: 2,
    skipped: 1,
    failures: [
      "server/lists.test.ts: a list ends\n    expected 3",
      "server/broken.test.ts\n    no such module",
    ],
  });
});
