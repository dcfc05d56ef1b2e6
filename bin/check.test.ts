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
              journey("a contact is saved", "flaky", "no button"),
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
    ...{ passed: 2, skipped: 0, late: ["a contact is saved (phone)\n    no button"] },
    failures: ["a note is kept (phone)\n    no note"],
  });
});

test("an error outside of all journeys is a failure", () => {
  const stats = { expected: 3, flaky: 0, skipped: 0 };
  expect(readJourneys({ suites: [], stats, errors: [{ message: "no browser" }] })).toEqual({
    ...{ passed: 3, skipped: 0, late: [] },
    failures: ["outside of all journeys\n    no browser"],
  });
});

test("a test that fails is named with its file and how, as are a broken file, one that passed late and one that was disproved", () => {
  const passed = { fullName: "a list is made", status: "passed", failureMessages: [] };
  const late = { fullName: "a list is kept", status: "passed", failureMessages: ["expected 2"] };
  const disproved = {
    ...{ fullName: "a sum holds", status: "passed" },
    failureMessages: ["Error: Property failed after 3 tests"],
  };
  const failed = {
    fullName: "a list ends",
    status: "failed",
    failureMessages: ["\u001b[31mexpected 3\u001b[39m"],
  };
  const file = (name: string, status: string, message: string, ...assertionResults: (typeof late)[]) => ({
    name: resolve(import.meta.dirname, "..", name),
    status,
    message,
    assertionResults,
  });
  const results = {
    numPassedTests: 4,
    numPendingTests: 1,
    numTodoTests: 0,
    testResults: [
      file("server/lists.test.ts", "failed", "", passed, failed),
      file("server/broken.test.ts", "failed", "no such module"),
      file("server/good.test.ts", "passed", "", passed, late, disproved),
    ],
  };
  expect(readTests(results)).toEqual({
    passed: 3,
    skipped: 1,
    late: ["server/good.test.ts: a list is kept\n    expected 2"],
    failures: [
      "server/lists.test.ts: a list ends\n    expected 3",
      "server/good.test.ts: a sum holds\n    Error: Property failed after 3 tests",
      "server/broken.test.ts\n    no such module",
    ],
  });
});
